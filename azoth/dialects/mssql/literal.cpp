// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/dialects/mssql/literal.hpp>
#include <azoth/sql/date_text.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/types/decimal.hpp>

namespace azoth::inline v0::mssql {
namespace {

/// Digits of the longest number that NUMERIC holds.
constexpr int most_digits = 38;

std::string cast(const std::string& literal, std::string_view type) {
    return "CAST(" + literal + " AS " + std::string(type) + ")";
}

/// The end of the part of a text that is one literal: behind a backslash that stands before a
/// line's end.
std::size_t end_of_part(std::string_view text) {
    for (std::size_t at = text.find('\\'); at != std::string_view::npos;
         at = text.find('\\', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        if (rest.starts_with('\n') || rest.starts_with('\r')) return at + 1;
    }
    return text.size();
}

void require_digits(const Decimal& value) {
    if (value.integer_digits() + value.scale() > most_digits)
        throw DataError(
            {.message = "SQL Server has no numbers of more than 38 digits: " + value.to_string()});
}

}  // namespace

std::string text_literal(std::string_view text) {
    std::string literal;
    std::size_t parts = 0;
    do {
        const std::size_t end = end_of_part(text);
        literal += parts++ == 0 ? "N" : " + N";
        sql::quote_text(literal, text.substr(0, end));
        text.remove_prefix(end);
    } while (!text.empty());
    return parts == 1 ? literal : "(" + literal + ")";
}

std::string Compiler::literal(const ValueView& value, const Type& type) const {
    switch (value.kind) {
        case Kind::text: return text_literal(value.text());
        case Kind::bytes: {
            const std::string quoted = sql::Compiler::literal(value, type);  // X'…'
            return "0x" + quoted.substr(2, quoted.size() - 3);
        }
        case Kind::float64: {  // without an exponent it would be a NUMERIC
            const std::string digits = sql::Compiler::literal(value, type);
            return digits.find('e') == std::string::npos ? digits + "e0" : digits;
        }
        case Kind::decimal: require_digits(*value.decimal); break;
        case Kind::date: return cast("'" + sql::date_text(value) + "'", "DATE");
        case Kind::time: return cast(sql::Compiler::literal(value, type), "TIME(6)");
        case Kind::datetime: return cast("'" + sql::date_text(value) + "'", "DATETIME2(6)");
        case Kind::timestamp:
            return cast("'" + sql::date_text(value) + " +00:00'", "DATETIMEOFFSET(6)");
        case Kind::uuid: return cast(sql::Compiler::literal(value, type), "UNIQUEIDENTIFIER");
        default: break;
    }
    return sql::Compiler::literal(value, type);
}

}  // namespace azoth::inline v0::mssql
