// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/identity_map.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace azoth::inline v0::orm {

/// Numbers different keys of a few columns, from 0 on. One thread at a time.
class KeyIndex {
  public:
    /// The number of the key; a new one where it is new.
    [[nodiscard]] std::size_t number(KeyView key) {
        if (is_integer(key))
            return by_integer_.try_emplace(key.front().integer, size()).first->second;
        return by_bytes_.try_emplace(encoded_key(key), size()).first->second;
    }
    [[nodiscard]] std::optional<std::size_t> find(KeyView key) const {
        if (is_integer(key)) {
            const auto found = by_integer_.find(key.front().integer);
            if (found == by_integer_.end()) return std::nullopt;
            return found->second;
        }
        const auto found = by_bytes_.find(encoded_key(key));
        if (found == by_bytes_.end()) return std::nullopt;
        return found->second;
    }
    [[nodiscard]] std::size_t size() const noexcept {
        return by_integer_.size() + by_bytes_.size();
    }

  private:
    static bool is_integer(KeyView key) noexcept {
        return key.size() == 1 && key.front().kind == Kind::int64;
    }
    boost::unordered_flat_map<std::int64_t, std::size_t> by_integer_;
    boost::unordered_flat_map<std::string, std::size_t> by_bytes_;
};

}  // namespace azoth::inline v0::orm
