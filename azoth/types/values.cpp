// SPDX-License-Identifier: MIT
#include <azoth/types/values.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

namespace azoth::inline v0 {

namespace {

/// Moves values to uninitialised memory; what they leave behind needs no destructor.
void relocate(const Value* from, std::size_t count, Value* to) noexcept {
    std::memcpy(static_cast<void*>(to), static_cast<const void*>(from), count * sizeof(Value));
}

}  // namespace

Value* Values::grow(std::size_t added) {
    constexpr std::size_t first_capacity = 4;  // most statements bind no more
    const std::size_t old_size = size();
    const std::size_t capacity =
        std::max(old_size + added, block_ ? std::size_t{block_->capacity} * 2 : first_capacity);
    void* const memory = ::operator new(sizeof(Block) + capacity * sizeof(Value));
    auto* const bigger = new (memory)
        Block{static_cast<std::uint32_t>(old_size), static_cast<std::uint32_t>(capacity)};
    if (block_) {
        relocate(block_->values(), old_size, bigger->values());
        ::operator delete(block_);
    }
    block_ = bigger;
    return block_->values() + old_size;
}

Value* Values::open_gap(std::size_t position, std::size_t added) {
    const std::size_t old_size = size();
    std::uninitialized_value_construct_n(room_for(added), added);
    block_->size += static_cast<std::uint32_t>(added);
    Value* const values = block_->values();
    std::move_backward(values + position, values + old_size, values + old_size + added);
    return values + position;
}

void Values::insert(std::size_t position, Value value) {
    *open_gap(position, 1) = std::move(value);
}

void Values::append(const Values& other) {
    const std::size_t added = other.size();  // `other` may be this very object
    if (added == 0) return;
    Value* const end = open_gap(size(), added);
    std::copy_n(other.block_->values(), added, end);
}

void Values::move_to_end(Values&& other) {
    const std::uint32_t added = other.block_->size;
    relocate(other.block_->values(), added, room_for(added));
    block_->size += added;
    ::operator delete(std::exchange(other.block_, nullptr));
}

void Values::insert(std::size_t position, Values&& other) {
    const std::size_t added = other.size();
    if (added == 0) return;
    std::move(other.block_->values(), other.block_->values() + added, open_gap(position, added));
    other.clear();
}

std::span<const Value> Values::span() const noexcept {
    if (!block_) return {};
    return {block_->values(), block_->size};
}

void Values::clear() noexcept {
    if (!block_) return;
    std::destroy_n(block_->values(), block_->size);
    ::operator delete(std::exchange(block_, nullptr));
}

}  // namespace azoth::inline v0
