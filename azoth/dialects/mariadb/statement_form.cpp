// SPDX-License-Identifier: MIT
#include <azoth/dialects/mariadb/statement_form_internal.hpp>

#include <algorithm>
#include <cstddef>

namespace azoth::inline v0::mariadb {
namespace {

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ';';
}

/// Moves behind a comment at the beginning. \returns false where there is none.
bool skip_comment(std::string_view& sql) noexcept {
    std::string_view end;
    if (sql.starts_with("/*"))
        end = "*/";
    else if (sql.starts_with("-- ") || sql.starts_with('#'))
        end = "\n";
    else
        return false;
    const std::size_t place = sql.find(end, 1);
    sql.remove_prefix(place == std::string_view::npos ? sql.size() : place + end.size());
    return true;
}

bool begins_with_word(std::string_view sql, std::string_view word) noexcept {
    const auto same = [](char a, char b) { return (a | 0x20) == b; };
    if (sql.size() < word.size() || !std::equal(word.begin(), word.end(), sql.begin(),
                                                [&](char b, char a) { return same(a, b); }))
        return false;
    const char next = sql.size() == word.size() ? ' ' : sql[word.size()];
    return !((next | 0x20) >= 'a' && (next | 0x20) <= 'z') && next != '_';
}

}  // namespace

StatementForm form_of(std::string_view sql) noexcept {
    while (!sql.empty()) {
        if (is_blank(sql.front()))
            sql.remove_prefix(1);
        else if (!skip_comment(sql))
            break;
    }
    for (const std::string_view word : {"select", "with", "values", "table"})
        if (begins_with_word(sql, word)) return StatementForm::reads;
    for (const std::string_view word : {"insert", "update", "delete", "replace"})
        if (begins_with_word(sql, word)) return StatementForm::writes;
    return StatementForm::other;
}

}  // namespace azoth::inline v0::mariadb
