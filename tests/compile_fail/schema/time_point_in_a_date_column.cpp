// SPDX-License-Identifier: MIT
// expect: this value cannot be stored in this column
// at most: 30 lines
#include <azoth/schema.hpp>

#include <chrono>

using namespace azoth;

struct Events : Table {
    using Table::Table;
    Column<std::chrono::year_month_day> day{*this, "day"};
};

Assignment on_the_day_of(const Events& events, LocalDateTime time) {
#ifdef AZOTH_VALID
    return events.day = std::chrono::floor<std::chrono::days>(time);
#else
    return events.day = time;
#endif
}
