// SPDX-License-Identifier: MIT
#include <azoth/orm/stored_values.hpp>
#include <azoth/types/decimal.hpp>

#include <cstdint>

namespace azoth::inline v0::orm {

bool may_be_rewritten(const Attribute& attribute) {
    const TypeDef& type = attribute.column->type.def();
    switch (type.kind) {
        case TypeKind::null:
        case TypeKind::json:
        case TypeKind::jsonb:
        case TypeKind::float32: return true;
        case TypeKind::numeric: return type.precision != 0;
        default: return false;
    }
}

namespace {

/// Of a type whose values may be rewritten: this one is not.
bool stays_the_same(const TypeDef& type, const ValueView& value) {
    if (type.kind == TypeKind::float32)
        return static_cast<double>(static_cast<float>(value.real)) == value.real;
    return type.kind == TypeKind::numeric && value.decimal->scale() == type.scale;
}

}  // namespace

std::optional<Value> stored_value(const Attribute& attribute, const ValueView& value) {
    constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
    if (value.is_null()) return Value();
    const Kind kind = attribute.ops->kind;
    if (kind == Kind::float64 && value.kind == Kind::int64 && value.integer < exact_in_double &&
        value.integer > -exact_in_double)
        return stored_value(attribute, ValueView::of_real(static_cast<double>(value.integer)));
    if (kind != value.kind) return std::nullopt;
    if (may_be_rewritten(attribute) && !stays_the_same(attribute.column->type.def(), value))
        return std::nullopt;
    return Value(value);
}

}  // namespace azoth::inline v0::orm
