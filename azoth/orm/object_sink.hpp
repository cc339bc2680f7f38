// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/slot.hpp>
#include <azoth/types/value.hpp>

#include <memory>

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
    ObjectSink(ObjectSink&& other) noexcept : feed_(std::move(other.feed_)) {}
    ObjectSink& operator=(ObjectSink&& other) noexcept {
        feed_.swap(other.feed_);
        return *this;
    }
    virtual ~ObjectSink();
    virtual void row(Slot* const* entities, const ValueView* cells) = 0;
    /// More rows come from there, when those that are here were handed out.
    void set_feed(std::unique_ptr<RowFeed> feed) noexcept { feed_ = std::move(feed); }

  protected:
    std::unique_ptr<RowFeed> feed_;  // null where all rows are here
};

}  // namespace azoth::inline v0::orm
