// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/errors.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace azoth::inline v0::sqlite {
namespace {

using driver::ErrorClass;

/// SQLITE_ERROR while a statement runs is either about a value or about the statement.
bool speaks_of_a_value(std::string_view message) {
    static constexpr std::array<std::string_view, 8> beginnings = {
        "integer overflow",     "malformed JSON", "bad JSON path", "JSON path error",
        "regular expression: ", "decimal: ",      "domain error",  "string or blob too big"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view start) { return message.starts_with(start); });
}

ErrorClass class_of(int code, Phase phase, std::string_view message) {
    switch (code) {
        case SQLITE_CONSTRAINT_DATATYPE: return ErrorClass::data;
        default: break;
    }
    switch (code & 0xff) {
        case SQLITE_ERROR:
            if (phase == Phase::open) return ErrorClass::operational;
            return phase == Phase::run && speaks_of_a_value(message) ? ErrorClass::data
                                                                     : ErrorClass::programming;
        case SQLITE_CONSTRAINT: return ErrorClass::integrity;
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE: return ErrorClass::data;
        case SQLITE_AUTH: return ErrorClass::programming;
        case SQLITE_MISUSE: return ErrorClass::interface;
        case SQLITE_INTERNAL:
        case SQLITE_NOTFOUND: return ErrorClass::internal;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
        case SQLITE_READONLY:
        case SQLITE_INTERRUPT:
        case SQLITE_IOERR:
        case SQLITE_FULL:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
        case SQLITE_SCHEMA:
        case SQLITE_NOTADB:
        case SQLITE_PERM:
        case SQLITE_ABORT:
        case SQLITE_NOLFS: return ErrorClass::operational;
        default: return ErrorClass::database;  // SQLITE_CORRUPT, and codes of the future
    }
}

/// What to do about it, where that isn't plain from SQLite's own message.
std::string_view remedy(int code) {
    switch (code) {
        case SQLITE_BUSY_SNAPSHOT:
            return "the transaction began by reading, and another connection has written since: "
                   "roll it back and begin it for writing (BEGIN IMMEDIATE)";
        case SQLITE_READONLY_DBMOVED: return "the file was moved or deleted: connect anew";
        case SQLITE_CANTOPEN_ISDIR: return "it is a directory";
        default: break;
    }
    switch (code & 0xff) {
        case SQLITE_LOCKED:
            return "another connection of the same shared cache, or an open statement, uses the "
                   "table";
        default: return {};
    }
}

Poisoned poisoned_by(int code) {
    if (code == SQLITE_READONLY_DBMOVED) return Poisoned::connection;
    if (code == SQLITE_BUSY_SNAPSHOT) return Poisoned::transaction;
    return Poisoned::nothing;
}

std::string message_of(sqlite3* db, int code) {
    // SQLITE_MISUSE and failures to allocate leave the last call's message in place
    if (db == nullptr || (sqlite3_errcode(db) & 0xff) != (code & 0xff)) return sqlite3_errstr(code);
    return sqlite3_errmsg(db);
}

/// "t.a, t.b" gives the table "t" and the columns "a, b".
void read_columns(std::string_view list, DriverFault& fault) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(", "), list.size());
        const std::string_view item = list.substr(0, end);
        list.remove_prefix(std::min(end + 2, list.size()));
        const std::size_t dot = item.find('.');
        if (dot == std::string_view::npos) return;
        fault.table = item.substr(0, dot);
        if (!fault.column.empty()) fault.column += ", ";
        fault.column += item.substr(dot + 1);
    }
}

}  // namespace

void read_constraint(std::string_view message, DriverFault& fault) {
    constexpr std::string_view failed = " constraint failed: ";
    constexpr std::string_view index = "index '";
    const std::size_t position = message.find(failed);
    if (position == std::string_view::npos) {
        // STRICT tables: cannot store TEXT value in INTEGER column t.a
        constexpr std::string_view column = " column ";
        const std::size_t place = message.rfind(column);
        if (message.starts_with("cannot store ") && place != std::string_view::npos)
            read_columns(message.substr(place + column.size()), fault);
        return;
    }
    const std::string_view kind = message.substr(0, position);
    std::string_view subject = message.substr(position + failed.size());
    if (kind == "CHECK") {
        fault.constraint = subject;
    } else if (subject.starts_with(index) && subject.ends_with('\'')) {
        subject.remove_prefix(index.size());
        subject.remove_suffix(1);
        fault.constraint = subject;
    } else {
        read_columns(subject, fault);
    }
}

Failure describe_failure(sqlite3* db, int code, Phase phase) {
    const std::string message = message_of(db, code);
    Failure failure;
    failure.error_class = class_of(code, phase, message);
    DriverFault& fault = failure.fault;
    fault.native_code = code;
    fault.poisoned = poisoned_by(code);
    fault.retryable = (code & 0xff) == SQLITE_BUSY || code == SQLITE_LOCKED_SHAREDCACHE;
    fault.message = message;
    if ((code & 0xff) == SQLITE_CONSTRAINT) read_constraint(message, fault);
    if (phase == Phase::prepare && db != nullptr) {
        const int offset = sqlite3_error_offset(db);
        if (offset >= 0) fault.message += " (at byte " + std::to_string(offset) + ")";
    }
    fault.message.append(" [").append(code_name(code)).append("]");
    const std::string_view advice = remedy(code);
    if (!advice.empty()) fault.message.append(": ").append(advice);
    return failure;
}

}  // namespace azoth::inline v0::sqlite
