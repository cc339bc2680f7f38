// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace azoth::inline v0::mariadb {

/// Memory for bytes that stay where they are until all of them are forgotten at once. One thread at
/// a time.
class Arena {
  public:
    /// `size` bytes, uninitialised. Throws std::bad_alloc.
    [[nodiscard]] char* take(std::size_t size) {
        if (size > free_) grow(size);
        char* const taken = position_;
        position_ += size;
        free_ -= size;
        return taken;
    }
    [[nodiscard]] std::string_view copy(std::string_view text) {
        char* const bytes = take(text.size());
        if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
        return {bytes, text.size()};
    }
    /// Forgets everything; keeps one block of usual size for next time.
    void clear() noexcept {
        if (blocks_.empty()) return;
        if (first_size_ > usual_size) {
            blocks_.clear();
            position_ = nullptr;
            free_ = 0;
            return;
        }
        blocks_.resize(1);
        position_ = blocks_.front().get();
        free_ = first_size_;
    }

  private:
    static constexpr std::size_t usual_size = std::size_t{64} * 1024;

    void grow(std::size_t size) {
        const std::size_t block = size > usual_size ? size : usual_size;
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(block));
        if (blocks_.size() == 1) first_size_ = block;
        position_ = blocks_.back().get();
        free_ = block;
    }

    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t first_size_ = 0;
    char* position_ = nullptr;
    std::size_t free_ = 0;
};

}  // namespace azoth::inline v0::mariadb
