// SPDX-License-Identifier: MIT
#include <azoth/engine/seen_rows.hpp>
#include <azoth/types/decimal.hpp>

#include <limits>

namespace azoth::inline v0::engine {
namespace {

template <class T>
void append_bits(std::string& key, const T& value) {
    key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void append_text(std::string& key, std::string_view text) {
    append_bits(key, text.size());  // so that no two rows of texts run into one another
    key += text;
}

/// Equal numbers have equal bits then: there is one zero and one NaN.
double canonical(double value) noexcept {
    if (value != value) return std::numeric_limits<double>::quiet_NaN();
    return value == 0 ? 0.0 : value;
}

void append_cell(std::string& key, const ValueView& cell) {
    key += static_cast<char>(cell.kind);
    switch (cell.kind) {
        case Kind::null: break;
        case Kind::boolean: key += cell.boolean ? '1' : '0'; break;
        case Kind::float64: append_bits(key, canonical(cell.real)); break;
        case Kind::text:
        case Kind::bytes: append_text(key, cell.text()); break;
        case Kind::uuid: append_bits(key, cell.uuid); break;
        case Kind::decimal: append_text(key, cell.decimal->normalized().to_string()); break;
        case Kind::int64:
        case Kind::uint64:
        case Kind::date:
        case Kind::time:
        case Kind::datetime:
        case Kind::timestamp: append_bits(key, cell.integer); break;
    }
}

}  // namespace

bool SeenRows::add(std::span<const ValueView> cells) {
    key_.clear();
    for (const ValueView& cell : columns_ == 0 ? cells : cells.first(columns_))
        append_cell(key_, cell);
    return keys_.insert(key_).second;
}

}  // namespace azoth::inline v0::engine
