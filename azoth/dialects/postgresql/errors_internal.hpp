// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/result_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <string>
#include <string_view>

namespace azoth::inline v0::postgresql {

/// What a failed statement becomes. A plain value.
struct Failure {
    driver::ErrorClass error_class = driver::ErrorClass::operational;
    DriverFault fault;  ///< its `poisoned` is left to the connection, which knows its state
};

/// The exception class of an SQLSTATE. Safe from any thread.
[[nodiscard]] driver::ErrorClass error_class_of(std::string_view sqlstate) noexcept;

/// Describes an error result. With `hide_values` the server's details, which quote rows, are left
/// out; `prefix` is the number of characters that were sent before the caller's statement.
[[nodiscard]] Failure failure_of(const PGresult* result, bool hide_values, std::size_t prefix = 0);

/// One field of an error result; empty where it has none.
[[nodiscard]] std::string_view error_field(const PGresult* result, int field) noexcept;

/// True where the server says that it ends the connection.
[[nodiscard]] bool ends_connection(const PGresult* result) noexcept;

/// True where the statement did not run because its prepared form is out of date: dropped, or of
/// another result type since the table changed.
[[nodiscard]] bool is_out_of_date(const PGresult* result) noexcept;

/// Text of libpq without its line break at the end.
[[nodiscard]] std::string trimmed(std::string_view text);

}  // namespace azoth::inline v0::postgresql
