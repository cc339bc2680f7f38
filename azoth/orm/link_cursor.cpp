// SPDX-License-Identifier: MIT
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>

/// Walks through collections.
namespace azoth::inline v0::orm {

LinkCursor::LinkCursor(const Link& link) {
    if (!link.owner_) {
        if (link.data_) throw_free_standing();
        return;
    }
    LinkArray* const array = LinkAccess::loaded_array(link);
    if (!array || array->items.empty()) return;
    array_ = array;
    array_->retain();
    owner_ = link.owner_;
    retain(*owner_);
    owner_->slab->region().pin();
}

LinkCursor::LinkCursor(const LinkCursor& other) noexcept
    : array_(other.array_), owner_(other.owner_), position_(other.position_) {
    if (!array_) return;
    array_->retain();
    retain_again(*owner_);
    owner_->slab->region().pin();
}

LinkCursor::LinkCursor(LinkCursor&& other) noexcept
    : array_(std::exchange(other.array_, nullptr)),
      owner_(std::exchange(other.owner_, nullptr)),
      position_(other.position_) {}

LinkCursor& LinkCursor::operator=(LinkCursor other) noexcept {
    std::swap(array_, other.array_);
    std::swap(owner_, other.owner_);
    std::swap(position_, other.position_);
    return *this;
}

LinkCursor::~LinkCursor() {
    if (!array_) return;
    array_->release();
    owner_->slab->region().unpin();
    release(*owner_);
}

void* LinkCursor::current() const noexcept {
    if (!array_ || position_ >= array_->items.size()) return nullptr;
    return array_->items.slots()[position_]->object();
}

void reseat(void*& object, void* next) noexcept {
    if (object && next && slot_of(object)->slab == slot_of(next)->slab) {
        object = next;  // the slab's count stays
        return;
    }
    if (next) retain(*slot_of(next));
    if (object) release(*slot_of(object));
    object = next;
}

}  // namespace azoth::inline v0::orm
