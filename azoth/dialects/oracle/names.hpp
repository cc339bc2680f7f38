// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace azoth::inline v0::oracle {

/// The name by which the database knows what a program calls so: a name in lower case that needs no
/// quotes is the same in capitals, any other name is itself. SQLAlchemy: `denormalize_name`.
[[nodiscard]] std::string stored_name(std::string_view name);

}  // namespace azoth::inline v0::oracle
