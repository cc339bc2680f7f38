// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/arena.hpp>
#include <azoth/types/type.hpp>
#include <azoth/types/value.hpp>

#include <mysql.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace azoth::inline v0::mariadb {

using driver::Arena;

/// A parameter in the form in which it travels. A plain value; `chars` points into the caller's
/// memory or into the arena that it was encoded with.
struct Parameter {
    struct Chars {
        const char* data;
        unsigned long size;
    };
    enum_field_types type = MYSQL_TYPE_NULL;
    bool is_unsigned = false;
    union {
        signed char tiny;
        std::int64_t integer = 0;
        float single;
        double real;
        Chars chars;
        MYSQL_TIME time;
    };

    [[nodiscard]] bool is_null() const noexcept { return type == MYSQL_TYPE_NULL; }
    [[nodiscard]] bool has_chars() const noexcept {
        return type == MYSQL_TYPE_VAR_STRING || type == MYSQL_TYPE_LONG_BLOB ||
               type == MYSQL_TYPE_NEWDECIMAL;
    }
    /// About as many bytes as it takes in a packet.
    [[nodiscard]] std::size_t packet_size() const noexcept;
    /// Points `bind` at this parameter, which must stay where it is until the statement has run.
    void fill(MYSQL_BIND& bind) noexcept;
};

/// Why a value can't be a parameter, as the end of a sentence; null where it can.
using Refusal = const char*;

/// Encodes a value for a parameter that was declared to be of `type` (an unknown one: of any kind).
/// \returns why that can't be done, with `parameter` untouched.
///
/// A UUID travels as text, which a column of MariaDB's type UUID reads, and CHAR(36) too; a point
/// in time as UTC, the connection's time zone.
[[nodiscard]] Refusal encode(const ValueView& value, const Type& type, Arena& arena,
                             Parameter& parameter);

/// The sentence to a refusal; `number` counts from 1.
[[nodiscard]] std::string refusal_message(std::size_t number, const Type& type,
                                          const ValueView& value, Refusal refusal);

}  // namespace azoth::inline v0::mariadb
