// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace azoth_fuzz {

/// Reads a file of seeds: one a line, with \\, \n, \r, \t, \xNN for what can't stand in it; empty
/// lines and those that begin with # are none. scripts/fuzz.py reads the same form. Throws
/// std::runtime_error.
[[nodiscard]] std::vector<std::string> read_seeds(const std::filesystem::path& file);

/// One byte as a line of seeds shows it.
[[nodiscard]] std::string_view escaped(unsigned char byte) noexcept;

}  // namespace azoth_fuzz
