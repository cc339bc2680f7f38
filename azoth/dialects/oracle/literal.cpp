// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/sql/date_text.hpp>
#include <azoth/types/decimal.hpp>

namespace azoth::inline v0::oracle {
namespace {

constexpr int most_digits = 38;              // of a number
constexpr std::size_t longest_text = 4000;   // of a literal, in bytes
constexpr std::size_t longest_bytes = 2000;  // of a RAW

[[noreturn]] void refuse(const std::string& why) {
    throw DataError({.message = why});
}

/// \param what "text"
void require_literal(std::string_view value, std::size_t longest, const std::string& what) {
    if (value.empty())
        refuse("Oracle takes an empty literal of " + what +
               " for NULL: say null() if that is meant");
    if (value.size() > longest)
        refuse("a literal of " + what + " has at most " + std::to_string(longest) +
               " bytes in Oracle, and this one " + std::to_string(value.size()) +
               ": bind it as a parameter");
}

std::string hexadecimal(const std::string& quoted) {  // X'…'
    return "HEXTORAW(" + quoted.substr(1) + ")";
}

}  // namespace

std::string Compiler::literal(const ValueView& value, const Type& type) const {
    switch (value.kind) {
        case Kind::text: require_literal(value.text(), longest_text, "text"); break;
        case Kind::bytes:
            require_literal(value.text(), longest_bytes, "bytes");
            return hexadecimal(sql::Compiler::literal(value, type));
        case Kind::uuid:
            return hexadecimal(sql::Compiler::literal(
                ValueView::of_bytes(std::as_bytes(std::span(value.uuid))), type));
        case Kind::float64: return sql::Compiler::literal(value, type) + "D";
        case Kind::decimal:
            if (value.decimal->integer_digits() + value.decimal->scale() > most_digits)
                refuse("Oracle has no numbers of more than 38 digits: " +
                       value.decimal->to_string());
            break;
        case Kind::date: return "DATE '" + sql::date_text(value) + "'";
        case Kind::time:
            return "INTERVAL " + sql::Compiler::literal(value, type) + " HOUR TO SECOND(6)";
        case Kind::datetime: return "TIMESTAMP '" + sql::date_text(value) + "'";
        case Kind::timestamp: return "TIMESTAMP '" + sql::date_text(value) + " +00:00'";
        default: break;
    }
    return sql::Compiler::literal(value, type);
}

}  // namespace azoth::inline v0::oracle
