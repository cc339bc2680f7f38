// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <tests/support/golden_file.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace azoth::test {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void expect_golden_file(const std::filesystem::path& file, const std::string& text) {
    if (std::getenv("AZOTH_WRITE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
        return;
    }
    ASSERT_TRUE(std::filesystem::exists(file))
        << file << ": there is no such file, and it would be\n"
        << text;
    EXPECT_EQ(text, content_of(file)) << file;
}

}  // namespace azoth::test
