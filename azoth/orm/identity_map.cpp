// SPDX-License-Identifier: MIT
#include <azoth/orm/identity_map.hpp>
#include <azoth/orm/model_state.hpp>

#include <cstring>

namespace azoth::inline v0::orm {
namespace {

template <class T>
void append_bytes(std::string& bytes, const T& value) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    bytes.append(raw, sizeof raw);
}

}  // namespace

std::string encoded_key(KeyView key) {
    std::string bytes;
    for (const ValueView& value : key) {
        bytes += static_cast<char>(value.kind);
        switch (value.kind) {
            case Kind::null: break;
            case Kind::boolean: bytes += static_cast<char>(value.boolean); break;
            case Kind::float64: append_bytes(bytes, value.real); break;
            case Kind::uuid:
                bytes.append(reinterpret_cast<const char*>(value.uuid), sizeof value.uuid);
                break;
            case Kind::text:
            case Kind::bytes:
                append_bytes(bytes, value.chars.size);
                bytes.append(value.chars.data, value.chars.size);
                break;
            case Kind::decimal: {
                // 1.50 and 1.5 are one key to a database.
                const std::string text = value.decimal->normalized().to_string();
                append_bytes(bytes, text.size());
                bytes += text;
                break;
            }
            default: append_bytes(bytes, value.integer); break;
        }
    }
    return bytes;
}

Key::Key(KeyView values) {
    values_.reserve(values.size());
    for (const ValueView& value : values) values_.emplace_back(value);
}

KeyView Key::view() const {
    views_.clear();
    for (const Value& value : values_) views_.push_back(value.view());
    return views_;
}

IdentityMap::IdentityMap(const ModelState& model) : classes_(model.mappers().size()) {}

Slot* IdentityMap::find_bytes(const PerClass& of_class, KeyView key) {
    if (of_class.by_bytes.empty()) return nullptr;
    const auto found = of_class.by_bytes.find(encoded_key(key));
    return found == of_class.by_bytes.end() ? nullptr : found->second;
}

Slot* IdentityMap::put_bytes(PerClass& of_class, KeyView key, Slot& slot) {
    return std::exchange(of_class.by_bytes[encoded_key(key)], &slot);
}

void IdentityMap::erase(const Mapper& mapper, KeyView key) {
    PerClass& of_class = classes_[mapper.index()];
    if (mapper.has_integer_key())
        of_class.by_integer.erase(key.front().integer);
    else
        of_class.by_bytes.erase(encoded_key(key));
}

void IdentityMap::reserve(const Mapper& mapper, std::size_t more) {
    PerClass& of_class = classes_[mapper.index()];
    if (mapper.has_integer_key())
        of_class.by_integer.reserve(more);
    else
        of_class.by_bytes.reserve(of_class.by_bytes.size() + more);
}

void IdentityMap::clear() {
    for (PerClass& of_class : classes_) {
        of_class.by_integer.clear();
        of_class.by_bytes.clear();
    }
}

std::size_t IdentityMap::size() const noexcept {
    std::size_t all = 0;
    for (const PerClass& of_class : classes_)
        all += of_class.by_integer.size() + of_class.by_bytes.size();
    return all;
}

}  // namespace azoth::inline v0::orm
