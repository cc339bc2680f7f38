// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/row.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// A row as a mapping from names to values, which also finds values by selected column; never by
/// position. A plain value: it needs result and connection no more.
///
///     for (const RowMapping& row : conn.execute(select(users)).mappings())
///         for (auto [name, value] : row) …
///
/// SQLAlchemy: `RowMapping`; made of a dynamic row, `Row._mapping`.
class AZOTH_EXPORT RowMapping {
  public:
    /// A name and its value, both in the mapping.
    struct Entry {
        const std::string& name;
        const Value& value;
    };
    /// Goes over the entries in the order of the select list.
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Entry;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Entry;

        Iterator() = default;
        Iterator(const Row<>& row, std::size_t position) : row_(&row), position_(position) {}
        [[nodiscard]] Entry operator*() const {
            return {row_->keys()[position_], (*row_)[position_]};
        }
        Iterator& operator++() noexcept {
            ++position_;
            return *this;
        }
        Iterator operator++(int) noexcept { return {*row_, position_++}; }
        [[nodiscard]] bool operator==(const Iterator&) const = default;

      private:
        const Row<>* row_ = nullptr;
        std::size_t position_ = 0;
    };

    explicit RowMapping(Row<> row) noexcept : row_(std::move(row)) {}

    /// The value under a name or of a selected column. Throws NoSuchColumnError that lists the
    /// names there are, AmbiguousColumnError for a name that several columns have, NullValueError
    /// for NULL unless T is a std::optional, and DataError where the value is no T.
    template <class T, class Key>
    [[nodiscard]] T get(const Key& key) const {
        require_key<Key>();
        return row_.get<T>(key);
    }
    /// The value as it came. Throws NoSuchColumnError, AmbiguousColumnError.
    template <class Key>
    [[nodiscard]] const Value& operator[](const Key& key) const {
        require_key<Key>();
        return row_[key];
    }
    /// Also true for a name that several columns have.
    template <class Key>
    [[nodiscard]] bool contains(const Key& key) const {
        require_key<Key>();
        return row_.contains(key);
    }
    /// The names in the order of the select list.
    [[nodiscard]] const std::vector<std::string>& keys() const { return row_.keys(); }
    [[nodiscard]] std::size_t size() const noexcept { return row_.size(); }
    [[nodiscard]] Iterator begin() const noexcept { return {row_, 0}; }
    [[nodiscard]] Iterator end() const noexcept { return {row_, row_.size()}; }
    /// Equal names with equal values, in order.
    [[nodiscard]] bool operator==(const RowMapping& other) const;

  private:
    template <class Key>
    static consteval void require_key() {
        static_assert(detail::is_expression<Key> || std::convertible_to<Key, std::string_view>,
                      "a mapping is read by name or by column; read a Row where you want the value "
                      "at a position");
    }

    Row<> row_;
};

}  // namespace azoth::inline v0
