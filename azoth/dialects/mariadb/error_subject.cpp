// SPDX-License-Identifier: MIT
// What an error is about, read out of the server's message. MariaDB has no fields for it, and its
// messages may be in another language (lc_messages); names are then found or not, never invented.

#include <azoth/dialects/mariadb/errors_internal.hpp>

#include <mysqld_error.h>

namespace azoth::inline v0::mariadb {
namespace {

/// The text between `quote`s that begins right behind `before`; moves `text` behind it.
std::string_view take_quoted(std::string_view& text, std::string_view before, char quote) {
    const std::size_t start = text.find(before);
    if (start == std::string_view::npos) return {};
    std::string_view rest = text.substr(start + before.size());
    if (rest.empty() || rest[0] != quote) return {};
    rest.remove_prefix(1);
    const std::size_t end = rest.find(quote);
    if (end == std::string_view::npos) return {};
    text = rest.substr(end + 1);
    return rest.substr(0, end);
}

/// "… for key 'name'"; MySQL 8 writes 'table.name'. A value before it may look like anything, so
/// the last such place counts.
void read_duplicate(std::string_view message, DriverFault& fault) {
    constexpr std::string_view before = " for key ";
    const std::size_t place = message.rfind(before);
    if (place == std::string_view::npos) return;
    message.remove_prefix(place);
    const std::string_view name = take_quoted(message, before, '\'');
    const std::size_t dot = name.find('.');
    if (dot != std::string_view::npos) fault.table = name.substr(0, dot);
    fault.constraint = dot == std::string_view::npos ? name : name.substr(dot + 1);
}

/// "… fails (`db`.`child`, CONSTRAINT `name` FOREIGN KEY (`column`, `other`) REFERENCES …"
void read_foreign_key(std::string_view message, DriverFault& fault) {
    (void)take_quoted(message, "(", '`');
    fault.table = take_quoted(message, ".", '`');
    fault.constraint = take_quoted(message, "CONSTRAINT ", '`');
    fault.column = take_quoted(message, "FOREIGN KEY (", '`');
    while (message.starts_with(", `"))
        fault.column.append(", ").append(take_quoted(message, ", ", '`'));
}

/// "CONSTRAINT `name` failed for `db`.`table`"
void read_check(std::string_view message, DriverFault& fault) {
    fault.constraint = take_quoted(message, "CONSTRAINT ", '`');
    (void)take_quoted(message, "failed for ", '`');
    fault.table = take_quoted(message, ".", '`');
    // the check of a column alone is named by both: `table`.`column`
    const std::size_t dot = fault.constraint.find('.');
    if (dot != std::string::npos) fault.column = fault.constraint.substr(dot + 1);
}

/// "… for column 'name' at row 1", or `db`.`table`.`name`.
void read_column(std::string_view message, DriverFault& fault) {
    constexpr std::string_view before = " for column ";
    const std::size_t place = message.rfind(before);
    if (place == std::string_view::npos) return;
    message.remove_prefix(place);
    std::string_view plain = message;
    fault.column = take_quoted(plain, before, '\'');
    if (!fault.column.empty()) return;
    (void)take_quoted(message, before, '`');
    fault.table = take_quoted(message, ".", '`');
    fault.column = take_quoted(message, ".", '`');
}

/// "Table 'db.name' doesn't exist"
void read_table(std::string_view message, DriverFault& fault) {
    const std::string_view name = take_quoted(message, "Table ", '\'');
    fault.table = name.substr(name.find('.') + 1);
}

}  // namespace

void read_subject(const Report& report, DriverFault& fault) {
    std::string_view message = report.message;
    switch (report.number) {
        case ER_DUP_ENTRY:
        case ER_DUP_ENTRY_WITH_KEY_NAME: return read_duplicate(message, fault);
        case ER_ROW_IS_REFERENCED_2:
        case ER_NO_REFERENCED_ROW_2: return read_foreign_key(message, fault);
        case ER_CONSTRAINT_FAILED: return read_check(message, fault);
        case ER_BAD_NULL_ERROR: fault.column = take_quoted(message, "Column ", '\''); break;
        case ER_NO_DEFAULT_FOR_FIELD: fault.column = take_quoted(message, "Field ", '\''); break;
        case ER_BAD_FIELD_ERROR: fault.column = take_quoted(message, "column ", '\''); break;
        case ER_NO_SUCH_TABLE: return read_table(message, fault);
        case ER_DATA_TOO_LONG:
        case ER_WARN_DATA_OUT_OF_RANGE:
        case WARN_DATA_TRUNCATED:
        case ER_TRUNCATED_WRONG_VALUE:
        case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD: return read_column(message, fault);
        default: break;
    }
}

}  // namespace azoth::inline v0::mariadb
