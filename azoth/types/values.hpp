// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/value.hpp>

#include <new>
#include <span>
#include <utility>

namespace azoth::inline v0 {

/// The bound values of an expression or statement, in the order of its placeholders; one thread at
/// a time, like a std::vector.
///
/// A single pointer, null while it is empty: expressions are moved often while a statement is
/// built, and every move that is more than a pointer's would cost both time and, in the user's
/// files, compile time.
class AZOTH_EXPORT Values {
  public:
    Values() noexcept = default;
    Values(const Values& other) {
        if (other.block_) append(other);
    }
    Values(Values&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    Values& operator=(const Values& other) {
        if (this != &other) *this = Values(other);
        return *this;
    }
    Values& operator=(Values&& other) noexcept {
        std::swap(block_, other.block_);
        return *this;
    }
    ~Values() {
        if (block_) clear();
    }

    [[nodiscard]] std::size_t size() const noexcept { return block_ ? block_->size : 0; }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] const Value& operator[](std::size_t i) const noexcept {
        return block_->values()[i];
    }
    [[nodiscard]] std::span<const Value> span() const noexcept;

    void push(Value&& value) {
        new (room_for(1)) Value(std::move(value));  // `value` is none of these: it would have moved
        ++block_->size;
    }
    void push(const Value& value) { push(Value(value)); }
    /// As push(Value(view)).
    void push_view(const ValueView& view) { push(Value(view)); }
    /// Puts `value` before the element at `position`.
    void insert(std::size_t position, Value value);
    void append(const Values& other);
    /// Moves the other's elements behind these.
    void append(Values&& other) {
        if (!other.block_) return;
        if (!block_)
            block_ = std::exchange(other.block_, nullptr);
        else
            move_to_end(std::move(other));
    }
    /// Moves the other's elements before the element at `position`.
    void insert(std::size_t position, Values&& other);
    void clear() noexcept;

  private:
    struct Block {
        std::uint32_t size;
        std::uint32_t capacity;
        [[nodiscard]] Value* values() noexcept { return reinterpret_cast<Value*>(this + 1); }
    };
    static_assert(sizeof(Block) % alignof(Value) == 0);

    /// Where `added` values may be constructed behind those that there are.
    [[nodiscard]] Value* room_for(std::size_t added) {
        if (block_ && block_->size + added <= block_->capacity) [[likely]]
            return block_->values() + block_->size;
        return grow(added);
    }
    [[nodiscard]] Value* grow(std::size_t added);
    /// Makes room for `added` values at `position`; what is there holds moved-from values.
    [[nodiscard]] Value* open_gap(std::size_t position, std::size_t added);
    void move_to_end(Values&& other);

    Block* block_ = nullptr;
};

}  // namespace azoth::inline v0
