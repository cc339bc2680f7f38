// SPDX-License-Identifier: MIT
// MariaDB's binary forms: any bytes as a cell of any type, read as any kind that the driver offers,
// give a value or a problem that is told; nothing is read beyond the cell. Input: a byte for the
// type, one for the column's flags, one for the wanted kind, the cell.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/decode_internal.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/value.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string_view>

using azoth::Decimal;
using azoth::Kind;
using azoth::ValueView;
using azoth::mariadb::ColumnForm;
using azoth::mariadb::RawCell;
using azoth_fuzz::require;

namespace {

constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::decimal) + 1;

// New ones at the end: the seeds count on the order.
constexpr enum_field_types types[] = {
    MYSQL_TYPE_TINY,       MYSQL_TYPE_SHORT,     MYSQL_TYPE_INT24,  MYSQL_TYPE_LONG,
    MYSQL_TYPE_LONGLONG,   MYSQL_TYPE_YEAR,      MYSQL_TYPE_FLOAT,  MYSQL_TYPE_DOUBLE,
    MYSQL_TYPE_NEWDECIMAL, MYSQL_TYPE_BIT,       MYSQL_TYPE_DATE,   MYSQL_TYPE_TIME,
    MYSQL_TYPE_DATETIME,   MYSQL_TYPE_TIMESTAMP, MYSQL_TYPE_STRING, MYSQL_TYPE_VAR_STRING,
    MYSQL_TYPE_BLOB,       MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_ENUM,   MYSQL_TYPE_SET,
    MYSQL_TYPE_JSON,       MYSQL_TYPE_GEOMETRY,  MYSQL_TYPE_NULL,   MYSQL_TYPE_DECIMAL,
};

ColumnForm take_form(azoth_fuzz::Input& input) {
    ColumnForm form{.type = types[input.choice(std::size(types))]};
    const std::size_t flags = input.choice(8);
    form.is_unsigned = (flags & 1) != 0;
    form.is_binary = (flags & 2) != 0;
    form.is_uuid = (flags & 4) != 0;
    return form;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    azoth_fuzz::Input input(data, size);
    const ColumnForm form = take_form(input);
    const auto wanted = static_cast<Kind>(input.choice(kind_count));
    const auto decode = azoth::mariadb::find_decoder(form, wanted);
    if (decode == nullptr) {
        require(!azoth::mariadb::decoding_remedy(form, wanted).empty(), "there is a remedy");
        return 0;
    }
    // Of its very size, so that AddressSanitizer sees a step beyond it: numbers have that of their
    // type, which the row's reader sees to.
    std::string_view rest = input.rest();
    const std::size_t fixed = azoth::mariadb::fixed_size(form.type);
    if (fixed != 0 && rest.size() < fixed) return 0;
    if (fixed != 0) rest = rest.substr(0, fixed);
    const auto bytes = std::make_unique_for_overwrite<unsigned char[]>(rest.size());
    std::copy(rest.begin(), rest.end(), bytes.get());

    ValueView cell;
    Decimal decimal;
    try {
        if (const char* const problem = decode(RawCell{bytes.get(), rest.size()}, cell, decimal)) {
            require(*problem != '\0', "a problem is told");
            return 0;
        }
    } catch (const azoth::DataError& error) {
        require(!error.fault().message.empty(), "a problem is told");
        return 0;
    }
    require(wanted == Kind::null ? !cell.is_null() : cell.kind == wanted,
            "a value is of the wanted kind");
    require(!to_display(cell).empty(), "every value can be shown");
    return 0;
}
