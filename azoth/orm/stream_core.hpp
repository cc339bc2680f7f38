// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/orm/slot.hpp>

#include <cstddef>
#include <memory>

namespace azoth::inline v0::orm {

class ObjectSink;
class SessionCore;

/// The untyped half of a stream: reads a window of rows whole, makes objects of them that no
/// identity map knows, and frees them when the next window is read (R18). One thread at a time,
/// that of its session.
///
/// It holds one handle on each slab of the window. Where it is the only one, the next window is
/// read into the same objects; otherwise the slabs are left to those who hold them.
class AZOTH_EXPORT StreamCore {
  public:
    struct State;

    StreamCore(SessionCore& session, std::unique_ptr<State> state, std::size_t depth) noexcept;
    StreamCore(const StreamCore&) = delete;
    StreamCore& operator=(const StreamCore&) = delete;
    ~StreamCore();

    /// The objects of the window that are still to be handed out, of streams of one class; null
    /// where a row has none.
    Slot* const* position = nullptr;
    Slot* const* end = nullptr;

    /// Frees the window and reads the next. \param rows takes them where they are more than an
    /// object each; may be null \returns false where there are no more rows. Throws
    /// InvalidRequestError where the stream was ended, and what a statement can throw.
    bool advance(ObjectSink* rows);
    [[nodiscard]] bool is_ended() const noexcept { return ended_by_ != nullptr; }
    /// Ends it: the next step throws. \param call what ended it, for the message
    void end_by(const char* call) noexcept;
    /// Forgets the rows that are left; the next step finds the end.
    void close() noexcept;

    /// How many levels of the session's transaction there were when it began.
    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
    /// Savepoints inside which it began are part of what is around them now.
    void leave_levels(std::size_t left) noexcept {
        if (depth_ > left) depth_ = left;
    }

  private:
    void stop() noexcept;

    SessionCore* session_;  // null: ended, or read to the end
    std::unique_ptr<State> state_;
    std::size_t depth_;
    const char* ended_by_ = nullptr;
};

}  // namespace azoth::inline v0::orm
