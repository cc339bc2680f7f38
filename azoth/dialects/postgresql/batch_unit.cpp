// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/batch_unit_internal.hpp>

namespace azoth::inline v0::postgresql {

BatchUnit::~BatchUnit() = default;

}  // namespace azoth::inline v0::postgresql
