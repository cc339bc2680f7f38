// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;

namespace azoth::inline v0::sqlite {

/// What SQLite was doing when it failed.
enum class Phase : std::uint8_t { open, prepare, run };

/// A failure, ready to be raised: which exception, and what it tells. A plain value.
///
/// `fault.poisoned` is what the code alone says; whether the transaction survived, the connection
/// knows.
struct Failure {
    driver::ErrorClass error_class = driver::ErrorClass::database;
    DriverFault fault{};
};

/// Describes the call on `db` that has just returned `code`, an extended result code. `db` may be
/// null where it couldn't even be allocated. Reads SQLite's message, so no other call on `db` may
/// come between.
///
/// SQLite has one code, SQLITE_ERROR, for everything wrong with the SQL: ProgrammingError (pysqlite
/// makes it OperationalError, as SQLITE_BUSY), or DataError where a value was. Violated constraints
/// are IntegrityError, save for a type that a STRICT table or a rowid refuses: DataError. Lock,
/// disk, permission and cancellation are OperationalError, a corrupt file is DatabaseError.
[[nodiscard]] Failure describe_failure(sqlite3* db, int code, Phase phase);

/// The name of a result code, "SQLITE_CONSTRAINT_UNIQUE"; that of its primary code where the
/// extended one is newer than this list.
[[nodiscard]] std::string_view code_name(int code) noexcept;

/// Fills in constraint, table and columns from the message of a violated constraint. SQLite tells
/// them in its message only, and not at all for foreign keys.
void read_constraint(std::string_view message, DriverFault& fault);

}  // namespace azoth::inline v0::sqlite
