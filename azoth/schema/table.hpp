// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/column_options.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/sql/from_clause.hpp>

#include <concepts>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {

namespace schema {
class TableObject;
struct TableAccess;
struct TableEntry;
struct TableExpressions;

/// The alias of a table under construction; see alias().
struct AliasOf {
    const Table& table;
    std::string name;
};
}  // namespace schema

/// What a table's definition may say besides its columns. A plain value.
///
/// Options whose names begin with a database's name are ignored by all others.
struct TableOptions {
    std::optional<std::string> schema{};  ///< nothing: the MetaData's; "": the connection's default
    std::string comment{};                ///< kept by the database, where it can
    std::vector<std::string> prefixes{};  ///< words after CREATE, such as "TEMPORARY"
    bool sqlite_autoincrement = false;    ///< keys of deleted rows are never used again
    bool sqlite_strict = false;           ///< SQLite checks the types of values
    bool sqlite_without_rowid = false;    ///< rows are stored in the order of the primary key
};

/// A table: the base of typed tables, and by itself one whose columns only the program knows.
///
///     struct Users : Table {
///         using Table::Table;
///         Column<std::int64_t> id{*this, "id", primary_key};
///         Column<std::string> name{*this, "name", String{30}};
///     };
///     MetaData metadata;
///     Users users{"user_account", metadata};
///
/// A handle: copies stand for the same table. One thread at a time while it is defined; finished,
/// safe from any thread. Where the constructor of a typed table throws, the table is not in the
/// MetaData. SQLAlchemy: `Table`.
class AZOTH_EXPORT Table : public FromClause {
  public:
    /// Throws ArgumentError where the MetaData has a table of this name already, and for a name
    /// that is empty.
    Table(std::string_view name, const MetaData& metadata);
    Table(std::string_view name, const MetaData& metadata, const TableOptions& options);
    /// With columns of run-time type.
    Table(std::string_view name, const MetaData& metadata,
          std::initializer_list<ColumnSpec> columns, const TableOptions& options = {});
    /// What alias() calls: the members that a typed table declares then look up the alias's
    /// columns.
    explicit Table(const schema::AliasOf& alias);
    Table(const Table& other);
    Table& operator=(const Table&) = delete;
    ~Table();

    /// Adds a column of run-time type: `t.add_column("id", Integer{}, primary_key)`. It accepts
    /// NULL unless `not_null` or `primary_key` is said. Throws DuplicateColumnError, or
    /// ArgumentError for options that contradict each other; the table is unchanged then.
    template <class... Options>
    Expr<Any> add_column(std::string_view name, const Options&... options) {
        (schema::require_option<Options>(), ...);
        return Expr<Any>(append_column(name, schema::CollectedOptions({schema::OptionRef{
                                                 &schema::apply_option<Options>, &options}...})));
    }

    [[nodiscard]] const std::string& name() const noexcept;
    /// The schema; empty for the connection's default.
    [[nodiscard]] const std::string& schema() const noexcept;
    /// True for what alias() gave.
    [[nodiscard]] bool is_alias() const noexcept;
    [[nodiscard]] MetaData metadata() const;
    /// All columns in order.
    [[nodiscard]] std::vector<Expr<Any>> columns() const;

    /// CREATE TABLE with its types, indexes and comments. Parameters as MetaData::create_all; tells
    /// of the events of this table alone.
    template <class B>
    void create(B&& bind, bool checkfirst = true) const {
        MetaData::run(bind, [&](schema::Target& target) { create_in(target, checkfirst); });
    }
    /// DROP TABLE. Parameters as MetaData::drop_all; tells of the events of this table alone.
    template <class B>
    void drop(B&& bind, bool checkfirst = true) const {
        MetaData::run(bind, [&](schema::Target& target) { drop_in(target, checkfirst); });
    }
    /// What create() does, for who has a Target.
    void create_in(schema::Target& target, bool checkfirst) const;
    /// What drop() does, for who has a Target.
    void drop_in(schema::Target& target, bool checkfirst) const;

    /// The description behind the handle; of an alias, the aliased table's. For dialects.
    [[nodiscard]] const schema::TableObject& object() const noexcept;

  private:
    friend class MetaData;
    friend struct schema::TableAccess;
    Table(std::shared_ptr<schema::Registry> registry, schema::TableEntry entry);
    sql::Expression append_column(std::string_view name, const schema::CollectedOptions& options);

    std::shared_ptr<schema::Registry> registry_;
    std::shared_ptr<schema::TableExpressions> expressions_;  // only kept alive
};

/// The table under another name, with the same typed members: `auto boss = alias(users, "boss")`.
/// \param name empty: the compiler gives it one, different from all others of the statement
///
/// SQLAlchemy: `Table.alias`, `aliased`.
template <std::derived_from<Table> T>
[[nodiscard]] T alias(const T& table, std::string name = {}) {
    static_assert(std::constructible_from<T, const schema::AliasOf&>,
                  "alias() builds a second object of this table class: let the class inherit the "
                  "constructors of Table (using Table::Table;)");
    if constexpr (std::constructible_from<T, const schema::AliasOf&>)
        return T(schema::AliasOf{table, std::move(name)});
}

}  // namespace azoth::inline v0
