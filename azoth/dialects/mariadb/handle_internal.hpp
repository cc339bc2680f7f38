// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/connect.hpp>
#include <azoth/dialects/mariadb/errors_internal.hpp>

#include <mysql.h>

#include <memory>

namespace azoth::inline v0::mariadb {

struct CloseHandle {
    void operator()(MYSQL* handle) const noexcept { mysql_close(handle); }
};
using Handle = std::unique_ptr<MYSQL, CloseHandle>;

/// Throws ArgumentError for options that can't be.
void check_options(const ConnectOptions& options);

/// Connects, without any of the settings that statements rely on. Throws OperationalError.
[[nodiscard]] Handle open_handle(const ConnectOptions& options);

/// The error that the last call on this handle failed with; valid until the next call.
[[nodiscard]] Report report_of(MYSQL* handle) noexcept;

}  // namespace azoth::inline v0::mariadb
