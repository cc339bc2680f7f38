// SPDX-License-Identifier: MIT
#pragma once

#include "text_table.hpp"
#include <azoth/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace packages::core {

/// The questions of questions.hpp, asked without the ORM: what its answers are checked against.
///
/// In the same order; names, rows and totals only. Throws azoth::Error.
[[nodiscard]] std::vector<Answer> ask(azoth::Connection& connection, const std::string& closure_of,
                                      std::int64_t limit);

}  // namespace packages::core
