// SPDX-License-Identifier: MIT
#include <azoth/base/counted.hpp>

namespace azoth::inline v0 {

Counted::~Counted() = default;

}  // namespace azoth::inline v0
