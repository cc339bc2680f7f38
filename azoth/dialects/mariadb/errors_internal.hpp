// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>

#include <string_view>

namespace azoth::inline v0::mariadb {

/// What the server or libmariadb reported: a plain value that borrows its texts.
struct Report {
    unsigned number = 0;  ///< the server's from 1000 (and 3000, 4000), libmariadb's from 2000, 5000
    std::string_view sqlstate{};
    std::string_view message{};
};

/// What a failed call becomes. A plain value.
struct Failure {
    driver::ErrorClass error_class = driver::ErrorClass::operational;
    DriverFault fault;  ///< its `poisoned` is left to the connection, which knows its state
};

/// The exception class of an error. Safe from any thread.
[[nodiscard]] driver::ErrorClass error_class_of(unsigned number,
                                                std::string_view sqlstate) noexcept;

/// Describes an error. With `hide_values`, what the server quotes of values is left out.
[[nodiscard]] Failure failure_of(const Report& report, bool hide_values);

/// True where the connection can't be used after this error.
[[nodiscard]] bool ends_connection(unsigned number) noexcept;

/// True where the server has rolled the whole transaction back.
[[nodiscard]] bool ends_transaction(unsigned number) noexcept;

/// True where the server may have done so: it depends on its settings, and it has to be asked.
[[nodiscard]] bool may_end_transaction(unsigned number) noexcept;

/// Fills in constraint, table and column from the server's message, the one place that tells them.
void read_subject(const Report& report, DriverFault& fault);

}  // namespace azoth::inline v0::mariadb
