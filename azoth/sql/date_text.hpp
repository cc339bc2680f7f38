// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/temporal.hpp>
#include <azoth/types/value.hpp>

#include <array>
#include <string>

namespace azoth::inline v0::sql {

/// A date, or a date and time, as the text of a literal, for databases whose calendar has the years
/// 0001 to 9999 only. Throws DataError for another year.
[[nodiscard]] inline std::string date_text(const ValueView& value) {
    std::array<char, datetime_size> text{};
    const char* end = value.kind == Kind::date
                          ? format_date(text.data(), static_cast<std::int32_t>(value.integer))
                          : format_datetime(text.data(), value.integer);
    return {static_cast<const char*>(text.data()), end};
}

}  // namespace azoth::inline v0::sql
