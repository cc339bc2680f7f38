// SPDX-License-Identifier: MIT
#include <azoth/schema/target.hpp>

namespace azoth::inline v0::schema {

Target::~Target() = default;

}  // namespace azoth::inline v0::schema
