// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/identifier.hpp>

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

void quote_text(std::string& out, std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        throw DataError({.message = "a text literal in SQL can't hold a NUL character"});
    out += '\'';
    append_doubling(out, text, '\'');
    out += '\'';
}

}  // namespace azoth::inline v0::sql
