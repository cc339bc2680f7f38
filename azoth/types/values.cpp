// SPDX-License-Identifier: MIT
#include <azoth/types/values.hpp>

#include <algorithm>

namespace azoth::inline v0 {

void Values::reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    const std::size_t grown = std::max<std::size_t>(capacity, std::size_t{capacity_} * 2);
    auto bigger = std::make_unique<Value[]>(grown);
    std::move(data(), data() + size_, bigger.get());
    heap_ = std::move(bigger);
    capacity_ = static_cast<std::uint32_t>(grown);
}

void Values::insert(std::size_t position, Value value) {
    reserve(size_ + 1U);
    Value* const first = data();
    std::move_backward(first + position, first + size_, first + size_ + 1);
    first[position] = std::move(value);
    ++size_;
}

void Values::append(const Values& other) {
    const std::size_t added = other.size_;  // `other` may be this very object
    reserve(size_ + added);
    std::copy(other.data(), other.data() + added, data() + size_);
    size_ += static_cast<std::uint32_t>(added);
}

void Values::insert(std::size_t position, Values&& other) {
    const std::size_t added = other.size_;
    if (added == 0) return;
    reserve(size_ + added);
    Value* const first = data();
    std::move_backward(first + position, first + size_, first + size_ + added);
    std::move(other.data(), other.data() + added, first + position);
    size_ += static_cast<std::uint32_t>(added);
    other.clear();
}

void Values::clear() noexcept {
    if (heap_) {
        heap_.reset();
        capacity_ = inline_capacity;
    } else {
        for (std::uint32_t i = 0; i < size_; ++i) inline_[i] = Value();
    }
    size_ = 0;
}

}  // namespace azoth::inline v0
