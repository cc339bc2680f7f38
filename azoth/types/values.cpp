// SPDX-License-Identifier: MIT
#include <azoth/types/values.hpp>

#include <algorithm>
#include <memory>
#include <new>

namespace azoth::inline v0 {

Value* Values::open_gap(std::size_t position, std::size_t added) {
    constexpr std::size_t first_capacity = 4;  // most statements bind no more
    const std::size_t old_size = size();
    const std::size_t needed = old_size + added;
    if (!block_ || needed > block_->capacity) {
        const std::size_t capacity =
            std::max(needed, block_ ? std::size_t{block_->capacity} * 2 : first_capacity);
        void* memory = ::operator new(sizeof(Block) + capacity * sizeof(Value));
        auto* bigger = new (memory) Block{static_cast<std::uint32_t>(old_size),
                                          static_cast<std::uint32_t>(capacity)};
        if (block_) {
            std::uninitialized_move_n(block_->values(), old_size, bigger->values());
            std::destroy_n(block_->values(), old_size);
            ::operator delete(block_);
        }
        block_ = bigger;
    }
    Value* const values = block_->values();
    std::uninitialized_value_construct_n(values + old_size, added);
    std::move_backward(values + position, values + old_size, values + needed);
    block_->size = static_cast<std::uint32_t>(needed);
    return values + position;
}

void Values::insert(std::size_t position, Value value) {
    *open_gap(position, 1) = std::move(value);
}

void Values::push_view(const ValueView& view) { insert(size(), Value(view)); }

void Values::append(const Values& other) {
    const std::size_t added = other.size();  // `other` may be this very object
    if (added == 0) return;
    Value* const gap = open_gap(size(), added);
    std::copy_n(other.block_->values(), added, gap);
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
