// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

// PostgreSQL counts from 2000-01-01, values from 1970-01-01. The limits below are values.

namespace azoth::inline v0::postgresql {

inline constexpr std::int64_t epoch_days = 10957;
inline constexpr std::int64_t epoch_microseconds = 946'684'800'000'000;

/// 4714-11-24 BC and 5874897-12-31, PostgreSQL's limits of a date.
inline constexpr std::int64_t first_date = -2451545 + epoch_days;
inline constexpr std::int64_t last_date = 2147483493 - 2451545 + epoch_days;

/// 4714-11-24 00:00:00 BC, PostgreSQL's first timestamp; its last is beyond what a value can hold.
inline constexpr std::int64_t first_datetime = -211'813'488'000'000'000 + epoch_microseconds;

/// How PostgreSQL writes -infinity and infinity, of dates and of timestamps.
inline constexpr std::int32_t date_minus_infinity = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int32_t date_infinity = std::numeric_limits<std::int32_t>::max();
inline constexpr std::int64_t datetime_minus_infinity = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t datetime_infinity = std::numeric_limits<std::int64_t>::max();

}  // namespace azoth::inline v0::postgresql
