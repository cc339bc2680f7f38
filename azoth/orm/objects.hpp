// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/nursery.hpp>

/// How objects come into slots.
namespace azoth::inline v0::orm {

/// A default object in a new slot of the region, its relationships and deferred columns bound to
/// the slot, nothing loaded. Throws MappingError where the class can't be made without arguments,
/// and what its constructor throws.
[[nodiscard]] Slot& construct_object(const Mapper& mapper, Region& region,
                                     std::uint32_t expected = 1);
/// As above, in a slot of the nursery; no handle is counted.
[[nodiscard]] Slot& construct_object(const Mapper& mapper, Nursery& nursery);

/// An object made by `fill(memory)`: in the nursery of a session or, where that is null, in a
/// region of its own that no session knows yet. What stands in its free-standing relationships is
/// bound: new values become objects too. One handle on it is counted for the caller. Throws what
/// `fill` and link_objects() throw.
template <class Fill>
[[nodiscard]] Slot& object_made_by(const Mapper& mapper, Nursery* nursery, Fill&& fill);

/// As above, in a region of its own, made by moving `value`, which is of the mapper's class.
[[nodiscard]] Slot& object_of_value(const Mapper& mapper, void* value);

namespace detail {
/// Binds what has just been constructed in `slot`.
void bind_members(const Mapper& mapper, Slot& slot);
/// Holds a new slot until its object is complete, and gives it back otherwise.
class NewObject {
  public:
    NewObject(const Mapper& mapper, Nursery* nursery);
    NewObject(const NewObject&) = delete;
    NewObject& operator=(const NewObject&) = delete;
    ~NewObject();
    [[nodiscard]] void* memory() noexcept { return slot_->object(); }
    /// The object is constructed.
    void constructed() noexcept {
        constructed_ = true;
        if (nursery_) nursery_->constructed(mapper_, *slot_);
    }
    /// Binds, and hands the handle over.
    [[nodiscard]] Slot& finish();

  private:
    void finish_related();

    const Mapper& mapper_;
    Nursery* nursery_;
    Slot* slot_;
    bool constructed_ = false;
    bool finished_ = false;
};
}  // namespace detail

template <class Fill>
Slot& object_made_by(const Mapper& mapper, Nursery* nursery, Fill&& fill) {
    detail::NewObject made(mapper, nursery);
    fill(made.memory());
    made.constructed();
    return made.finish();
}

}  // namespace azoth::inline v0::orm
