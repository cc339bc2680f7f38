// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/constructs.hpp>
#include <azoth/sql/identifier.hpp>

#include <algorithm>

namespace azoth::inline v0::sql {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// One to three words, none of which could begin another part of the statement.
bool is_of_words(std::string_view text) {
    static constexpr std::string_view never[] = {
        "AND",   "OR",     "XOR",       "UNION", "INTERSECT", "EXCEPT", "MINUS", "SELECT", "FROM",
        "WHERE", "GROUP",  "HAVING",    "ORDER", "LIMIT",     "OFFSET", "FETCH", "FOR",    "WINDOW",
        "INTO",  "VALUES", "RETURNING", "SET",   "JOIN",      "ON",     "USING", "WITH",   "AS",
        "CASE",  "WHEN",   "THEN",      "ELSE",  "END",       "NULL",   "EXISTS"};
    std::size_t words = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        std::string word;
        for (const char c : text.substr(begin, end - begin)) {
            if (!is_letter(c) && c != '_') return false;
            word += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        }
        if (word.empty() || ++words > 3 ||
            std::find(std::begin(never), std::end(never), word) != std::end(never))
            return false;
        begin = end + 1;
    }
    return true;
}

/// Signs that no database begins a comment, a text or a parameter with, or letters and blanks.
bool is_operator(std::string_view text) {
    constexpr std::string_view signs = "+-*/<>=~!@#%^&|?";
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
    const bool of_signs = std::all_of(
        text.begin(), text.end(), [&](char c) { return signs.find(c) != std::string_view::npos; });
    return is_of_words(text) ||
           (of_signs && text.find("--") == std::string_view::npos &&
            text.find("/*") == std::string_view::npos && text.find("*/") == std::string_view::npos);
}

/// "(?i)", or nothing for no flags.
std::string inline_flags(std::string_view flags) {
    std::string letters;
    for (const char c : flags) {
        if (!is_letter(c))
            throw ArgumentError("regexp_match() and regexp_replace(): flags are letters, not '" +
                                std::string(flags) + "'");
        if (c != 'g') letters += c;  // all matches are replaced anyway
    }
    return letters.empty() ? letters : "(?" + letters + ")";
}

/// The pattern behind its flags.
Expression flagged(const Operand& pattern, std::string_view flags) {
    const std::string prefix = inline_flags(flags);
    if (prefix.empty()) return to_expression(pattern);
    const Operand before{nullptr, false, &plain_type(TypeKind::text), ValueView::of_text(prefix),
                         nullptr};
    if (pattern.expression || pattern.value.kind != Kind::text)
        return binary(Op::concat, before, pattern, plain_type(TypeKind::text));
    const std::string whole = prefix + std::string(pattern.value.text());
    return literal(plain_type(TypeKind::text), Value(ValueView::of_text(whole)));
}

}  // namespace

Expression extract(std::string_view field, const Operand& operand) {
    std::string name;
    for (const char c : field) {
        if (!is_letter(c) && c != '_')
            throw ArgumentError("extract(): '" + std::string(field) + "' is no field of a time");
        name += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    if (name.empty()) throw ArgumentError("extract(): the field is empty");
    return compose(Form::extract, {operand}, plain_type(TypeKind::big_integer), name);
}

Expression operation(const Operand& left, std::string_view op, const Operand& right,
                     const Type& result) {
    if (!is_operator(op))
        throw ArgumentError("op(): '" + std::string(op) +
                            "' is no operator: signs as <-> or words as SOUNDS LIKE");
    return compose(Form::operation, {left, right}, result, op);
}

Expression regexp_match(const Operand& text, const Operand& pattern, std::string_view flags) {
    const Expression whole = flagged(pattern, flags);
    return binary(Op::regexp_match, text, Operand::of(whole), plain_type(TypeKind::boolean));
}

Expression regexp_replace(const Operand& text, const Operand& pattern, const Operand& replacement,
                          std::string_view flags) {
    const Expression whole = flagged(pattern, flags);
    return compose(Form::regexp_replace, {text, Operand::of(whole), replacement},
                   plain_type(TypeKind::text));
}

}  // namespace azoth::inline v0::sql
