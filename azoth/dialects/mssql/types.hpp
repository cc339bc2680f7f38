// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/type.hpp>

#include <string>

namespace azoth::inline v0::mssql {

/// The name of a type in columns and in CAST; empty for one that is not known.
[[nodiscard]] std::string type_name(const TypeDef& def);

}  // namespace azoth::inline v0::mssql
