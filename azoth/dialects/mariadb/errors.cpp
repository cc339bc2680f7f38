// SPDX-License-Identifier: MIT
#include <azoth/dialects/mariadb/errors_internal.hpp>

#include <errmsg.h>
#include <mysqld_error.h>

namespace azoth::inline v0::mariadb {

using driver::ErrorClass;

namespace {

// Errors of MySQL's that MariaDB's header doesn't know.
constexpr unsigned mysql_check_violated = 3819;
constexpr unsigned mysql_query_timeout = 3024;
constexpr unsigned mysql_idle_too_long = 4031;

// The two characters of an SQLSTATE's class as one number, to switch over.
constexpr int key(char first, char second) noexcept {
    return first * 256 + second;
}

/// Errors without an SQLSTATE of their own ("HY000"), or whose SQLSTATE says too little. `database`
/// stands for: ask the SQLSTATE.
ErrorClass class_by_number(unsigned number) noexcept {
    switch (number) {
        case ER_NO_DEFAULT_FOR_FIELD:
        case ER_CONSTRAINT_FAILED:
        case mysql_check_violated: return ErrorClass::integrity;
        case ER_TRUNCATED_WRONG_VALUE:
        case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
        case ER_WRONG_VALUE_FOR_TYPE:
        case WARN_DATA_TRUNCATED:
        case ER_CANNOT_CONVERT_CHARACTER:
        case ER_INVALID_CHARACTER_STRING:
        case ER_JSON_SYNTAX:
        case ER_JSON_BAD_CHR:
        case ER_JSON_EOS: return ErrorClass::data;
        case ER_NOT_SUPPORTED_YET:
        case ER_UNSUPPORTED_PS:
        case ER_UNKNOWN_STORAGE_ENGINE:
        case ER_FEATURE_DISABLED: return ErrorClass::not_supported;
        case ER_BAD_FIELD_ERROR:
        case ER_WRONG_ARGUMENTS:
        case ER_UNKNOWN_SYSTEM_VARIABLE:
        case ER_XAER_NOTA:
        case ER_XAER_DUPID:
        case ER_EMPTY_QUERY: return ErrorClass::programming;
        case ER_INTERNAL_ERROR: return ErrorClass::internal;
        case CR_COMMANDS_OUT_OF_SYNC:
        case CR_NO_PREPARE_STMT:
        case CR_PARAMS_NOT_BOUND:
        case CR_INVALID_PARAMETER_NO:
        case CR_UNSUPPORTED_PARAM_TYPE:
        case CR_NO_STMT_METADATA:
        case CR_STMT_CLOSED: return ErrorClass::interface;
        case CR_NEW_STMT_METADATA: return ErrorClass::programming;
        default: return ErrorClass::database;
    }
}

ErrorClass class_by_sqlstate(std::string_view sqlstate) noexcept {
    if (sqlstate.size() != 5) return ErrorClass::operational;
    switch (key(sqlstate[0], sqlstate[1])) {
        case key('2', '1'):  // number of values
        case key('3', 'D'):  // database
        case key('3', 'F'):
        case key('4', '2'):
        case key('4', '4'): return ErrorClass::programming;
        case key('0', '1'):  // what strict mode makes of a warning
        case key('2', '2'): return ErrorClass::data;
        case key('2', '3'): return ErrorClass::integrity;
        case key('0', 'A'): return ErrorClass::not_supported;
        case key('2', '4'):  // cursor state
        case key('2', 'F'):  // SQL routine
        case key('3', '8'): return ErrorClass::internal;
        default: return ErrorClass::operational;
    }
}

/// What the server quotes of a value: between the first quote and `end`, or the last one.
void hide_quoted(std::string& message, std::string_view end) {
    const std::size_t first = message.find('\'');
    if (first == std::string::npos) return;
    const std::size_t found = message.rfind(end);
    const std::size_t last = found == std::string::npos ? message.rfind('\'') : found;
    if (last > first) message.replace(first + 1, last - first - 1, "(hidden)");
}

void hide_value(std::string& message, unsigned number) {
    switch (number) {
        case ER_DUP_ENTRY:
        case ER_DUP_ENTRY_WITH_KEY_NAME: hide_quoted(message, "' for key "); break;
        case ER_TRUNCATED_WRONG_VALUE:
        case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
        case ER_CANNOT_CONVERT_CHARACTER: hide_quoted(message, "' for column "); break;
        case ER_WRONG_VALUE_FOR_TYPE: hide_quoted(message, "' for function "); break;
        case ER_DATA_OUT_OF_RANGE:
        case ER_INVALID_CHARACTER_STRING: hide_quoted(message, "'"); break;
        default: break;
    }
}

}  // namespace

ErrorClass error_class_of(unsigned number, std::string_view sqlstate) noexcept {
    const ErrorClass known = class_by_number(number);
    return known == ErrorClass::database ? class_by_sqlstate(sqlstate) : known;
}

bool ends_connection(unsigned number) noexcept {
    switch (number) {
        case CR_SERVER_GONE_ERROR:
        case CR_SERVER_LOST:
        case CR_SERVER_LOST_EXTENDED:
        case CR_SERVER_HANDSHAKE_ERR:
        case CR_MALFORMED_PACKET:
        case CR_NET_PACKET_TOO_LARGE:
        case CR_SSL_CONNECTION_ERROR:
        case CR_ERR_NET_READ:
        case CR_ERR_NET_WRITE:
        case CR_ERR_NET_UNCOMPRESS:
        case ER_SERVER_SHUTDOWN:
        case ER_CONNECTION_KILLED:
        case ER_NEW_ABORTING_CONNECTION:
        case ER_NET_PACKET_TOO_LARGE:
        case ER_NET_READ_ERROR_FROM_PIPE:
        case ER_NET_FCNTL_ERROR:
        case ER_NET_PACKETS_OUT_OF_ORDER:
        case ER_NET_UNCOMPRESS_ERROR:
        case ER_NET_READ_ERROR:
        case ER_NET_READ_INTERRUPTED:
        case ER_NET_ERROR_ON_WRITE:
        case ER_NET_WRITE_INTERRUPTED:
        case mysql_idle_too_long: return true;
        default: return false;
    }
}

bool ends_transaction(unsigned number) noexcept {
    return number == ER_LOCK_DEADLOCK || number == ER_XA_RBDEADLOCK || number == ER_XA_RBTIMEOUT ||
           number == ER_XA_RBROLLBACK;
}

bool may_end_transaction(unsigned number) noexcept {
    return number == ER_LOCK_WAIT_TIMEOUT || number == ER_CHECKREAD ||
           number == ER_RECORD_FILE_FULL || number == ER_ERROR_DURING_COMMIT ||
           number == ER_QUERY_INTERRUPTED || number == ER_STATEMENT_TIMEOUT ||
           number == mysql_query_timeout;
}

namespace {

bool is_retryable(unsigned number) noexcept {
    return number == ER_LOCK_DEADLOCK || number == ER_XA_RBDEADLOCK ||
           number == ER_LOCK_WAIT_TIMEOUT || number == ER_CHECKREAD;
}

}  // namespace

Failure failure_of(const Report& report, bool hide_values) {
    Failure failure;
    failure.error_class = error_class_of(report.number, report.sqlstate);
    DriverFault& fault = failure.fault;
    fault.native_code = static_cast<int>(report.number);
    fault.message = report.message;
    fault.retryable = is_retryable(report.number);
    if (hide_values) hide_value(fault.message, report.number);
    // libmariadb's own errors carry no SQLSTATE but this one, which says nothing
    if (report.sqlstate != "00000") fault.sqlstate = report.sqlstate;
    read_subject(report, fault);
    return failure;
}

}  // namespace azoth::inline v0::mariadb
