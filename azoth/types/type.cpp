// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/hash.hpp>
#include <azoth/types/type.hpp>

#include <array>
#include <atomic>
#include <set>
#include <string_view>

namespace azoth::inline v0 {
namespace {

constexpr std::size_t kind_count = static_cast<std::size_t>(TypeKind::jsonb) + 1;

std::uint64_t structural_hash(const TypeDef& def) {
    using detail::mix;
    std::uint64_t hash = mix(0x7970, static_cast<std::uint64_t>(def.kind));
    hash = mix(hash, def.timezone);
    hash = mix(hash, def.length);
    hash = mix(hash, (std::uint64_t{def.precision} << 16) | def.scale);
    hash = mix(hash, detail::hash_text(def.name));
    hash = mix(hash, detail::hash_text(def.schema));
    for (const auto& label : def.labels) hash = mix(hash, detail::hash_text(label));
    return hash;
}

Type finished(Ref<TypeDef> def) {
    def->hash = structural_hash(*def);
    return Type(std::move(def));
}

Ref<TypeDef> make_def(TypeKind kind) {
    auto def = make_ref<TypeDef>();
    def->kind = kind;
    return def;
}

void check_labels(const Enum& type) {
    if (type.name.empty()) throw ArgumentError("Enum: the type needs a name");
    if (type.labels.empty()) throw ArgumentError("Enum '" + type.name + "': no labels are given");
    const std::set<std::string> distinct(type.labels.begin(), type.labels.end());
    if (distinct.size() != type.labels.size())
        throw ArgumentError("Enum '" + type.name + "': a label is given twice");
}

}  // namespace

namespace {

using PlainTypes = std::array<Type, kind_count>;

constinit std::atomic<const PlainTypes*> known_plain_types{nullptr};

[[gnu::cold, gnu::noinline]] const PlainTypes& make_plain_types() {
    static const PlainTypes all = [] {
        PlainTypes types{};
        for (std::size_t i = 1; i < kind_count; ++i)
            types[i] = finished(make_def(static_cast<TypeKind>(i)));
        return types;
    }();
    known_plain_types.store(&all, std::memory_order_release);
    return all;
}

}  // namespace

// Asked for each value of each statement: the guard of a local static would be half of its cost.
const Type& plain_type(TypeKind kind) {
    const PlainTypes* known = known_plain_types.load(std::memory_order_acquire);
    if (!known) [[unlikely]]
        known = &make_plain_types();
    return (*known)[static_cast<std::size_t>(kind)];
}

Type::Type() {
    static const Ref<const TypeDef> unknown = [] {
        auto def = make_def(TypeKind::null);
        def->hash = structural_hash(*def);
        return def;
    }();
    def_ = unknown;
}

Kind Type::value_kind() const noexcept {
    switch (kind()) {
        case TypeKind::null: return Kind::null;
        case TypeKind::boolean: return Kind::boolean;
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return Kind::int64;
        case TypeKind::float32:
        case TypeKind::float64: return Kind::float64;
        case TypeKind::numeric: return Kind::decimal;
        case TypeKind::string:
        case TypeKind::text:
        case TypeKind::enumeration:
        case TypeKind::json:
        case TypeKind::jsonb: return Kind::text;
        case TypeKind::large_binary: return Kind::bytes;
        case TypeKind::date: return Kind::date;
        case TypeKind::time: return Kind::time;
        case TypeKind::datetime: return def_->timezone ? Kind::timestamp : Kind::datetime;
        case TypeKind::uuid: return Kind::uuid;
    }
    return Kind::null;
}

bool Type::operator==(const Type& other) const noexcept {
    if (def_ == other.def_) return true;
    const TypeDef& x = def();
    const TypeDef& y = other.def();
    return x.hash == y.hash && x.kind == y.kind && x.timezone == y.timezone &&
           x.length == y.length && x.precision == y.precision && x.scale == y.scale &&
           x.name == y.name && x.schema == y.schema && x.labels == y.labels;
}

namespace {

/// The names that programs write, in the order of TypeKind.
constexpr std::string_view written_names[kind_count] = {
    "NullType",  "Boolean",  "SmallInteger", "Integer", "BigInteger",  "Float",
    "Double",    "Numeric",  "String",       "Text",    "LargeBinary", "Date",
    "TimeOfDay", "DateTime", "UuidType",     "Enum",    "JSON",        "JSONB"};

}  // namespace

std::string to_display(const Type& type) {
    const TypeDef& def = type.def();
    std::string text(written_names[static_cast<std::size_t>(def.kind)]);
    if (def.kind == TypeKind::enumeration) return text + " '" + def.name + "'";
    if (def.timezone) return text + "{.timezone = true}";
    if (def.length > 0) return text + "{" + std::to_string(def.length) + "}";
    if (def.precision > 0)
        return text + "{" + std::to_string(def.precision) + ", " + std::to_string(def.scale) + "}";
    return text;
}

String::operator Type() const {
    if (length == 0) return plain_type(TypeKind::string);
    auto def = make_def(TypeKind::string);
    def->length = length;
    return finished(std::move(def));
}

Numeric::operator Type() const {
    if (precision == 0 && scale == 0) return plain_type(TypeKind::numeric);
    if (scale > precision)
        throw ArgumentError("Numeric{" + std::to_string(precision) + ", " + std::to_string(scale) +
                            "}: the scale exceeds the precision");
    auto def = make_def(TypeKind::numeric);
    def->precision = precision;
    def->scale = scale;
    return finished(std::move(def));
}

DateTime::operator Type() const {
    if (!timezone) return plain_type(TypeKind::datetime);
    static const Type with_zone = [] {
        auto def = make_def(TypeKind::datetime);
        def->timezone = true;
        return finished(std::move(def));
    }();
    return with_zone;
}

LargeBinary::operator Type() const {
    if (length == 0) return plain_type(TypeKind::large_binary);
    auto def = make_def(TypeKind::large_binary);
    def->length = length;
    return finished(std::move(def));
}

Enum::operator Type() const {
    check_labels(*this);
    auto def = make_def(TypeKind::enumeration);
    def->name = name;
    def->schema = schema;
    def->labels = labels;
    return finished(std::move(def));
}

}  // namespace azoth::inline v0
