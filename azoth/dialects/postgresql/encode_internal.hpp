// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/buffer_internal.hpp>
#include <azoth/dialects/postgresql/oids_internal.hpp>
#include <azoth/types/type.hpp>
#include <azoth/types/value.hpp>

#include <cstddef>
#include <string>

namespace azoth::inline v0::postgresql {

/// Why a value can't travel as its parameter's type, for the end of a sentence; null: it can.
using Refusal = const char*;

/// Appends the wire form of a value that is not NULL. After a refusal `out` may hold a part of it.
using Encoder = Refusal (*)(Buffer& out, const ValueView& value);

/// How values of one SQL type travel as parameters. A plain value, one for each type.
struct ParameterCodec {
    const char* type_name;  ///< as messages name it
    Oid oid;                ///< 0: the server infers the type
    Oid array_oid;
    bool binary;  ///< false: in text form, where the server infers the type
    Kind kept;    ///< text or bytes: such values are sent from where they are; null: none
    Encoder encode;
};

/// The codec of a type; lives as long as the program. Safe from any thread.
[[nodiscard]] const ParameterCodec& parameter_codec(const Type& type) noexcept;

/// Why a value can't be sent from where it is, with a codec whose `kept` is the value's kind.
[[nodiscard]] Refusal check_kept(const ValueView& value) noexcept;

/// The sentence for a refused value; `number` counts from 1.
[[nodiscard]] std::string refusal_message(std::size_t number, const ParameterCodec& codec,
                                          const ValueView& value, Refusal refusal);

}  // namespace azoth::inline v0::postgresql
