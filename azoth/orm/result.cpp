// SPDX-License-Identifier: MIT
#include <azoth/orm/link.hpp>
#include <azoth/orm/region.hpp>
#include <azoth/orm/result.hpp>

#include <algorithm>
#include <new>

namespace azoth::inline v0::orm {

// --- objects -------------------------------------------------------------------------------------

ObjectList::ObjectList() noexcept = default;

ObjectList::ObjectList(ObjectList&& other) noexcept
    : ObjectSink(static_cast<ObjectSink&&>(other)),
      first_(other.first_),
      further_(std::move(other.further_)),
      count_(std::exchange(other.count_, 0)),
      position_(std::exchange(other.position_, 0)),
      held_(std::exchange(other.held_, nullptr)),
      also_held_(std::move(other.also_held_)) {
    other.further_.clear();
    other.also_held_.clear();
}

ObjectList& ObjectList::operator=(ObjectList&& other) noexcept {
    ObjectList taken(std::move(other));
    ObjectSink::operator=(static_cast<ObjectSink&&>(taken));
    std::swap(first_, taken.first_);
    std::swap(further_, taken.further_);
    std::swap(count_, taken.count_);
    std::swap(position_, taken.position_);
    std::swap(held_, taken.held_);
    std::swap(also_held_, taken.also_held_);
    return *this;
}

ObjectList::~ObjectList() {
    clear();
}

void ObjectList::row(Slot* const* entities, const ValueView*) {
    Slot* const slot = *entities;
    void* const object = slot ? slot->object() : nullptr;
    if (count_++ == 0)
        first_ = object;
    else
        further_.push_back(object);
    if (slot && slot->slab != held_) hold(*slot->slab);
}

void ObjectList::hold(Slab& slab) {
    if (held_) also_held_.push_back(held_);
    held_ = &slab;
    slab.retain();
}

void* ObjectList::take() noexcept {
    void* const object = next();
    if (object) retain_again(*slot_of(object));
    return object;
}

bool ObjectList::seat_next(void*& place) {
    if (position_ == count_) [[unlikely]]
        return seat_at_end(place);
    reseat(place, next());
    return true;
}

bool ObjectList::seat_at_end(void*& place) {
    reseat(place, nullptr);
    if (!feed_ || !read_on()) {
        clear();
        return false;
    }
    return seat_next(place);
}

void ObjectList::clear() noexcept {
    if (feed_) [[unlikely]]
        drop_feed();
    forget();
}

void ObjectList::forget() noexcept {
    if (Slab* const last = std::exchange(held_, nullptr)) last->release();
    for (Slab* slab : also_held_) slab->release();
    also_held_.clear();
    further_.clear();
    count_ = 0;
    position_ = 0;
}

namespace detail {

// --- rows ----------------------------------------------------------------------------------------

namespace {
constexpr std::size_t rows_per_block = 64;
}

RowList::RowList(const RowOps& ops) noexcept : ops_(&ops) {}

RowList::RowList(RowList&& other) noexcept
    : ObjectSink(static_cast<ObjectSink&&>(other)),
      ops_(other.ops_),
      blocks_(std::move(other.blocks_)),
      made_(std::exchange(other.made_, 0)),
      taken_(std::exchange(other.taken_, 0)),
      shown_(std::exchange(other.shown_, false)) {
    other.blocks_.clear();
}

RowList& RowList::operator=(RowList&& other) noexcept {
    RowList taken(std::move(other));
    ObjectSink::operator=(static_cast<ObjectSink&&>(taken));
    std::swap(ops_, taken.ops_);
    std::swap(blocks_, taken.blocks_);
    std::swap(made_, taken.made_);
    std::swap(taken_, taken.taken_);
    std::swap(shown_, taken.shown_);
    return *this;
}

RowList::~RowList() {
    clear();
}

char* RowList::at(std::size_t row) const noexcept {
    return blocks_[row / rows_per_block] + row % rows_per_block * ops_->size;
}

void RowList::row(Slot* const* entities, const ValueView* cells) {
    if (made_ == blocks_.size() * rows_per_block) {
        blocks_.reserve(blocks_.size() + 1 + blocks_.size() / 2);
        blocks_.push_back(static_cast<char*>(::operator new(rows_per_block * ops_->size)));
    }
    void* const place = at(made_);
    ops_->make(place);
    ++made_;  // now it is destroyed also where a value can't be taken
    RowParts parts(entities, cells);
    ops_->fill(place, parts);
}

void RowList::destroy_shown() noexcept {
    if (std::exchange(shown_, false)) ops_->destroy(at(taken_ - 1));
}

void* RowList::next() {
    destroy_shown();
    if (!has_more()) return nullptr;
    shown_ = true;
    return at(taken_++);
}

void RowList::clear() noexcept {
    if (feed_) [[unlikely]]
        drop_feed();
    forget();
}

void RowList::forget() noexcept {
    destroy_shown();
    for (; taken_ != made_; ++taken_) ops_->destroy(at(taken_));
    for (char* block : blocks_) ::operator delete(block);
    blocks_.clear();
    made_ = taken_ = 0;
}

}  // namespace detail
}  // namespace azoth::inline v0::orm
