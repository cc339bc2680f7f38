// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/binding_internal.hpp>

namespace azoth::inline v0::postgresql {
namespace {

constexpr std::size_t elsewhere = static_cast<std::size_t>(-1);

}  // namespace

Binding::Binding(const Codecs& codecs)
    : codecs_(codecs),
      values_(codecs.size()),
      lengths_(codecs.size()),
      offsets_(codecs.size(), elsewhere) {
    formats_.reserve(codecs.size());
    for (const ParameterCodec* codec : codecs) formats_.push_back(codec->binary ? 1 : 0);
}

RefusedParameter Binding::bind(std::span<const ValueView> values) {
    scratch_.clear();
    for (std::size_t i = 0; i < values.size(); ++i)
        if (const Refusal refusal = encode(i, values[i])) return {i, refusal};
    for (std::size_t i = 0; i < values.size(); ++i)
        if (offsets_[i] != elsewhere) values_[i] = scratch_.data() + offsets_[i];
    return {};
}

Refusal Binding::encode(std::size_t index, const ValueView& value) {
    offsets_[index] = elsewhere;
    values_[index] = nullptr;
    if (value.is_null()) return nullptr;

    const ParameterCodec& codec = *codecs_[index];
    if (value.kind == codec.kept) {
        // An empty view may have no address, which libpq would take for NULL.
        values_[index] = value.chars.size == 0 ? "" : value.chars.data;
        lengths_[index] = static_cast<int>(value.chars.size);
        return check_kept(value);
    }
    const std::size_t offset = scratch_.size();
    if (const Refusal refusal = codec.encode(scratch_, value)) return refusal;
    lengths_[index] = static_cast<int>(scratch_.size() - offset);
    if (!codec.binary) *scratch_.extend(1) = '\0';  // libpq measures text forms itself
    offsets_[index] = offset;
    return nullptr;
}

Arguments Binding::arguments() const noexcept {
    return {static_cast<int>(values_.size()), values_.data(), lengths_.data(), formats_.data()};
}

}  // namespace azoth::inline v0::postgresql
