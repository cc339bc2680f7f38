// SPDX-License-Identifier: MIT
#include <azoth/types/decimal.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>
#include <azoth/types/value.hpp>

#include <charconv>

namespace azoth::inline v0 {

std::string_view to_string(Kind kind) noexcept {
    switch (kind) {
        case Kind::null: return "null";
        case Kind::boolean: return "boolean";
        case Kind::int64: return "integer";
        case Kind::uint64: return "unsigned integer";
        case Kind::float64: return "floating point";
        case Kind::text: return "text";
        case Kind::bytes: return "bytes";
        case Kind::date: return "date";
        case Kind::time: return "time";
        case Kind::datetime: return "datetime";
        case Kind::timestamp: return "timestamp";
        case Kind::uuid: return "uuid";
        case Kind::decimal: return "decimal";
    }
    return "unknown";
}

Value::Value(const ValueView& view) : storage_{}, kind_(view.kind) {
    switch (view.kind) {
        case Kind::text:
        case Kind::bytes:
            if (view.chars.size <= inline_capacity) {
                if (view.chars.size != 0) std::memcpy(storage_, view.chars.data, view.chars.size);
                size_ = static_cast<std::uint8_t>(view.chars.size);
            } else {
                auto* copy = new char[view.chars.size];
                std::memcpy(copy, view.chars.data, view.chars.size);
                const ValueView::Chars chars{copy, view.chars.size};
                std::memcpy(storage_, &chars, sizeof chars);
                size_ = on_heap;
            }
            break;
        case Kind::decimal: {
            const Decimal* copy = new Decimal(*view.decimal);
            std::memcpy(storage_, &copy, sizeof copy);
            break;
        }
        default: std::memcpy(storage_, view.uuid, sizeof view.uuid);
    }
}

void Value::free_storage() noexcept {
    const ValueView own = view();
    if (kind_ == Kind::decimal)
        delete own.decimal;
    else
        delete[] own.chars.data;
}

bool Value::operator==(const Value& other) const noexcept {
    if (kind_ != other.kind_) return false;
    const ValueView left = view();
    const ValueView right = other.view();
    switch (kind_) {
        case Kind::null: return true;
        case Kind::boolean: return left.boolean == right.boolean;
        case Kind::float64:
            return left.real == right.real || (left.real != left.real && right.real != right.real);
        case Kind::text:
        case Kind::bytes: return left.text() == right.text();
        case Kind::uuid: return std::memcmp(left.uuid, right.uuid, sizeof left.uuid) == 0;
        case Kind::decimal: return *left.decimal == *right.decimal;
        default: return left.integer == right.integer;
    }
}

namespace {

std::string shortest(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

std::string quoted(std::string_view text, std::size_t limit) {
    std::string out = "'";
    const std::string_view shown = text.substr(0, limit);
    for (const char c : shown) {
        if (c == '\'') out += '\'';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    out += '\'';
    if (shown.size() < text.size()) out += " … (" + std::to_string(text.size()) + " bytes)";
    return out;
}

std::string hex(std::string_view bytes, std::size_t limit) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "x'";
    for (const char c : bytes.substr(0, limit / 2)) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    out += '\'';
    if (limit / 2 < bytes.size()) out += " … (" + std::to_string(bytes.size()) + " bytes)";
    return out;
}

}  // namespace

std::string to_display(const ValueView& value, std::size_t limit) {
    switch (value.kind) {
        case Kind::null: return "NULL";
        case Kind::boolean: return value.boolean ? "true" : "false";
        case Kind::int64: return std::to_string(value.integer);
        case Kind::uint64: return std::to_string(value.natural);
        case Kind::float64: return shortest(value.real);
        case Kind::text: return quoted(value.text(), limit);
        case Kind::bytes: return hex(value.text(), limit);
        case Kind::date: return quoted(format_date(value.integer), limit);
        case Kind::time: return quoted(format_time(value.integer), limit);
        case Kind::datetime: return quoted(format_datetime(value.integer), limit);
        case Kind::timestamp: return quoted(format_datetime(value.integer) + "Z", limit);
        case Kind::uuid: return quoted(to_string(Uuid::from_bytes(value.uuid)), limit);
        case Kind::decimal: return value.decimal->to_string();
    }
    return "?";
}

}  // namespace azoth::inline v0
