// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/identifier.hpp>

#include <algorithm>

namespace azoth::inline v0::sql {
namespace {

void append_doubling(std::string& out, std::string_view text, char quote) {
    for (const char c : text) {
        if (c == quote) out += quote;
        out += c;
    }
}

}  // namespace

void quote_identifier(std::string& out, std::string_view name, char open, char close) {
    if (name.empty()) throw IdentifierError("an identifier is empty");
    if (name.find('\0') != std::string_view::npos)
        throw IdentifierError("an identifier holds a NUL character: '" +
                              std::string(name.substr(0, name.find('\0'))) + "…'");
    out += open;
    append_doubling(out, name, close);
    out += close;
}

void append_name(std::string& out, std::string_view name, const Capabilities& capabilities) {
    const std::size_t limit = capabilities.max_identifier_length;
    if (limit != 0 && name.size() > limit)  // the database would cut it, in silence
        throw IdentifierError("the identifier '" + std::string(name) + "' has " +
                              std::to_string(name.size()) + " bytes, the database allows " +
                              std::to_string(limit));
    const auto is_wide = [](char c) { return static_cast<unsigned char>(c) >= 0xF0; };
    if (!capabilities.wide_names && std::any_of(name.begin(), name.end(), is_wide))
        throw IdentifierError("the identifier '" + std::string(name) +
                              "' has a character beyond U+FFFF, which the database's names can't");
    const char open = capabilities.identifier_quote;
    const char close = capabilities.identifier_close != 0 ? capabilities.identifier_close : open;
    if (capabilities.stored_name != nullptr)
        return quote_identifier(out, capabilities.stored_name(name), open, close);
    quote_identifier(out, name, open, close);
}

bool is_word(std::string_view name) noexcept {
    const auto may_be = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return !name.empty() && std::all_of(name.begin(), name.end(), may_be);
}

void append_literal(std::string& out, std::string_view literal) {
    const bool apart = literal.starts_with('-') && out.ends_with('-');
    out += apart ? "(" : "";
    out += literal;
    out += apart ? ")" : "";
}

void quote_text(std::string& out, std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        throw DataError({.message = "a text literal in SQL can't hold a NUL character"});
    out += '\'';
    append_doubling(out, text, '\'');
    out += '\'';
}

}  // namespace azoth::inline v0::sql
