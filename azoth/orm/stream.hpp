// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/result.hpp>
#include <azoth/orm/stream_core.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

namespace azoth::inline v0 {

/// The rows of a statement, a window of them in memory at a time, for any number of rows. Belongs
/// to the thread that uses its session.
///
/// Their objects are for reading, and no session knows them: two rows of one key are two objects
/// (one, in a window that loads along), nothing more is loaded for them than the statement's
/// options and the mapping say (StreamedObjectError), and nothing they hold is ever written. What
/// comes along belongs to the window. An object is valid while a handle on it is held; the loop's
/// own handle goes on to the next object, so copy it (`Ptr<const User> kept = user`), which keeps
/// the whole window in memory. Other statements may run in the loop. Commit, rollback and close of
/// the session, and a rollback to a savepoint that it was begun in, end it: its next step throws
/// InvalidRequestError. SQLAlchemy: `yield_per` and `stream_results`; its objects are in the
/// identity map.
template <class R>
class ObjectStream {
  public:
    using value_type = R;

    ObjectStream(Owned<orm::StreamCore> core, const orm::detail::RowOps& ops)
        : core_(std::move(core)), window_(ops) {}

    /// The next row, or null at the end; valid until the next call. Throws InvalidRequestError
    /// where the stream was ended, and what a statement can throw.
    [[nodiscard]] R* next() {
        if (window_.left() == 0 || core_->is_ended()) {
            window_.clear();
            if (!core_->advance(&window_)) return nullptr;
        }
        return static_cast<R*>(window_.next());
    }
    [[nodiscard]] auto begin() { return detail::PullIterator<ObjectStream>(*this); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }
    /// Ends the statement; rows not read are forgotten.
    void close() noexcept {
        window_.clear();
        core_->close();
    }

  private:
    Owned<orm::StreamCore> core_;
    orm::detail::RowList window_;
};

/// A stream of the objects of one class: as above, without rows around them. Belongs to the thread
/// that uses its session.
template <class T>
class ObjectStream<Ptr<const T>> {
  public:
    using value_type = const Ptr<const T>;

    explicit ObjectStream(Owned<orm::StreamCore> core) : core_(std::move(core)) {}
    ObjectStream(ObjectStream&&) noexcept = default;
    ObjectStream& operator=(ObjectStream&& other) noexcept {
        show(nullptr);
        core_ = std::move(other.core_);
        std::swap(PtrAccess::pointer(current_), PtrAccess::pointer(other.current_));
        return *this;
    }
    ~ObjectStream() { show(nullptr); }

    /// A handle on the next object, which is null where an outer join found none; no handle at the
    /// end. It is the stream's own: the next call seats it on another object. Throws as above.
    [[nodiscard]] value_type* next() {
        if (core_->position == core_->end) [[unlikely]] {
            show(nullptr);
            if (!core_->advance(nullptr)) return nullptr;
        }
        show(*core_->position++);
        return &current_;
    }
    [[nodiscard]] auto begin() { return detail::PullIterator<ObjectStream>(*this); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }
    /// Ends the statement; rows not read are forgotten.
    void close() noexcept {
        show(nullptr);
        core_->close();
    }

  private:
    // Not counted: the stream's core has a handle on each slab of the window.
    void show(orm::Slot* slot) noexcept {
        PtrAccess::pointer(current_) = slot ? slot->object() : nullptr;
    }

    Owned<orm::StreamCore> core_;
    Ptr<const T> current_;
};

namespace orm::detail {

/// What a stream of these columns gives: objects alone, or rows.
template <class... Ts>
struct Streamed {
    using type = ObjectStream<Row<row_value_t<Ts>...>>;
    [[nodiscard]] static type make(Owned<StreamCore> core) {
        return type(std::move(core), row_ops<RowFunctions<Ts...>>);
    }
};
template <class T>
struct Streamed<Ptr<T>> {
    using type = ObjectStream<Ptr<const T>>;
    [[nodiscard]] static type make(Owned<StreamCore> core) { return type(std::move(core)); }
};

template <class T>
inline constexpr bool is_writing_handle = false;
template <class T>
inline constexpr bool is_writing_handle<Ptr<T>> = !std::is_const_v<T>;

template <class... Ts>
consteval void require_streamable() {
    static_assert((is_handle<Ts> || ...),
                  "stream() gives objects: for columns alone, execute the select on "
                  "engine.connect(model), whose rows are read as the loop takes them");
    static_assert(!(is_writing_handle<Ts> || ...),
                  "a stream's objects are for reading and are never written: select<const User>() "
                  "in place of select<User>(), or session.scalars(…) for objects to be changed");
}

}  // namespace orm::detail
}  // namespace azoth::inline v0
