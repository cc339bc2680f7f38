// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>

/// How objects come into slots.
namespace azoth::inline v0::orm {

/// A default object in a new slot of the region, its relationships and deferred columns bound to
/// the slot, nothing loaded. Throws MappingError where the class can't be made without arguments,
/// and what its constructor throws.
[[nodiscard]] Slot& construct_object(const Mapper& mapper, Region& region,
                                     std::uint32_t expected = 1);

/// An object made by `fill(memory)`, in a region of its own that no session knows yet. What stands
/// in its free-standing relationships is bound: new values become objects too. One handle on it is
/// counted for the caller. Throws what `fill` and link_objects() throw.
template <class Fill>
[[nodiscard]] Slot& object_made_by(const Mapper& mapper, Fill&& fill);

/// As above, made by moving `value`, which is of the mapper's class.
[[nodiscard]] Slot& object_of_value(const Mapper& mapper, void* value);

namespace detail {
/// Binds what has just been constructed in `slot`.
void bind_members(const Mapper& mapper, Slot& slot);
/// Holds a new region until its object is complete, and destroys it otherwise.
class NewObject {
  public:
    explicit NewObject(const Mapper& mapper);
    NewObject(const NewObject&) = delete;
    NewObject& operator=(const NewObject&) = delete;
    ~NewObject();
    [[nodiscard]] void* memory() noexcept { return slot_->object(); }
    /// The object is constructed.
    void constructed() noexcept { constructed_ = true; }
    /// Binds, and hands the handle over.
    [[nodiscard]] Slot& finish();

  private:
    const Mapper& mapper_;
    Region* region_;
    Slot* slot_;
    bool constructed_ = false;
    bool finished_ = false;
};
}  // namespace detail

template <class Fill>
Slot& object_made_by(const Mapper& mapper, Fill&& fill) {
    detail::NewObject made(mapper);
    fill(made.memory());
    made.constructed();
    return made.finish();
}

}  // namespace azoth::inline v0::orm
