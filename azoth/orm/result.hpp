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

/// Several columns that come as one value of type S; see Bundle. A name in the type of a statement
/// alone.
template <class S, class... Ts>
struct Bundled {};

namespace detail {

/// What a row holds of a column that a statement's type has as T.
template <class T>
struct row_value {
    using type = T;
};
template <class S, class... Ts>
struct row_value<Bundled<S, Ts...>> {
    using type = S;
};
template <class T>
using row_value_t = typename row_value<T>::type;

}  // namespace detail

/// Objects in the order of rows that are still to be handed out. It holds a handle on each slab
/// that they stand in, not on each object. One thread at a time, that of the session.
class AZOTH_EXPORT ObjectList final : public ObjectSink {
  public:
    ObjectList() noexcept;  // not inline: files of users need nothing of its vectors
    ObjectList(ObjectList&& other) noexcept;
    ObjectList& operator=(ObjectList&& other) noexcept;
    ~ObjectList() override;

    void row(Slot* const* entities, const ValueView* cells) override;
    [[nodiscard]] std::size_t left() const noexcept { return count_ - position_; }
    /// There are more; reads the next window where that has to be asked. Throws what a statement
    /// can throw.
    [[nodiscard]] bool has_more() { return left() != 0 || (feed_ && read_on()); }
    /// The next object, which may be null, with a handle on it counted for the caller. Only where
    /// some are left.
    [[nodiscard]] void* take() noexcept;
    /// Seats the handle `place` on the next object. \returns false, and a null handle, at the end
    bool seat_next(void*& place);
    void clear() noexcept;

  private:
    void hold(Slab& slab);
    bool seat_at_end(void*& place);
    void forget() noexcept override;
    [[nodiscard]] void* next() noexcept {
        const std::size_t position = position_++;
        return position == 0 ? first_ : further_[position - 1];
    }

    void* first_ = nullptr;  // not in the list: most often there is one, and nothing to allocate
    std::vector<void*> further_;
    std::size_t count_ = 0;
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
    [[nodiscard]] row_value_t<T> take() {
        if constexpr (is_handle<T>) {
            Slot* const slot = *entities_++;
            return PtrAccess::make<typename T::element_type>(slot ? slot->object() : nullptr);
        } else if constexpr (!std::is_same_v<row_value_t<T>, T>) {
            return take_bundle(std::type_identity<T>{});
        } else {
            const std::size_t index = column_++;
            return engine::decode<T>(cells_[index], RowParts(), index);
        }
    }

  private:
    // Braces evaluate what stands in them from left to right.
    template <class S, class... Ts>
    [[nodiscard]] S take_bundle(std::type_identity<Bundled<S, Ts...>>) {
        return S{take<Ts>()...};
    }
    template <class... Us, class... Ts>
    [[nodiscard]] Row<Us...> take_bundle(std::type_identity<Bundled<Row<Us...>, Ts...>>) {
        Row<Us...> row;
        fill_row<Ts...>(row, std::index_sequence_for<Us...>{});
        return row;
    }

  public:
    template <class... Ts, class... Us, std::size_t... I>
    void fill_row(Row<Us...>& row, std::index_sequence<I...>) {
        ((row.template get<I>() = take<Ts>()), ...);
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

/// Of rows of the columns that a statement's type has as Ts.
template <class... Ts>
struct RowFunctions {
    using R = Row<row_value_t<Ts>...>;
    static void make(void* memory) { new (memory) R(); }
    static void fill(void* row, RowParts& parts) {
        parts.template fill_row<Ts...>(*static_cast<R*>(row), std::index_sequence_for<Ts...>{});
    }
    static void destroy(void* row) noexcept { static_cast<R*>(row)->~R(); }
};
/// Of the first value of each row alone.
template <class T>
struct ValueFunctions {
    using R = row_value_t<T>;
    static void make(void* memory) { new (memory) R(); }
    static void fill(void* value, RowParts& parts) {
        *static_cast<R*>(value) = parts.template take<T>();
    }
    static void destroy(void* value) noexcept { static_cast<R*>(value)->~R(); }
};

template <class Functions>
inline constexpr RowOps row_ops{sizeof(typename Functions::R), &Functions::make, &Functions::fill,
                                &Functions::destroy};

/// Rows of any one type that are still to be handed out. One thread at a time.
class AZOTH_EXPORT RowList final : public ObjectSink {
  public:
    explicit RowList(const RowOps& ops) noexcept;
    RowList(RowList&& other) noexcept;
    RowList& operator=(RowList&& other) noexcept;
    ~RowList() override;

    void row(Slot* const* entities, const ValueView* cells) override;
    [[nodiscard]] std::size_t left() const noexcept { return made_ - taken_; }
    /// As of ObjectList.
    [[nodiscard]] bool has_more() { return left() != 0 || (feed_ && read_on()); }
    /// The next row, or null at the end; valid until the next call, which destroys it.
    [[nodiscard]] void* next();
    void clear() noexcept;

  private:
    void forget() noexcept override;
    [[nodiscard]] char* at(std::size_t row) const noexcept;
    void destroy_shown() noexcept;

    const RowOps* ops_;
    std::vector<char*> blocks_;
    std::size_t made_ = 0;
    std::size_t taken_ = 0;
    bool shown_ = false;  // the row before `taken_` is still there
};

/// What the results of all types of rows have in common. `Derived` has left(), has_more(), take()
/// and close().
template <class Derived, class R>
class ObjectResultOf {
  public:
    using value_type = R;

    [[nodiscard]] auto begin() { return azoth::detail::PullIterator<Derived>(self()); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// All rows that are left.
    [[nodiscard]] std::vector<R> all() { return fetchmany(~std::size_t{0}); }
    /// The rows in lists of `size`, in a loop: `for (const auto& part :
    /// session.scalars(select<User>(), {}, {.yield_per = 100}).partitions())`. Without a size: as
    /// many as are read at a time.
    /// SQLAlchemy: `Result.partitions`.
    [[nodiscard]] azoth::detail::Partitions<Derived> partitions(std::size_t size = 0) && {
        return {std::move(self()), size};
    }
    /// What partitions() calls for each list.
    [[nodiscard]] std::vector<R> fetch_partition(std::size_t size) {
        if (!self().has_more()) return {};
        return fetchmany(size != 0 ? size : self().left());
    }
    /// Up to `count` rows. SQLAlchemy: `fetchmany`.
    [[nodiscard]] std::vector<R> fetchmany(std::size_t count) {
        std::vector<R> taken;
        taken.reserve(count < self().left() ? count : self().left());
        while (taken.size() < count && self().has_more()) taken.push_back(self().take());
        return taken;
    }
    /// The next row, if there is one. SQLAlchemy: `fetchone`.
    [[nodiscard]] std::optional<R> fetchone() {
        if (!self().has_more()) return std::nullopt;
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
        if (!self().has_more()) engine::throw_no_row();
        R row = self().take();
        require_end();
        return row;
    }
    /// The only row, or nothing where there is none. Throws MultipleResultsFound.
    [[nodiscard]] std::optional<R> one_or_none() {
        if (!self().has_more()) return std::nullopt;
        return one();
    }

  private:
    friend Derived;
    ObjectResultOf() = default;

    void require_end() {
        if (!self().has_more()) return;
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
/// With `{.yield_per = n}` that holds for n rows at a time; then commit, rollback and close of the
/// session end it: reading on throws InvalidRequestError.
///
/// It holds the objects that it has not yet handed out. SQLAlchemy: `Result`, `ScalarResult`.
template <class R>
class ObjectResult : public orm::detail::ObjectResultOf<ObjectResult<R>, R> {
  public:
    explicit ObjectResult(const orm::detail::RowOps& ops) noexcept : rows_(ops) {}

    /// The next row, or null at the end; valid until the next call.
    [[nodiscard]] R* next() { return static_cast<R*>(rows_.next()); }
    /// How many rows are left of those that are read.
    [[nodiscard]] std::size_t left() const noexcept { return rows_.left(); }
    /// There are more rows; with yield_per the next window is read where that has to be asked.
    [[nodiscard]] bool has_more() { return rows_.has_more(); }
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
    [[nodiscard]] Ptr<T>* next() {
        return objects_.seat_next(PtrAccess::pointer(current_)) ? &current_ : nullptr;
    }
    /// How many rows are left of those that are read.
    [[nodiscard]] std::size_t left() const noexcept { return objects_.left(); }
    /// There are more rows; with yield_per the next window is read where that has to be asked.
    [[nodiscard]] bool has_more() { return objects_.has_more(); }
    [[nodiscard]] Ptr<T> take() noexcept { return PtrAccess::adopt<T>(objects_.take()); }
    /// Forgets the rows that are left.
    void close() noexcept { objects_.clear(); }
    /// Where the session puts the rows; for the library.
    [[nodiscard]] orm::ObjectSink& sink() noexcept { return objects_; }

  private:
    orm::ObjectList objects_;
    Ptr<T> current_;
};

namespace orm::detail {

/// An empty result for rows of a statement.
template <class... Ts>
[[nodiscard]] ObjectResult<Row<row_value_t<Ts>...>> rows_of() {
    return ObjectResult<Row<row_value_t<Ts>...>>(row_ops<RowFunctions<Ts...>>);
}
/// The same for what comes first in each row.
template <class T>
[[nodiscard]] ObjectResult<row_value_t<T>> values_of() {
    if constexpr (is_handle<T>)
        return ObjectResult<T>();
    else
        return ObjectResult<row_value_t<T>>(row_ops<ValueFunctions<T>>);
}

}  // namespace orm::detail
}  // namespace azoth::inline v0
