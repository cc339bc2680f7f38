// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace azoth::inline v0::postgresql {

/// Bytes that grow at the end. Unlike std::string it hands out fresh room without clearing it, and
/// keeps its memory when emptied. One thread at a time.
class Buffer {
  public:
    [[nodiscard]] const char* data() const noexcept { return data_.get(); }
    [[nodiscard]] char* data() noexcept { return data_.get(); }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    void clear() noexcept { size_ = 0; }
    void shrink_to(std::size_t size) noexcept { size_ = size; }

    /// `count` more bytes at the end, for the caller to fill.
    char* extend(std::size_t count) {
        if (count > capacity_ - size_) [[unlikely]]
            grow(count);
        char* const fresh = data_.get() + size_;
        size_ += count;
        return fresh;
    }
    void append(std::string_view bytes) {
        char* const to = extend(bytes.size());
        if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
    }

  private:
    void grow(std::size_t count) {
        constexpr std::size_t least = 256;
        std::size_t capacity = capacity_ < least ? least : capacity_ * 2;
        if (capacity < size_ + count) capacity = size_ + count;
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        if (size_ != 0) std::memcpy(larger.get(), data_.get(), size_);
        data_ = std::move(larger);
        capacity_ = capacity;
    }

    std::unique_ptr<char[]> data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace azoth::inline v0::postgresql
