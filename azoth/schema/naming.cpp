// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/naming.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace azoth::inline v0::schema {
namespace {

/// A token about columns, taken apart: "referred_column_0_N_name".
struct ColumnToken {
    enum class Many { one, together, joined } many = Many::one;
    bool referred = false;
    bool label = false;
    std::size_t first = 0;
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<ColumnToken> column_token(std::string_view token) {
    ColumnToken parsed;
    parsed.referred = take_prefix(token, "referred_");
    if (!take_prefix(token, "column_")) return {};
    const auto [end, error] =
        std::from_chars(token.data(), token.data() + token.size(), parsed.first);
    if (error != std::errc{}) return {};
    token.remove_prefix(static_cast<std::size_t>(end - token.data()));
    if (take_prefix(token, "N"))
        parsed.many = ColumnToken::Many::together;
    else if (take_prefix(token, "_N"))
        parsed.many = ColumnToken::Many::joined;
    parsed.label = token == "_label" && !parsed.referred;
    if (!parsed.label && token != "_name" && token != "_key") return {};
    return parsed;
}

bool is_known(std::string_view token) {
    return token == "table_name" || token == "constraint_name" || token == "referred_table_name" ||
           column_token(token);
}

/// Calls `literal(text)` and `token(name)` for the pieces of a pattern in order.
template <class Literal, class Token>
void parse_pattern(std::string_view pattern, Literal literal, Token token) {
    const auto wrong = [&](std::string_view why) {
        throw ArgumentError("naming convention '" + std::string(pattern) +
                            "': " + std::string(why) +
                            " (a token is written %(table_name)s, a percent sign %%)");
    };
    while (!pattern.empty()) {
        const auto percent = std::min(pattern.find('%'), pattern.size());
        literal(pattern.substr(0, percent));
        std::string_view rest = pattern.substr(percent);
        if (rest.empty()) return;
        if (take_prefix(rest, "%%")) {
            literal("%");
        } else if (take_prefix(rest, "%(")) {
            const auto close = rest.find(")s");
            if (close == std::string_view::npos) wrong("a token is not closed by )s");
            const auto name = rest.substr(0, close);
            if (!is_known(name)) wrong("there is no token '" + std::string(name) + "'");
            token(name);
            rest.remove_prefix(close + 2);
        } else {
            wrong("a % begins no token");
        }
        pattern = rest;
    }
}

std::string replace_dots(std::string text) {
    std::replace(text.begin(), text.end(), '.', '_');
    return text;
}

/// As SQLAlchemy's column label: schema, table and column.
std::string label_of(const sql::TableNode& table, const std::string& column) {
    std::string label = table.schema.empty() ? "" : replace_dots(table.schema) + "_";
    return label + table.name + "_" + column;
}

std::string fill_columns(const ColumnToken& token, const NameParts& parts,
                         std::string_view pattern) {
    const auto& columns = token.referred ? parts.referred_columns : parts.columns;
    if (token.first >= columns.size())
        throw ArgumentError("naming convention '" + std::string(pattern) + "': an item of " +
                            parts.table.describe() + " has only " + std::to_string(columns.size()) +
                            (token.referred ? " referenced columns" : " columns") +
                            "; give it a name");
    const auto text = [&](std::size_t i) {
        return token.label ? label_of(parts.table, columns[i]) : columns[i];
    };
    std::string filled = text(token.first);
    if (token.many == ColumnToken::Many::one) return filled;
    for (std::size_t i = token.first + 1; i < columns.size(); ++i)
        filled += (token.many == ColumnToken::Many::joined ? "_" : "") + text(i);
    return filled;
}

std::string fill(std::string_view token, const NameParts& parts, std::string_view pattern) {
    if (token == "table_name") return parts.table.name;
    if (token == "constraint_name") {
        if (parts.constraint_name.empty())
            throw ArgumentError("naming convention '" + std::string(pattern) +
                                "' builds on the name of a constraint: give each such constraint "
                                "of " +
                                parts.table.describe() + " a name");
        return parts.constraint_name;
    }
    if (token == "referred_table_name") {
        if (parts.referred_table.empty())
            throw ArgumentError("naming convention '" + std::string(pattern) +
                                "': only a foreign key has a referred table");
        return parts.referred_table;
    }
    return fill_columns(*column_token(token), parts, pattern);
}

}  // namespace

void check_convention(const NamingConvention& convention) {
    const auto ignore = [](std::string_view) {};
    for (const auto* pattern :
         {&convention.ix, &convention.uq, &convention.ck, &convention.fk, &convention.pk})
        parse_pattern(*pattern, ignore, ignore);
    if (convention.ix.empty())
        throw ArgumentError("naming convention: every index needs a name, so ix can't be empty");
}

ItemName make_name(const std::string& pattern, const NameParts& parts) {
    const bool has_room = pattern.find("%(constraint_name)s") != std::string::npos;
    if (pattern.empty() || (!parts.constraint_name.empty() && !has_room))
        return {parts.constraint_name, false};
    ItemName name{{}, true};
    parse_pattern(
        pattern, [&](std::string_view text) { name.text += text; },
        [&](std::string_view token) { name.text += fill(token, parts, pattern); });
    return name;
}

}  // namespace azoth::inline v0::schema
