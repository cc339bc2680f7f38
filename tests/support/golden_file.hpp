// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace azoth::test {

[[nodiscard]] std::string content_of(const std::filesystem::path& file);

/// Expects the text in the file. With AZOTH_WRITE_GOLDEN set in the environment the file is written
/// instead, for somebody to read before it is committed.
void expect_golden_file(const std::filesystem::path& file, const std::string& text);

}  // namespace azoth::test
