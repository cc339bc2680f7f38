// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/base/owned.hpp>
#include <azoth/orm/open_rows.hpp>
#include <azoth/orm/slot.hpp>

#include <cstddef>

namespace azoth::inline v0::orm {

class ObjectSink;

/// The untyped half of a stream: reads a window of rows whole, makes objects of them that no
/// identity map knows, and frees them when the next window is read (R18). One thread at a time,
/// that of its session.
///
/// It holds one handle on each slab of the window. Where it is the only one, the next window is
/// read into the same objects; otherwise the slabs are left to those who hold them. Windows whose
/// objects come with what they lead to are made anew each time (WindowGraph).
class AZOTH_EXPORT StreamCore final : public OpenRows {
  public:
    struct State;

    StreamCore(SessionCore& session, Owned<State> state, std::size_t depth) noexcept;
    ~StreamCore();

    /// The objects of the window that are still to be handed out, of streams of one class; null
    /// where a row has none.
    Slot* const* position = nullptr;
    Slot* const* end = nullptr;

    /// Frees the window and reads the next. \param rows takes them where they are more than an
    /// object each; may be null \returns false where there are no more rows. Throws
    /// InvalidRequestError where the stream was ended, and what a statement can throw.
    bool advance(ObjectSink* rows);
    /// Forgets the rows that are left; the next step finds the end.
    void close() noexcept;

  private:
    void stop_reading() noexcept override;

    Owned<State> state_;
};

}  // namespace azoth::inline v0::orm
