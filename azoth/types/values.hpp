// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/value.hpp>

#include <memory>
#include <span>

namespace azoth::inline v0 {

/// The bound values of an expression or statement, in the order of its placeholders; one thread at a
/// time, like a std::vector.
///
/// Room for two without allocation: most conditions carry one or two.
class AZOTH_EXPORT Values {
  public:
    Values() noexcept {}
    Values(const Values& other) { append(other); }
    Values(Values&& other) noexcept { take(other); }
    Values& operator=(const Values& other) {
        if (this != &other) *this = Values(other);
        return *this;
    }
    Values& operator=(Values&& other) noexcept {
        if (this != &other) {
            clear();
            take(other);
        }
        return *this;
    }
    ~Values() {
        if (size_ != 0 || heap_) clear();
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] const Value& operator[](std::size_t i) const noexcept { return data()[i]; }
    [[nodiscard]] std::span<const Value> span() const noexcept { return {data(), size_}; }

    void push(Value value) { insert(size_, std::move(value)); }
    /// Puts `value` before the element at `position`.
    void insert(std::size_t position, Value value);
    void append(const Values& other);
    /// Moves the other's elements behind these.
    void append(Values&& other) {
        if (empty() && !heap_)
            take(other);
        else
            insert(size_, std::move(other));
    }
    /// Moves the other's elements before the element at `position`.
    void insert(std::size_t position, Values&& other);
    void clear() noexcept;

  private:
    static constexpr std::uint32_t inline_capacity = 2;

    [[nodiscard]] Value* data() noexcept { return heap_ ? heap_.get() : inline_; }
    [[nodiscard]] const Value* data() const noexcept { return heap_ ? heap_.get() : inline_; }
    void reserve(std::size_t capacity);
    void take(Values& other) noexcept {
        heap_ = std::move(other.heap_);
        if (!heap_)
            for (std::uint32_t i = 0; i < other.size_; ++i) inline_[i] = std::move(other.inline_[i]);
        size_ = std::exchange(other.size_, 0U);
        capacity_ = std::exchange(other.capacity_, inline_capacity);
    }

    Value inline_[inline_capacity];
    std::unique_ptr<Value[]> heap_;
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = inline_capacity;
};

}  // namespace azoth::inline v0
