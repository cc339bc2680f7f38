// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace azoth::inline v0 {

/// The families of SQL types that every dialect knows how to render.
enum class TypeKind : std::uint8_t {
    null,  ///< not known (SQLAlchemy: NullType); the dialect lets the database infer
    boolean,
    small_integer,
    integer,
    big_integer,
    float32,
    float64,
    numeric,
    string,
    text,
    large_binary,
    date,
    time,
    datetime,  ///< with `timezone` set: a point in time
    uuid,
    enumeration,
    json,
    jsonb,  ///< PostgreSQL's; JSON elsewhere
};

/// The immutable description behind a `Type`. Safe from any thread.
struct AZOTH_EXPORT TypeDef : Counted {
    TypeKind kind = TypeKind::null;
    bool timezone = false;            ///< datetime: WITH TIME ZONE
    std::uint32_t length = 0;         ///< string, large_binary: maximum, 0 for none
    std::uint16_t precision = 0;      ///< numeric: total digits, 0 for none
    std::uint16_t scale = 0;          ///< numeric: digits after the point
    std::string name;                 ///< enumeration: the native type's name
    std::string schema;               ///< enumeration: where that type stands; empty: the default
    std::vector<std::string> labels;  ///< enumeration: its values in order
    std::uint64_t hash = 0;           ///< structural
};

/// A SQL type as schema and expressions carry it. A counted handle to an immutable description;
/// safe to copy in any thread. SQLAlchemy: `TypeEngine`.
class AZOTH_EXPORT Type {
  public:
    /// The unknown type (SQLAlchemy: `NullType`).
    Type();
    explicit Type(Ref<const TypeDef> def) : def_(std::move(def)) {}

    [[nodiscard]] TypeKind kind() const noexcept { return def_->kind; }
    [[nodiscard]] const TypeDef& def() const noexcept { return *def_; }
    [[nodiscard]] std::uint64_t hash() const noexcept { return def_->hash; }
    /// The kind in which a value of this type travels.
    [[nodiscard]] Kind value_kind() const noexcept;
    /// Same structure, not same object.
    [[nodiscard]] bool operator==(const Type& other) const noexcept;

  private:
    Ref<const TypeDef> def_;
};

/// The type as a message shows it, as programs write it: "String{30}", "Integer".
[[nodiscard]] AZOTH_EXPORT std::string to_display(const Type& type);

/// One shared Type for each kind without options, so that none is ever allocated for them.
[[nodiscard]] AZOTH_EXPORT const Type& plain_type(TypeKind kind);

// The type names that users write: `String{30}`, `Integer{}`. Each converts to a Type.
// SQLAlchemy: the classes of the same names in sqlalchemy.types.

/// A plain value: text with a maximum length in characters (VARCHAR).
struct AZOTH_EXPORT String {
    std::uint32_t length = 0;  ///< 0: no limit
    operator Type() const;
};
/// A plain value: exact decimal numbers.
struct AZOTH_EXPORT Numeric {
    std::uint16_t precision = 0;  ///< total digits; 0: the database's own
    std::uint16_t scale = 0;      ///< digits after the point
    operator Type() const;
};
/// A plain value: date and time of day.
struct AZOTH_EXPORT DateTime {
    bool timezone = false;  ///< true: a point in time (std::chrono::sys_time)
    operator Type() const;
};
/// A plain value: bytes.
struct AZOTH_EXPORT LargeBinary {
    std::uint32_t length = 0;  ///< 0: no limit
    operator Type() const;
};
/// A plain value: one of the given names. A native type where the database has them.
struct AZOTH_EXPORT Enum {
    std::string name;
    std::vector<std::string> labels;
    std::string schema{};  ///< of the native type; empty: that of the table, or the default
    operator Type() const;
};

template <TypeKind K>
struct PlainType {
    operator const Type&() const { return plain_type(K); }
};
using Boolean = PlainType<TypeKind::boolean>;
using SmallInteger = PlainType<TypeKind::small_integer>;
using Integer = PlainType<TypeKind::integer>;
using BigInteger = PlainType<TypeKind::big_integer>;
using Float = PlainType<TypeKind::float32>;
using Double = PlainType<TypeKind::float64>;
using Text = PlainType<TypeKind::text>;
using Date = PlainType<TypeKind::date>;
using TimeOfDay = PlainType<TypeKind::time>;
using UuidType = PlainType<TypeKind::uuid>;
using JSON = PlainType<TypeKind::json>;
using JSONB = PlainType<TypeKind::jsonb>;

}  // namespace azoth::inline v0
