// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/sql/from.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// Where the columns of mapped classes stand in a statement.
namespace azoth::inline v0::orm {

/// Where the columns of an entity stand: in its table, an alias of that, or a derived table.
/// Borrowed; used by one thread.
struct ColumnSource {
    const sql::FromNode* from = nullptr;
    /// Where each column of the entity's table stands in `from`; empty: in the same place.
    std::vector<std::uint32_t> positions{};
    /// Of an alias of what something else selects: the entity's; null: what is absent is deferred.
    const Mapper* adapted = nullptr;

    static constexpr std::uint32_t absent = ~std::uint32_t{0};
    /// Throws ArgumentError for a column that isn't selected.
    [[nodiscard]] sql::NodeRef column(const sql::ColumnNode& of_table) const;
};

/// Finds among the columns that something selects those that stand for other columns. Borrows them.
/// Used by one thread.
class SelectedColumns {
  public:
    /// The columns of a FROM object.
    explicit SelectedColumns(const sql::FromNode& from);
    /// The result columns of a lowered statement.
    explicit SelectedColumns(const sql::StatementNode& statement);

    static constexpr std::uint32_t none = ColumnSource::absent;
    /// The one that came from `wanted` in the fewest steps through aliases and derived tables.
    /// Throws ArgumentError where two came from it by different ways.
    [[nodiscard]] std::uint32_t find(const sql::Node& wanted) const;
    /// The only one of this name. Throws ArgumentError where several have it.
    [[nodiscard]] std::uint32_t find(std::string_view name) const;
    /// As find(), where the column may also just be called so.
    [[nodiscard]] std::uint32_t find_or_named(const sql::ColumnNode& wanted) const;
    [[nodiscard]] std::size_t size() const noexcept { return columns_.size(); }

  private:
    struct Selected {
        std::string name;
        const sql::Node* element;
    };
    std::string described_;  // what selects them
    std::vector<Selected> columns_;
};

/// Where the columns of a class stand in `from`: its table, an alias of that, or what selects them.
[[nodiscard]] ColumnSource columns_in(const sql::FromNode& from, const Mapper& mapper,
                                      bool adapt_on_names);

}  // namespace azoth::inline v0::orm
