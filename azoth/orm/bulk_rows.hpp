// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/column.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/text.hpp>

#include <initializer_list>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// A row of some columns: `PartialRow{col<&User::id> = 7, col<&User::name> = "sandy"}`; values may
/// be SQL expressions. SQLAlchemy: a dictionary of a list of them.
using PartialRow = std::vector<Assignment>;

namespace orm {

/// Rows for an INSERT or UPDATE, without their C++ type: objects of one class, or assignments. It
/// borrows; as thread-safe as what it borrows from.
struct AZOTH_EXPORT BulkRows {
    ClassId id{};                      ///< of the objects
    ClassName class_name = nullptr;    ///< of the objects; null: rows of assignments
    std::vector<const void*> objects;  ///< each of that class
    std::vector<std::span<const Assignment>> rows;
    std::vector<MemberId> given;  ///< whose zeros are meant

    // Not inline: users' files would have all that the vectors need.
    BulkRows();
    BulkRows(BulkRows&& other) noexcept;
    ~BulkRows();
    void reserve(std::size_t count);
    void add(const void* object);
    void add(const PartialRow& row);
    void give(std::initializer_list<MemberId> members);

    [[nodiscard]] std::size_t size() const noexcept { return objects.size() + rows.size(); }
};

namespace detail {

template <class R>
using row_reference_t = decltype(*std::begin(std::declval<const R&>()));

template <class Rows>
inline constexpr bool is_range = requires(const Rows& rows) {
    std::begin(rows);
    std::end(rows);
};

template <class T>
constexpr void require_row_class() {
    static_assert(MappedInside<T> || MappedOutside<T>,
                  "the rows of an INSERT or UPDATE are objects of the mapped class, or "
                  "PartialRow{col<&User::id> = 7, …}");
}

/// Borrows the rows of a range.
template <class Rows>
[[nodiscard]] BulkRows bulk_rows(const Rows& rows) {
    static_assert(is_range<Rows>,
                  "the rows of an INSERT or UPDATE are a range: a std::vector of objects of the "
                  "mapped class, or of PartialRow{col<&User::id> = 7, …}");
    BulkRows borrowed;
    if constexpr (is_range<Rows>) {
        using Reference = row_reference_t<Rows>;
        using Row = std::remove_cvref_t<Reference>;
        static_assert(std::is_lvalue_reference_v<Reference>,
                      "the range must own its rows: collect them in a std::vector first");
        if constexpr (std::is_same_v<Row, PartialRow>) {
            for (const auto& row : rows) borrowed.add(row);
        } else {
            require_row_class<Row>();
            borrowed.id = class_id<Row>();
            borrowed.class_name = &type_name<Row>;
            if constexpr (requires { rows.size(); }) borrowed.reserve(rows.size());
            for (const auto& row : rows) borrowed.add(static_cast<const void*>(&row));
        }
    }
    return borrowed;
}

}  // namespace detail
}  // namespace orm
}  // namespace azoth::inline v0
