// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/expression.hpp>
#include <azoth/types/traits.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

namespace engine {

/// The columns of a result, shared by its rows. Immutable; safe from any thread.
struct ResultKeys {
    std::vector<std::string> names;
    std::vector<sql::NodeRef> elements;  ///< the selected expressions; empty for text statements

    /// NullValueError that names the column.
    [[noreturn]] AZOTH_EXPORT void throw_null(std::size_t column) const;
};

/// The position of a name. Throws NoSuchColumnError, or AmbiguousColumnError where several columns
/// have it.
[[nodiscard]] AZOTH_EXPORT std::size_t find_key(const ResultKeys& keys, std::string_view name);
/// The position of a selected expression. Throws NoSuchColumnError.
[[nodiscard]] AZOTH_EXPORT std::size_t find_key(const ResultKeys& keys,
                                                const sql::Expression& column);
/// Has any column this name; was this expression selected?
[[nodiscard]] AZOTH_EXPORT bool has_key(const ResultKeys& keys, std::string_view name);
[[nodiscard]] AZOTH_EXPORT bool has_key(const ResultKeys& keys, const sql::Expression& column);
[[noreturn]] AZOTH_EXPORT void throw_null_value(std::string_view column);
/// What INSERT of a range returns: rows whose columns have no names.
struct ReturnedRow {
    /// NullValueError that names the column by its position in RETURNING.
    [[noreturn]] AZOTH_EXPORT static void throw_null(std::size_t column);
};
[[noreturn]] AZOTH_EXPORT void throw_bad_index(std::size_t index, std::size_t size);
/// A cell in another kind, where that loses nothing; `storage` keeps what the result points at.
/// Throws DataError that names the column.
[[nodiscard]] AZOTH_EXPORT ValueView convert(const ValueView& cell, Kind wanted, Value& storage,
                                             std::string_view column);

/// A cell as the C++ type T. For a NULL that T has no place for, `source.throw_null(column)`
/// throws.
template <class T, class Source>
[[nodiscard]] T decode(const ValueView& cell, const Source& source, std::size_t column) {
    using Plain = detail::unwrap_optional_t<T>;
    static_assert(detail::HasTraits<Plain>,
                  "these rows hold objects of mapped classes, which a Session makes: "
                  "session.execute(statement); a Connection gives columns. Of a union or a text a "
                  "Session makes them by select<T>().from_statement(statement)");
    if (cell.is_null()) [[unlikely]] {
        if constexpr (detail::is_optional<T>)
            return std::nullopt;
        else
            source.throw_null(column);
    }
    return TypeTraits<Plain>::from(cell);
}

}  // namespace engine

namespace detail {

/// One value of a row. A row derives from its cells, which compiles in a fraction of the time that
/// std::tuple takes.
template <std::size_t I, class T>
struct RowCell {
    T value;
    [[nodiscard]] bool operator==(const RowCell&) const = default;
};
template <class Indices, class... Ts>
struct RowCells;
template <std::size_t... I, class... Ts>
struct RowCells<std::index_sequence<I...>, Ts...> : RowCell<I, Ts>... {
    RowCells() = default;
    /// Decodes each value into its place. `source` is engine::decode()'s.
    template <class Source>
    RowCells(const ValueView* cells, const Source& source)
        : RowCell<I, Ts>{engine::decode<Ts>(cells[I], source, I)}... {}
    [[nodiscard]] bool operator==(const RowCells&) const = default;
    [[nodiscard]] std::tuple<Ts...> to_tuple() const {
        return {static_cast<const RowCell<I, Ts>&>(*this).value...};
    }
};
template <std::size_t I, class T>
[[nodiscard]] const T& cell_value(const RowCell<I, T>& cell) noexcept {
    return cell.value;
}
template <std::size_t I, class T>
[[nodiscard]] T& cell_value(RowCell<I, T>& cell) noexcept {
    return cell.value;
}

}  // namespace detail

/// A row whose columns' C++ types are known; it unpacks by structured bindings. A plain value.
/// SQLAlchemy: `Row[tuple[...]]`.
template <class... Ts>
class Row {
  public:
    using Cells = detail::RowCells<std::index_sequence_for<Ts...>, Ts...>;

    Row() = default;
    /// Decodes a driver's row. `source` is engine::decode()'s.
    template <class Source>
    Row(const ValueView* cells, const Source& source) : cells_(cells, source) {}

    template <std::size_t I>
    [[nodiscard]] const auto& get() const& noexcept {
        return detail::cell_value<I>(cells_);
    }
    template <std::size_t I>
    [[nodiscard]] auto& get() & noexcept {
        return detail::cell_value<I>(cells_);
    }
    template <std::size_t I>
    [[nodiscard]] auto&& get() && noexcept {
        return std::move(detail::cell_value<I>(cells_));
    }
    /// The whole as a tuple. SQLAlchemy: `Row.tuple()`.
    [[nodiscard]] std::tuple<Ts...> tuple() const { return cells_.to_tuple(); }
    [[nodiscard]] bool operator==(const Row&) const = default;

  private:
    Cells cells_;
};

/// A row whose columns only the program knows, by position, name or column. A plain value.
/// SQLAlchemy: `Row`.
template <>
class AZOTH_EXPORT Row<> {
  public:
    Row();
    Row(std::shared_ptr<const engine::ResultKeys> keys, std::vector<Value> values);
    // Not inline: every statement without typed rows would carry them.
    Row(const Row& other);
    Row(Row&& other) noexcept;
    Row& operator=(const Row& other);
    Row& operator=(Row&& other) noexcept;
    ~Row();

    /// The value of a column, by name, position or selected expression. Throws NoSuchColumnError,
    /// AmbiguousColumnError, NullValueError for NULL unless T is a std::optional, and DataError
    /// where the value is no T.
    template <class T>
    [[nodiscard]] T get(std::string_view name) const {
        return at<T>(engine::find_key(*keys_, name));
    }
    template <class T>
    [[nodiscard]] T get(const char* name) const {
        return at<T>(engine::find_key(*keys_, name));
    }
    template <class T>
    [[nodiscard]] T get(std::size_t index) const {
        if (index >= values_.size()) engine::throw_bad_index(index, values_.size());
        return at<T>(index);
    }
    template <class T>
    [[nodiscard]] T get(int index) const {
        return get<T>(static_cast<std::size_t>(index));
    }
    template <class T, class E>
        requires detail::is_expression<E>
    [[nodiscard]] T get(const E& column) const {
        return at<T>(engine::find_key(*keys_, column.core()));
    }
    /// The value as it came. Throws NoSuchColumnError.
    [[nodiscard]] const Value& operator[](std::string_view name) const {
        return values_[engine::find_key(*keys_, name)];
    }
    [[nodiscard]] const Value& operator[](std::size_t index) const {
        if (index >= values_.size()) engine::throw_bad_index(index, values_.size());
        return values_[index];
    }
    template <class U>
    [[nodiscard]] const Value& operator[](const Expr<U>& column) const {
        return values_[engine::find_key(*keys_, column.core())];
    }
    /// The columns' names in order. SQLAlchemy: `Row._fields`.
    [[nodiscard]] const std::vector<std::string>& keys() const { return keys_->names; }
    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
    /// Does the row have a column of this name, or this selected expression?
    [[nodiscard]] bool contains(std::string_view name) const {
        return engine::has_key(*keys_, name);
    }
    template <class U>
    [[nodiscard]] bool contains(const Expr<U>& column) const {
        return engine::has_key(*keys_, column.core());
    }
    /// Equal values in order; the names don't matter.
    [[nodiscard]] bool operator==(const Row& other) const;

  private:
    template <class T>
    [[nodiscard]] T at(std::size_t index) const {
        using Plain = detail::unwrap_optional_t<T>;
        detail::require_sql_type<T>();
        const auto& name = keys_->names[index];
        ValueView cell = values_[index].view();
        Value storage;
        if (!cell.is_null() && cell.kind != TypeTraits<Plain>::kind)
            cell = engine::convert(cell, TypeTraits<Plain>::kind, storage, name);
        return engine::decode<T>(cell, *keys_, index);
    }

    std::shared_ptr<const engine::ResultKeys> keys_;
    std::vector<Value> values_;
};

}  // namespace azoth::inline v0

template <class... Ts>
struct std::tuple_size<azoth::Row<Ts...>> : std::integral_constant<std::size_t, sizeof...(Ts)> {};
template <std::size_t I, class... Ts>
struct std::tuple_element<I, azoth::Row<Ts...>> {
    using type = std::tuple_element_t<I, std::tuple<Ts...>>;
};
