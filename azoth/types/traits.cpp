// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/types/traits.hpp>

#include <cmath>

namespace azoth::inline v0::detail {

void throw_out_of_range(std::int64_t value, int bits, bool is_signed) {
    throw DataError({.message = std::to_string(value) + " does not fit into " +
                                (is_signed ? "a signed " : "an unsigned ") + std::to_string(bits) +
                                "-bit integer; use a wider type for this column"});
}

float to_float(double value) {
    constexpr double largest = std::numeric_limits<float>::max();
    if (std::isfinite(value) && std::abs(value) > largest)
        throw DataError({.message = to_display(ValueView::of_real(value)) +
                                    " is beyond the range of float; read this column as double"});
    return static_cast<float>(value);
}

void throw_unknown_label(std::string_view label, std::string_view enum_name) {
    throw DataError({.message = "'" + std::string(label.substr(0, 100)) +
                                "' is not a name of the enumeration '" + std::string(enum_name) +
                                "'"});
}

void throw_unnamed_enumerator(long long value, std::string_view enum_name) {
    throw DataError({.message = "the value " + std::to_string(value) + " of enumeration '" +
                                std::string(enum_name) + "' has no name in azoth::EnumNames"});
}

std::string copy_text(const ValueView& cell) {
    return std::string(cell.text());
}

std::vector<std::byte> copy_bytes(const ValueView& cell) {
    const auto bytes = cell.bytes();
    return {bytes.begin(), bytes.end()};
}

Type make_enum_type(const EnumDescription& description) {
    return Enum{std::string(description.type_name),
                {description.labels.begin(), description.labels.end()}};
}

}  // namespace azoth::inline v0::detail
