// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/type.hpp>

#include <string>

namespace azoth::inline v0::oracle {

/// The name of a type in columns; empty for one that is not known.
[[nodiscard]] std::string type_name(const TypeDef& def);

/// CLOB and BLOB, which are no keys, and to which CAST does not lead.
[[nodiscard]] bool is_large(const TypeDef& def);

}  // namespace azoth::inline v0::oracle
