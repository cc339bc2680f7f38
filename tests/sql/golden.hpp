// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/builder.hpp>

#include <string>
#include <string_view>
#include <vector>

/// The SQL of each construct on each dialect, as text files in folders by the ids of features:
/// tests/sql/1.6-5/for_update.sql. A file has a part for each dialect, which begins with the
/// dialect's name; what a dialect refuses has the message in place of the SQL.
namespace azoth_test {

/// Expects the SQL of the file. With AZOTH_WRITE_GOLDEN set in the environment the file is written
/// instead, for somebody to read before it is committed.
/// \param construct "1.6-5/for_update"
void expect_golden(std::string_view construct, const azoth::sql::Statement& statement);

/// What a file has for a dialect.
struct GoldenText {
    std::string construct;  ///< "1.6-5/for_update"
    std::string sql;
};
/// All files' parts of a dialect, without those that it refuses. What is written for all but means
/// something on one only says so by its name: "collate.sqlite.sql".
[[nodiscard]] std::vector<GoldenText> golden_texts(std::string_view dialect);

}  // namespace azoth_test
