// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>

#include <memory>

/// Members that stand in a struct of the program: what they hold until Session::add binds them.
namespace azoth::inline v0::orm {

FreeItems::~FreeItems() {
    for (const FreeItem& item : items) {
        if (item.handle) release(*item.handle);
        if (item.value) item.ops->free(item.value);
    }
}

void Link::drop_data() noexcept {
    if (!owner_)
        delete static_cast<FreeItems*>(data_);
    else if (is_many_)
        delete static_cast<Collection*>(data_);
    data_ = nullptr;
}

Link::Link(const Link& other) : is_many_(other.is_many_) {
    if (other.owner_) return;  // a copy of a mapped object is its columns
    if (other.data_) {
        auto copy = std::make_unique<FreeItems>();
        for (const FreeItem& item : static_cast<const FreeItems*>(other.data_)->items) {
            if (item.value && !item.ops->copy_new)
                throw InvalidRequestError(
                    "a relationship holds a new object whose class can't be copied: move the "
                    "struct "
                    "instead of copying it");
            FreeItem made{item.handle, item.value ? item.ops->copy_new(item.value) : nullptr,
                          item.ops};
            if (made.handle) retain_again(*made.handle);
            copy->items.push_back(made);
        }
        data_ = copy.release();
    }
    state_ = other.state_;
}

Link::Link(Link&& other) noexcept : is_many_(other.is_many_) {
    if (other.owner_) return;
    data_ = std::exchange(other.data_, nullptr);
    state_ = std::exchange(other.state_, LinkState::unset);
}

namespace {

FreeItems& free_items(void*& data) {
    if (!data) data = new FreeItems;
    return *static_cast<FreeItems*>(data);
}

}  // namespace

void Link::hold(Slot* item) {
    state_ = LinkState::loaded;
    if (!item) return;
    FreeItems& items = free_items(data_);
    if (!is_many_ && !items.items.empty()) {
        delete &items;
        data_ = nullptr;
        return hold(item);
    }
    items.items.push_back({item, nullptr, nullptr});
    retain_again(*item);
}

void Link::hold_value(void* value, const ValueOps& ops, bool may_move) {
    if (!may_move && !ops.copy_new)
        throw InvalidRequestError(
            "a new object whose class can't be copied was given as a copy: std::move it");
    if (!is_many_ && data_) drop_data();
    FreeItems& items = free_items(data_);
    items.items.push_back({nullptr, may_move ? ops.move_new(value) : ops.copy_new(value), &ops});
    state_ = LinkState::loaded;
}

void Link::assign_from(Link& other, bool may_move) {
    if (other.owner_) {
        // A struct assigned from a mapped object takes over its columns; of its relationships the
        // one that goes with a column: what a foreign key says.
        if (!is_many_) set_target(other.target());
        return;
    }
    if (other.state_ == LinkState::unset) return;
    if (!owner_) {
        Link copy = may_move ? Link(std::move(other)) : Link(other);
        std::swap(data_, copy.data_);
        std::swap(state_, copy.state_);
        return;
    }
    const auto* given = static_cast<const FreeItems*>(other.data_);
    std::vector<Held> held;
    std::vector<Slot*> slots;
    if (given)
        for (const FreeItem& item : given->items) {
            Slot* slot = item.handle;
            if (item.value) {
                void* const value = may_move ? item.value : item.ops->copy_new(item.value);
                slot = &object_of_value(*LinkAccess::relationship(*this).target, value);
                held.emplace_back(*slot);
                if (!may_move) item.ops->free(value);
            }
            slots.push_back(slot);
        }
    if (is_many_)
        assign(slots);
    else
        set_target(slots.empty() ? nullptr : slots.front());
}

}  // namespace azoth::inline v0::orm
