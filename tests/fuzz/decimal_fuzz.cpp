// SPDX-License-Identifier: MIT
// A decimal number's text: what is read is written as the same number of the same scale, and every
// way through it (digits, PostgreSQL's binary form, SQLite's exact sums) keeps it.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql/numeric_internal.hpp>
#include <azoth/dialects/sqlite/exact_number.hpp>
#include <azoth/types/decimal.hpp>

#include <functional>
#include <optional>
#include <string>

using azoth::Decimal;
using azoth_fuzz::require;

namespace {

std::optional<Decimal> read(std::string_view text) {
    try {
        return Decimal::parse(text);
    } catch (const azoth::DataError&) {
        return std::nullopt;
    }
}

bool same(const Decimal& a, const Decimal& b) {
    return a == b && a.scale() == b.scale() && a.is_negative() == b.is_negative();
}

void check_text(const Decimal& number) {
    const std::string text = number.to_string();
    require(text.size() == number.text_size(), "text_size() is the size of the text");
    require(same(Decimal::parse(text), number), "a number that was written reads as itself");
    char scratch[20];
    require(same(Decimal::from_digits(number.is_negative(), number.digits(scratch), number.scale()),
                 number),
            "a number is its digits and its scale");
}

void check_value(const Decimal& number) {
    const Decimal shortest = number.normalized();
    require(shortest == number && shortest.scale() <= number.scale(),
            "normalizing keeps the value");
    require(std::hash<Decimal>{}(shortest) == std::hash<Decimal>{}(number),
            "equal numbers have equal hashes");
    require(same(shortest.rescale(number.scale()), number), "a scale can be given back");
    try {
        (void)number.to_double();
        require(Decimal(number.to_int64()) == number, "an integer is the same number");
    } catch (const azoth::DataError&) {  // it has a fraction, or is too large
    }
}

void check_postgresql(const Decimal& number) {
    azoth::postgresql::Buffer buffer;
    azoth::postgresql::encode_numeric(buffer, number);
    Decimal again;
    const char* const problem =
        azoth::postgresql::decode_numeric(buffer.data(), static_cast<int>(buffer.size()), again);
    require(problem == nullptr && same(again, number), "PostgreSQL's form keeps a number");
}

void check_sqlite(const Decimal& number) {
    using azoth::sqlite::ExactNumber;
    const std::string text = number.to_string();
    azoth::sqlite::NumberText parts;
    require(parts.read(text), "SQLite's functions read what is written");
    const ExactNumber exact(parts);
    require(same(Decimal::parse(exact.to_string()), number), "an exact number keeps its text");
    ExactNumber zero = exact;
    zero.subtract(exact);
    require(Decimal::parse(zero.to_string()).is_zero(), "a number less itself is zero");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto number = read(azoth_fuzz::Input(data, size).rest());
    if (!number) return 0;
    check_text(*number);
    check_value(*number);
    check_postgresql(*number);
    check_sqlite(*number);
    return 0;
}
