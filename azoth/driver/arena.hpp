// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace azoth::inline v0::driver {

/// Memory for bytes that stay where they are until all of them are forgotten at once. One thread at
/// a time.
///
/// What a client library is given to read, and rows read ahead, live here: a statement that runs
/// again and again then allocates the first time only.
class AZOTH_EXPORT Arena {
  public:
    /// `size` bytes, uninitialised. Throws std::bad_alloc.
    [[nodiscard]] char* take(std::size_t size) {
        if (size > free_) grow(size);
        char* const taken = position_;
        position_ += size;
        free_ -= size;
        return taken;
    }
    /// A copy; never null, also where `text` is.
    [[nodiscard]] std::string_view copy(std::string_view text);
    /// Gives back the bytes beyond the first `used` of the `size` taken last.
    void give_back(std::size_t size, std::size_t used) noexcept {
        position_ -= size - used;
        free_ += size - used;
    }
    /// Forgets everything; keeps one block of moderate size for next time.
    void clear() noexcept {
        if (!blocks_.empty()) clear_blocks();
    }

  private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size;
    };
    void grow(std::size_t size);
    void clear_blocks() noexcept;

    std::vector<Block> blocks_;
    char* position_ = nullptr;
    std::size_t free_ = 0;
};

}  // namespace azoth::inline v0::driver
