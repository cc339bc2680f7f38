// SPDX-License-Identifier: MIT
// The text forms of dates and times, as SQLite stores them: what is read is written in one form
// that reads as the same moment, and any integer can at least be shown.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/types/temporal.hpp>

#include <optional>
#include <string>
#include <string_view>

using azoth_fuzz::require;

namespace {

template <class Parse>
auto read(const Parse& parse, std::string_view text) -> std::optional<decltype(parse(text))> {
    try {
        return parse(text);
    } catch (const azoth::DataError&) {
        return std::nullopt;
    }
}

/// \param size how long every text of this form is
template <class Parse, class Format>
void check(std::string_view text, const Parse& parse, const Format& format, std::size_t size) {
    const auto value = read(parse, text);
    if (!value) return;
    char written[azoth::utc_datetime_size];
    const char* const end = format(written, *value);
    require(static_cast<std::size_t>(end - written) == size, "the form has one length");
    require(parse(std::string_view(written, size)) == *value,
            "a moment that was written reads as itself");
}

void check_texts(std::string_view text) {
    const auto date = [](char* out, std::int32_t days) { return azoth::format_date(out, days); };
    const auto time = [](char* out, std::int64_t at) { return azoth::format_time(out, at); };
    const auto moment = [](char* out, std::int64_t at) { return azoth::format_datetime(out, at); };
    check(text, azoth::parse_date, date, azoth::date_size);
    check(text, azoth::parse_time, time, azoth::time_size);
    check(text, azoth::parse_datetime, moment, azoth::datetime_size);
    check(text, azoth::parse_utc_datetime, azoth::format_utc_datetime, azoth::utc_datetime_size);
}

/// Numbers as a damaged or foreign database may hold them.
void check_number(std::int64_t number) {
    require(!azoth::format_date(number).empty() && !azoth::format_time(number).empty() &&
                !azoth::format_datetime(number).empty(),
            "every number can be shown");
    const auto days = static_cast<std::int32_t>(number);
    try {
        require(azoth::to_days(azoth::date_from_days(days)) == days, "a date keeps its day");
    } catch (const azoth::DataError&) {  // beyond the years of std::chrono
    }
    try {
        require(to_microseconds(azoth::time_from_microseconds(number)) == number,
                "a time of day keeps its microseconds");
    } catch (const azoth::DataError&) {  // no time of day
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    azoth_fuzz::Input input(data, size);
    check_texts(input.rest());
    check_number(static_cast<std::int64_t>(input.number()));
    return 0;
}
