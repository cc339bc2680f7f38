// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/owned.hpp>
#include <azoth/orm/slot.hpp>
#include <azoth/types/value.hpp>

#include <utility>

namespace azoth::inline v0::orm {

class ObjectSink;

/// Rows that come a window at a time. Used by one thread.
class AZOTH_EXPORT RowFeed {
  public:
    virtual ~RowFeed();
    /// Gives the rows of the next window. \returns false where there are no more
    virtual bool advance(ObjectSink& into) = 0;
};

/// Takes the rows of a statement: `entities` holds an object (or null) for each entity of the
/// select list, `cells` all other columns. Used by one thread.
class AZOTH_EXPORT ObjectSink {
  public:
    ObjectSink() noexcept = default;
    ObjectSink(ObjectSink&& other) noexcept : feed_(std::exchange(other.feed_, nullptr)) {}
    ObjectSink& operator=(ObjectSink&& other) noexcept {
        std::swap(feed_, other.feed_);
        return *this;
    }
    virtual ~ObjectSink();
    virtual void row(Slot* const* entities, const ValueView* cells) = 0;
    /// More rows come from there, when those that are here were handed out.
    void set_feed(Owned<RowFeed> feed) noexcept { feed_ = feed.release(); }

  protected:
    void drop_feed() noexcept;
    /// Reads the next window in place of the one that was handed out. \returns whether there is one
    bool read_on();
    /// Lets go of all rows that are here.
    virtual void forget() noexcept = 0;

    // Owned by the class that derives, which drops it: mostly there is none. Null: all rows are
    // here.
    RowFeed* feed_ = nullptr;
};

}  // namespace azoth::inline v0::orm
