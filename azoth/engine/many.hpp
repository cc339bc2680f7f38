// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/sql/operators.hpp>

#include <concepts>
#include <iterator>
#include <optional>
#include <tuple>

/// INSERT of ranges: how the program's rows become the driver's, and the returned rows the
/// program's.
namespace azoth::inline v0 {

namespace detail {

template <class R>
concept TupleLike = requires { std::tuple_size<R>::value; };

struct AnyMember {
    template <class T>
    operator T() const;  // never defined: it only counts members
};
template <class S, std::size_t... I>
constexpr bool braces_take(std::index_sequence<I...>) {
    return requires { S{(static_cast<void>(I), AnyMember{})...}; };
}
/// True where S is an aggregate of exactly N members.
template <class S, std::size_t N>
inline constexpr bool has_members =
    std::is_aggregate_v<S> && braces_take<S>(std::make_index_sequence<N>{}) &&
    !braces_take<S>(std::make_index_sequence<N + 1>{});

/// Calls `use` with the N members of a row, by reference. A std::tuple of them would cost users'
/// files several times as much to compile.
template <std::size_t N, class R, class Use>
constexpr auto with_members(const R& row, const Use& use) {
    if constexpr (TupleLike<R>) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            if constexpr (requires { row.template get<0>(); })  // a Row, read by another statement
                return use(row.template get<I>()...);
            else
                return use(get<I>(row)...);
        }(std::make_index_sequence<N>{});
    } else if constexpr (N == 1) {
        const auto& [a] = row;
        return use(a);
    } else if constexpr (N == 2) {
        const auto& [a, b] = row;
        return use(a, b);
    } else if constexpr (N == 3) {
        const auto& [a, b, c] = row;
        return use(a, b, c);
    } else if constexpr (N == 4) {
        const auto& [a, b, c, d] = row;
        return use(a, b, c, d);
    } else if constexpr (N == 5) {
        const auto& [a, b, c, d, e] = row;
        return use(a, b, c, d, e);
    } else if constexpr (N == 6) {
        const auto& [a, b, c, d, e, f] = row;
        return use(a, b, c, d, e, f);
    } else if constexpr (N == 7) {
        const auto& [a, b, c, d, e, f, g] = row;
        return use(a, b, c, d, e, f, g);
    } else if constexpr (N == 8) {
        const auto& [a, b, c, d, e, f, g, h] = row;
        return use(a, b, c, d, e, f, g, h);
    } else if constexpr (N == 9) {
        const auto& [a, b, c, d, e, f, g, h, i] = row;
        return use(a, b, c, d, e, f, g, h, i);
    } else if constexpr (N == 10) {
        const auto& [a, b, c, d, e, f, g, h, i, j] = row;
        return use(a, b, c, d, e, f, g, h, i, j);
    } else if constexpr (N == 11) {
        const auto& [a, b, c, d, e, f, g, h, i, j, k] = row;
        return use(a, b, c, d, e, f, g, h, i, j, k);
    } else {
        static_assert(N == 12, "a struct as a row has at most 12 members; use a std::tuple");
        const auto& [a, b, c, d, e, f, g, h, i, j, k, l] = row;
        return use(a, b, c, d, e, f, g, h, i, j, k, l);
    }
}

/// True where a value of type V can be stored in a column of type C.
template <class C, class V>
constexpr bool storable() {
    using Plain = unwrap_optional_t<canonical_t<V>>;
    if constexpr (is_any<C>)
        return true;
    else if constexpr (!HasTraits<Plain>)
        return false;
    else
        return same_family<unwrap_optional_t<C>, Plain>() && (is_optional<C> || !is_optional<V>);
}

/// Asks whether each member of a row can be stored in its column.
template <class... Cs>
struct StorableMembers {
    template <class... Vs>
        requires(sizeof...(Vs) == sizeof...(Cs))
    constexpr auto operator()(const Vs&...) const {
        return std::bool_constant<(storable<Cs, Vs>() && ...)>{};
    }
};

template <class R, class... Cs>
constexpr bool row_fits() {
    constexpr std::size_t N = sizeof...(Cs);
    if constexpr (TupleLike<R>) {
        if constexpr (std::tuple_size<R>::value != N)
            return false;
        else
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                return (storable<Cs, std::remove_cvref_t<std::tuple_element_t<I, R>>>() && ...);
            }(std::make_index_sequence<N>{});
    } else if constexpr (has_members<R, N>) {
        return decltype(with_members<N>(std::declval<const R&>(), StorableMembers<Cs...>{}))::value;
    } else {
        return false;
    }
}

/// Writes the members of a row as views.
struct ViewWriter {
    ValueView* row;
    template <class... Vs>
    void operator()(const Vs&... members) const {
        ValueView* next = row;
        ((*next++ = view_of(members)), ...);
    }
};

/// A row that a range gives by value, kept while views point into it; nothing where it has the row
/// itself.
template <class Element, bool Kept>
struct KeptRow {
    // The range has it. NOLINTNEXTLINE(bugprone-return-const-ref-from-parameter)
    static const Element& keep(const Element& row) noexcept { return row; }
};
template <class Element>
struct KeptRow<Element, true> {
    template <class Given>
    const Element& keep(Given&& row) {
        return row_.emplace(static_cast<Given&&>(row));
    }

  private:
    std::optional<Element> row_;
};

/// Feeds a range of the program's rows to the driver, one row of views at a time.
template <class Rows, class... Cs>
class RangeSource final : public driver::RowSource {
    using Iterator = decltype(std::begin(std::declval<const Rows&>()));
    using Sentinel = decltype(std::end(std::declval<const Rows&>()));
    using Reference = decltype(*std::declval<Iterator&>());
    using Element = std::remove_cvref_t<Reference>;
    static_assert(row_fits<Element, Cs...>(),
                  "each row must be a std::tuple or a struct with one member for each column named "
                  "in columns(), of a type that the column can store (no std::optional for a NOT "
                  "NULL column)");

  public:
    explicit RangeSource(const Rows& rows) : next_(std::begin(rows)), end_(std::end(rows)) {}

    bool next(ValueView* row) override {
        // Not before: a step may take along what the views of the last row point at.
        if (started_) ++next_;
        started_ = true;
        if (next_ == end_) return false;
        if constexpr (row_fits<Element, Cs...>()) {
            with_members<sizeof...(Cs)>(current_.keep(*next_), ViewWriter{row});
        }
        return true;
    }

  private:
    Iterator next_;
    Sentinel end_;
    bool started_ = false;
    [[no_unique_address]] KeptRow<Element, !std::is_reference_v<Reference>> current_;
};

/// Collects returned rows.
template <class... Rs>
class RowCollector final : public driver::RowSink {
  public:
    void row(const ValueView* cells) override { rows.emplace_back(cells, engine::ReturnedRow{}); }
    std::vector<Row<Rs...>> rows;
};

}  // namespace detail

class Connection;

/// What an INSERT of a range gave back: the rows of RETURNING in the order of the rows inserted. A
/// plain value: it needs the connection no more.
template <class... Rs>
class ManyResult {
  public:
    /// Rows inserted (or, by an upsert, changed); -1 where the database does not tell.
    [[nodiscard]] std::int64_t rowcount() const noexcept { return rowcount_; }
    [[nodiscard]] const std::vector<Row<Rs...>>& all() const& noexcept { return collector_.rows; }
    [[nodiscard]] std::vector<Row<Rs...>> all() && noexcept { return std::move(collector_.rows); }
    [[nodiscard]] auto begin() const noexcept { return collector_.rows.begin(); }
    [[nodiscard]] auto end() const noexcept { return collector_.rows.end(); }
    [[nodiscard]] std::size_t size() const noexcept { return collector_.rows.size(); }
    /// The first column of each row.
    [[nodiscard]] auto scalars() const {
        std::vector<std::tuple_element_t<0, std::tuple<Rs...>>> values;
        values.reserve(size());
        for (const auto& row : collector_.rows) values.push_back(row.template get<0>());
        return values;
    }

  private:
    friend class Connection;
    [[nodiscard]] driver::RowSink* sink() noexcept { return &collector_; }
    detail::RowCollector<Rs...> collector_;
    std::int64_t rowcount_ = -1;
};

/// What an INSERT of a range without RETURNING gave back. A plain value.
template <>
class ManyResult<> {
  public:
    /// As in the general case.
    [[nodiscard]] std::int64_t rowcount() const noexcept { return rowcount_; }

  private:
    friend class Connection;
    [[nodiscard]] static driver::RowSink* sink() noexcept { return nullptr; }
    std::int64_t rowcount_ = -1;
};

}  // namespace azoth::inline v0
