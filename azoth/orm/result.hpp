// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/result.hpp>
#include <azoth/orm/object_sink.hpp>
#include <azoth/orm/ptr.hpp>

#include <cstddef>
#include <iterator>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

namespace orm {

/// Objects in the order of rows that are still to be handed out. It holds a handle on each slab
/// that they stand in, not on each object. One thread at a time, that of the session.
class AZOTH_EXPORT ObjectList final : public ObjectSink {
  public:
    ObjectList() noexcept = default;
    ObjectList(ObjectList&& other) noexcept;
    ObjectList& operator=(ObjectList&& other) noexcept;
    ~ObjectList() override;

    void row(Slot* const* entities, const ValueView* cells) override;
    [[nodiscard]] std::size_t left() const noexcept { return objects_.size() - position_; }
    /// The next object, which may be null, with a handle on it counted for the caller. Only where
    /// some are left.
    [[nodiscard]] void* take() noexcept;
    /// Seats the handle `place` on the next object. \returns false, and a null handle, at the end
    bool seat_next(void*& place) noexcept;
    void clear() noexcept;

  private:
    void hold(Slab& slab);

    std::vector<void*> objects_;
    std::size_t position_ = 0;
    Slab* held_ = nullptr;          // the last one that a row was of
    std::vector<Slab*> also_held_;  // those before it: none where the rows are few
};

namespace detail {

template <class T>
inline constexpr bool is_handle = false;
template <class T>
inline constexpr bool is_handle<Ptr<T>> = true;

/// Takes entities and cells of a row one after the other.
class RowParts {
  public:
    RowParts() noexcept = default;
    /// NullValueError that names the column by its position.
    [[noreturn]] AZOTH_EXPORT static void throw_null(std::size_t column);
    RowParts(Slot* const* entities, const ValueView* cells) noexcept
        : entities_(entities), cells_(cells) {}
    template <class T>
    [[nodiscard]] T take() {
        if constexpr (is_handle<T>) {
            Slot* const slot = *entities_++;
            return PtrAccess::make<typename T::element_type>(slot ? slot->object() : nullptr);
        } else {
            const std::size_t index = column_++;
            return engine::decode<T>(cells_[index], RowParts(), index);
        }
    }

  private:
    Slot* const* entities_ = nullptr;
    const ValueView* cells_ = nullptr;
    std::size_t column_ = 0;
};

/// What a RowList does with rows of one type. A constant.
struct RowOps {
    std::size_t size;            ///< in bytes; aligned as any type of usual alignment
    void (*make)(void* memory);  ///< an empty row
    void (*fill)(void* row, RowParts& parts);
    void (*destroy)(void* row) noexcept;
};

template <class R>
struct RowFunctions;
template <class... Ts>
struct RowFunctions<Row<Ts...>> {
    using R = Row<Ts...>;
    static void make(void* memory) { new (memory) R(); }
    static void fill(void* row, RowParts& parts) {
        fill_each(*static_cast<R*>(row), parts, std::index_sequence_for<Ts...>{});
    }
    static void destroy(void* row) noexcept { static_cast<R*>(row)->~R(); }

  private:
    template <std::size_t... I>
    static void fill_each(R& row, RowParts& parts, std::index_sequence<I...>) {
        ((row.template get<I>() = parts.template take<Ts>()), ...);
    }
};
/// The first value of each row alone.
template <class T>
struct RowFunctions {
    static void make(void* memory) { new (memory) T(); }
    static void fill(void* value, RowParts& parts) {
        *static_cast<T*>(value) = parts.template take<T>();
    }
    static void destroy(void* value) noexcept { static_cast<T*>(value)->~T(); }
};

template <class R>
inline constexpr RowOps row_ops{sizeof(R), &RowFunctions<R>::make, &RowFunctions<R>::fill,
                                &RowFunctions<R>::destroy};

/// Rows of any one type that are still to be handed out. One thread at a time.
class AZOTH_EXPORT RowList final : public ObjectSink {
  public:
    explicit RowList(const RowOps& ops) noexcept : ops_(&ops) {}
    RowList(RowList&& other) noexcept;
    RowList& operator=(RowList&& other) noexcept;
    ~RowList() override;

    void row(Slot* const* entities, const ValueView* cells) override;
    [[nodiscard]] std::size_t left() const noexcept { return made_ - taken_; }
    /// The next row, or null at the end; valid until the next call, which destroys it.
    [[nodiscard]] void* next() noexcept;
    void clear() noexcept;

  private:
    [[nodiscard]] char* at(std::size_t row) const noexcept;
    void destroy_shown() noexcept;

    const RowOps* ops_;
    std::vector<char*> blocks_;
    std::size_t made_ = 0;
    std::size_t taken_ = 0;
    bool shown_ = false;  // the row before `taken_` is still there
};

/// What the results of all types of rows have in common. `Derived` has left(), take() and close().
template <class Derived, class R>
class ObjectResultOf {
  public:
    using value_type = R;

    [[nodiscard]] auto begin() { return azoth::detail::PullIterator<Derived>(self()); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// All rows that are left.
    [[nodiscard]] std::vector<R> all() { return fetchmany(self().left()); }
    /// Up to `count` rows. SQLAlchemy: `fetchmany`.
    [[nodiscard]] std::vector<R> fetchmany(std::size_t count) {
        std::vector<R> taken;
        taken.reserve(count < self().left() ? count : self().left());
        while (taken.size() < count && self().left() != 0) taken.push_back(self().take());
        return taken;
    }
    /// The next row, if there is one. SQLAlchemy: `fetchone`.
    [[nodiscard]] std::optional<R> fetchone() {
        if (self().left() == 0) return std::nullopt;
        return self().take();
    }
    /// The first row, if there is one; the others are forgotten.
    [[nodiscard]] std::optional<R> first() {
        std::optional<R> row = fetchone();
        self().close();
        return row;
    }
    /// The only row. Throws NoResultFound, MultipleResultsFound.
    [[nodiscard]] R one() {
        if (self().left() == 0) engine::throw_no_row();
        require_one();
        return self().take();
    }
    /// The only row, or nothing where there is none. Throws MultipleResultsFound.
    [[nodiscard]] std::optional<R> one_or_none() {
        require_one();
        return first();
    }

  private:
    friend Derived;
    ObjectResultOf() = default;

    void require_one() {
        if (self().left() <= 1) return;
        self().close();
        engine::throw_several_rows();
    }
    [[nodiscard]] Derived& self() noexcept { return static_cast<Derived&>(*this); }
};

}  // namespace detail
}  // namespace orm

/// The rows of a statement that a Session executed, read whole before the first is handed out:
/// other statements, lazy loads and flushes may run in the loop (R21). Belongs to one thread.
///
/// It holds the objects that it has not yet handed out. SQLAlchemy: `Result`, `ScalarResult`.
template <class R>
class ObjectResult : public orm::detail::ObjectResultOf<ObjectResult<R>, R> {
  public:
    ObjectResult() noexcept : rows_(orm::detail::row_ops<R>) {}

    /// The next row, or null at the end; valid until the next call.
    [[nodiscard]] R* next() { return static_cast<R*>(rows_.next()); }
    [[nodiscard]] std::size_t left() const noexcept { return rows_.left(); }
    [[nodiscard]] R take() { return std::move(*next()); }
    void close() noexcept { rows_.clear(); }
    /// Where the session puts the rows; for the library.
    [[nodiscard]] orm::ObjectSink& sink() noexcept { return rows_; }

  private:
    orm::detail::RowList rows_;
};

/// The objects of a statement: as above, without rows around them. Belongs to one thread.
template <class T>
class ObjectResult<Ptr<T>> : public orm::detail::ObjectResultOf<ObjectResult<Ptr<T>>, Ptr<T>> {
  public:
    /// A handle on the next object, or null at the end; valid until the next call.
    [[nodiscard]] Ptr<T>* next() noexcept {
        return objects_.seat_next(PtrAccess::pointer(current_)) ? &current_ : nullptr;
    }
    /// How many rows are left.
    [[nodiscard]] std::size_t left() const noexcept { return objects_.left(); }
    [[nodiscard]] Ptr<T> take() noexcept { return PtrAccess::adopt<T>(objects_.take()); }
    /// Forgets the rows that are left.
    void close() noexcept { objects_.clear(); }
    /// Where the session puts the rows; for the library.
    [[nodiscard]] orm::ObjectSink& sink() noexcept { return objects_; }

  private:
    orm::ObjectList objects_;
    Ptr<T> current_;
};

}  // namespace azoth::inline v0
