// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/slot.hpp>
#include <azoth/types/value.hpp>

namespace azoth::inline v0::orm {

/// Takes the rows of a statement: `entities` holds an object (or null) for each entity of the
/// select list, `cells` all other columns. Used by one thread.
class AZOTH_EXPORT ObjectSink {
  public:
    virtual ~ObjectSink();
    virtual void row(Slot* const* entities, const ValueView* cells) = 0;
};

}  // namespace azoth::inline v0::orm
