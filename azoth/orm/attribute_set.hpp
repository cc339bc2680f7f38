// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/hash.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace azoth::inline v0::orm {

/// Some of a mapper's attributes, by Attribute::index. A plain value; allocates nothing for classes
/// of up to 64 columns.
class AttributeSet {
  public:
    void add(std::size_t index) {
        if (index < bits) {
            first_ |= bit(index);
            return;
        }
        const std::size_t word = index / bits - 1;
        if (rest_.size() <= word) rest_.resize(word + 1);
        rest_[word] |= bit(index % bits);
    }
    [[nodiscard]] bool contains(std::size_t index) const noexcept {
        if (index < bits) return (first_ & bit(index)) != 0;
        const std::size_t word = index / bits - 1;
        return word < rest_.size() && (rest_[word] & bit(index % bits)) != 0;
    }
    [[nodiscard]] bool empty() const noexcept { return first_ == 0 && rest_.empty(); }
    [[nodiscard]] friend bool operator==(const AttributeSet&, const AttributeSet&) = default;
    [[nodiscard]] std::size_t hash() const noexcept {
        std::uint64_t result = azoth::detail::mix(0, first_);
        for (const std::uint64_t word : rest_) result = azoth::detail::mix(result, word);
        return static_cast<std::size_t>(result);
    }

  private:
    static constexpr std::size_t bits = 64;
    [[nodiscard]] static constexpr std::uint64_t bit(std::size_t index) noexcept {
        return std::uint64_t{1} << index;
    }

    std::uint64_t first_ = 0;
    std::vector<std::uint64_t> rest_;  // its last word is never zero
};

}  // namespace azoth::inline v0::orm
