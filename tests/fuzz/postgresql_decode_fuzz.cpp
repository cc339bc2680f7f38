// SPDX-License-Identifier: MIT
// PostgreSQL's binary forms: any bytes as a cell of any type, read as any kind that the driver
// offers, give a value or a problem that is told; nothing is read beyond the cell. Input: a byte
// for the type, one for the wanted kind, one for types of text unknown to the driver, the cell.
#include "support.hpp"
#include <azoth/dialects/postgresql/byte_order_internal.hpp>
#include <azoth/dialects/postgresql/decode_internal.hpp>
#include <azoth/dialects/postgresql/numeric_internal.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/value.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string_view>

namespace oid = azoth::postgresql::oid;
using azoth::Decimal;
using azoth::Kind;
using azoth::ValueView;
using azoth_fuzz::require;

namespace {

constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::decimal) + 1;

// New ones at the end: the seeds count on the order.
constexpr azoth::postgresql::Oid types[] = {
    oid::boolean, oid::bytea,  oid::single_char, oid::name,        oid::int8,       oid::int2,
    oid::int4,    oid::text,   oid::oid,         oid::xid,         oid::cid,        oid::json,
    oid::xml,     oid::float4, oid::float8,      oid::unknown,     oid::bpchar,     oid::varchar,
    oid::date,    oid::time,   oid::timestamp,   oid::timestamptz, oid::numeric,    oid::refcursor,
    oid::void_,   oid::uuid,   oid::jsonb,       oid::xid8,        oid::int4_array, 100000};

/// A numeric that was read was made of decimal digits, can be sent back, and is then the same.
void check_numeric(std::string_view form, const Decimal& number) {
    constexpr std::size_t header = 8;
    for (std::size_t at = header; at + 1 < form.size(); at += 2)
        require(azoth::postgresql::load<std::uint16_t>(form.data() + at) < 10000,
                "a group holds four digits");
    const auto sign = azoth::postgresql::load<std::uint16_t>(form.data() + 4);
    require(sign == 0 || sign == 0x4000, "the sign is plus or minus");

    azoth::postgresql::Buffer buffer;
    azoth::postgresql::encode_numeric(buffer, number);
    Decimal again;
    const char* const problem =
        azoth::postgresql::decode_numeric(buffer.data(), static_cast<int>(buffer.size()), again);
    require(problem == nullptr && again == number && again.scale() == number.scale(),
            "a number that was sent back is the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    azoth_fuzz::Input input(data, size);
    const azoth::postgresql::Oid type = types[input.choice(std::size(types))];
    const auto wanted = static_cast<Kind>(input.choice(kind_count));
    const bool textual = input.choice(8) == 7;
    const auto decode = azoth::postgresql::find_decoder(type, wanted, textual);
    if (decode == nullptr) {
        require(!azoth::postgresql::decoding_remedy(type, wanted).empty(), "there is a remedy");
        return 0;
    }
    // of its very size, so that AddressSanitizer sees a step beyond it
    const std::string_view rest = input.rest();
    const auto cell_bytes = std::make_unique_for_overwrite<char[]>(rest.size());
    std::copy(rest.begin(), rest.end(), cell_bytes.get());

    ValueView cell;
    Decimal decimal;
    const char* const problem =
        decode(cell_bytes.get(), static_cast<int>(rest.size()), cell, decimal);
    if (problem != nullptr) {
        require(*problem != '\0', "a problem is told");
        return 0;
    }
    require(wanted == Kind::null ? !cell.is_null() : cell.kind == wanted,
            "a value is of the wanted kind");
    require(!to_display(cell).empty(), "every value can be shown");
    if (type == oid::numeric && !textual) check_numeric(rest, decimal);
    return 0;
}
