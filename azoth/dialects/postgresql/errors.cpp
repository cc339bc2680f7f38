// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/errors_internal.hpp>

#include <algorithm>
#include <charconv>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

namespace {

// The two characters of an SQLSTATE's class as one number, to switch over.
constexpr int key(char first, char second) noexcept {
    return first * 256 + second;
}

/// What is appended to the server's message: its own further sentences.
void append_field(std::string& message, const char* title, std::string_view text) {
    if (text.empty()) return;
    message += '\n';
    message += title;
    message += ": ";
    message += text;
}

}  // namespace

// The classes are those that SQLAlchemy's users know from psycopg2; only class 25 is operational
// here, because a failed transaction is no fault inside the database.
ErrorClass error_class_of(std::string_view sqlstate) noexcept {
    if (sqlstate.size() != 5) return ErrorClass::operational;  // libpq's own: the connection
    if (sqlstate == "08P01") return ErrorClass::programming;   // wrong number of parameters
    switch (key(sqlstate[0], sqlstate[1])) {
        case key('0', '8'):  // connection
        case key('2', '5'):  // transaction state
        case key('2', '6'):  // prepared statement gone
        case key('2', '7'):  // triggered data change
        case key('2', '8'):  // authorization
        case key('3', '4'):  // cursor name
        case key('4', '0'):  // serialization, deadlock
        case key('5', '3'):  // resources
        case key('5', '4'):  // program limits
        case key('5', '5'):  // object state, locks
        case key('5', '7'):  // operator intervention
        case key('5', '8'):  // system
        case key('7', '2'):  // snapshot too old
        case key('H', 'V'):  // foreign data wrapper
            return ErrorClass::operational;
        case key('2', '2'): return ErrorClass::data;
        case key('2', '3'): return ErrorClass::integrity;
        case key('0', 'A'): return ErrorClass::not_supported;
        case key('2', '4'):  // cursor state
        case key('2', 'B'):  // dependent privileges
        case key('2', 'D'):  // transaction termination
        case key('2', 'F'):  // SQL routine
        case key('3', '8'):  // external routine
        case key('3', '9'):
        case key('3', 'B'):  // savepoint
        case key('F', '0'):  // configuration file
        case key('P', '0'):  // PL/pgSQL
        case key('X', 'X'): return ErrorClass::internal;
        case key('2', '0'):  // CASE without a match
        case key('2', '1'):  // cardinality
        case key('3', 'D'):  // catalog name
        case key('3', 'F'):  // schema name
        case key('4', '2'):
        case key('4', '4'):  // WITH CHECK OPTION
            return ErrorClass::programming;
        default: return ErrorClass::database;
    }
}

std::string_view error_field(const PGresult* result, int field) noexcept {
    const char* const text = PQresultErrorField(result, field);
    return text ? std::string_view{text} : std::string_view{};
}

namespace {

/// The place that the server names, as a number of the caller's own statement; empty: no place.
std::string position_of(const PGresult* result, std::size_t prefix) {
    const std::string_view text = error_field(result, PG_DIAG_STATEMENT_POSITION);
    std::size_t position = 0;
    std::from_chars(text.data(), text.data() + text.size(), position);
    return position > prefix ? std::to_string(position - prefix) : std::string();
}

}  // namespace

bool ends_connection(const PGresult* result) noexcept {
    const std::string_view severity = error_field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity == "FATAL" || severity == "PANIC";
}

bool is_out_of_date(const PGresult* result) noexcept {
    const std::string_view sqlstate = error_field(result, PG_DIAG_SQLSTATE);
    // "cached plan must not change result type" has a code that says little and a text that is
    // translated; the function that reports it is neither.
    return sqlstate == "26000" ||
           (sqlstate == "0A000" &&
            error_field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery");
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
    return std::string(text);
}

namespace {

/// The server quotes the value in some messages of class 22 (data exceptions): "invalid input
/// syntax for type integer: "secret"". What stands in quotes goes; a translation may quote
/// otherwise.
void hide_value(std::string& message, std::string_view sqlstate) {
    if (!sqlstate.starts_with("22")) return;
    const std::size_t first = message.find('"');
    if (first != std::string::npos) {
        message.replace(first, message.rfind('"') + 1 - first, "(hidden)");
    } else if (std::any_of(message.begin(), message.end(), [](char c) { return c < 0; })) {
        message = "the server refused a value";
    }
}

/// serialization_failure, deadlock_detected, lock_not_available. Not the rest of class 40: there a
/// constraint has failed, or the outcome is unknown.
bool is_retryable(std::string_view sqlstate) noexcept {
    return sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "55P03";
}

}  // namespace

Failure failure_of(const PGresult* result, bool hide_values, std::size_t prefix) {
    Failure failure;
    DriverFault& fault = failure.fault;
    fault.sqlstate = error_field(result, PG_DIAG_SQLSTATE);
    failure.error_class = error_class_of(fault.sqlstate);
    fault.retryable = is_retryable(fault.sqlstate);
    fault.message = error_field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (fault.message.empty()) {
        fault.message = trimmed(PQresultErrorMessage(result));
    } else {
        if (hide_values) hide_value(fault.message, fault.sqlstate);
        if (!hide_values)
            append_field(fault.message, "DETAIL", error_field(result, PG_DIAG_MESSAGE_DETAIL));
        append_field(fault.message, "HINT", error_field(result, PG_DIAG_MESSAGE_HINT));
        if (!hide_values)
            append_field(fault.message, "CONTEXT", error_field(result, PG_DIAG_CONTEXT));
        append_field(fault.message, "AT CHARACTER", position_of(result, prefix));
    }
    fault.constraint = error_field(result, PG_DIAG_CONSTRAINT_NAME);
    fault.table = error_field(result, PG_DIAG_TABLE_NAME);
    fault.column = error_field(result, PG_DIAG_COLUMN_NAME);
    return failure;
}

}  // namespace azoth::inline v0::postgresql
