// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::test {

/// A database that tests may use as they like: it is theirs alone, empty at first, and thrown away
/// after the run.
struct Database {
    std::string
        label;  ///< sqlite_file, sqlite_memory, postgresql, …: fit to be part of a test's name
    std::string url;
    /// The label of the database whose SQL it speaks; of those that Azoth has a dialect for, its
    /// own.
    std::string like{};
};

/// All databases of this run, from the environment variable AZOTH_TEST_URLS (scripts/services).
/// Throws std::runtime_error, naming the remedy, if it is missing: then nothing may seem to pass.
const std::vector<Database>& databases();

/// The one with that label. Throws std::runtime_error if there is none.
const Database& database(std::string_view label);

/// For INSTANTIATE_TEST_SUITE_P(Databases, Suite, testing::ValuesIn(databases()), label_of).
std::string label_of(const testing::TestParamInfo<Database>& info);

/// In messages of GoogleTest, which must not print the URL with its password.
void PrintTo(const Database& database, std::ostream* out);

}  // namespace azoth::test
