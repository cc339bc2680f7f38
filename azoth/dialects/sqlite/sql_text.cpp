// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/sql_text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace azoth::inline v0::sqlite {
namespace {

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string_view after(std::string_view sql, std::string_view end) noexcept {
    const std::size_t position = sql.find(end);
    return position == std::string_view::npos ? std::string_view{}
                                              : sql.substr(position + end.size());
}

bool same_word(std::string_view word, std::string_view keyword) noexcept {
    return std::equal(word.begin(), word.end(), keyword.begin(), keyword.end(),
                      [](char a, char b) { return upper(a) == b; });
}

}  // namespace

std::string_view skip_blanks(std::string_view sql) noexcept {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    while (!sql.empty()) {
        if (is_blank(sql.front()) || sql.front() == ';')
            sql.remove_prefix(1);
        else if (sql.starts_with("--"))
            sql = after(sql, "\n");
        else if (sql.starts_with("/*"))
            sql = after(sql.substr(2), "*/");
        else if (sql.starts_with(byte_order_mark))
            sql.remove_prefix(byte_order_mark.size());
        else
            break;
    }
    return sql;
}

std::string_view first_word(std::string_view sql) noexcept {
    sql = skip_blanks(sql);
    std::size_t size = 0;
    while (size < sql.size() && is_letter(sql[size])) ++size;
    return sql.substr(0, size);
}

bool counts_rows(std::string_view sql) noexcept {
    static constexpr std::array<std::string_view, 5> keywords = {"INSERT", "REPLACE", "UPDATE",
                                                                 "DELETE", "WITH"};
    const std::string_view word = first_word(sql);
    return std::any_of(keywords.begin(), keywords.end(),
                       [word](std::string_view keyword) { return same_word(word, keyword); });
}

}  // namespace azoth::inline v0::sqlite
