// SPDX-License-Identifier: MIT
// text(): finding the :name placeholders of hand-written SQL loses and invents nothing, and
// SQLite's scanner of leading comments stays within any text.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite/sql_text.hpp>
#include <azoth/sql/elements.hpp>
#include <azoth/sql/markers.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/text.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

using azoth_fuzz::require;

namespace {

std::optional<azoth::TextStatement<>> scanned(std::string_view sql) {
    try {
        return azoth::text(sql);
    } catch (const azoth::ArgumentError&) {
        return std::nullopt;
    }
}

/// The SQL with its names written back where they were found.
std::string put_back(const azoth::sql::StatementNode& statement) {
    const auto names = statement.items.all();
    std::string sql;
    std::size_t next = 0;
    for (const char c : statement.sql) {
        if (c != azoth::sql::bind_marker) {
            sql += c;
            continue;
        }
        require(next < names.size(), "every placeholder has a name");
        sql += ':';
        sql += static_cast<const azoth::sql::BindNode&>(*names[next++].node).name;
    }
    require(next == names.size(), "every name has a placeholder");
    return sql;
}

void check_placeholders(std::string_view sql) {
    const auto statement = scanned(sql);
    if (!statement) return;
    const std::string again = put_back(statement->node());
    // \: was written as a plain colon, which can't be told from one in a quote
    if (sql.find("\\:") == std::string_view::npos) require(again == sql, "no SQL is lost or added");
}

void check_leading_comments(std::string_view sql) {
    const std::string_view word = azoth::sqlite::first_word(sql);
    require(azoth::sqlite::first_word("/* a */ -- b\n;" + std::string(sql)) == word,
            "blanks and comments before the first word don't matter");
    require(azoth::sqlite::skip_blanks(azoth::sqlite::skip_blanks(sql)) ==
                azoth::sqlite::skip_blanks(sql),
            "after blanks there are no blanks");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view sql = azoth_fuzz::Input(data, size).rest();
    check_placeholders(sql);
    check_leading_comments(sql);
    return 0;
}
