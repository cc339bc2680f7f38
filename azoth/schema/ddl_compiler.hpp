// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/sort.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/render.hpp>
#include <azoth/sql/schema_places.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::schema {

/// How to write a CREATE TABLE. A plain value.
struct CreateTableOptions {
    bool if_not_exists = false;
    std::vector<OwnedForeignKey> left_out{};  ///< foreign keys that are added later
};

/// Writes DDL for one dialect: the base writes what all have in common, a dialect what its database
/// says differently. Holds no state beyond its renderer, so it is safe from any thread.
///
/// Every identifier is quoted, every text written as a literal, every other word checked (design
/// rule R27). What the database doesn't have throws UnsupportedCompilationError, an incomplete
/// definition CompileError, a given name that is too long IdentifierError; each names the table.
/// SQLAlchemy: `DDLCompiler`, `GenericTypeCompiler`.
class AZOTH_EXPORT DDLCompiler {
  public:
    /// \param renderer of the same dialect, and of the same schemas; must live as long as this
    /// \param schemas open: places for them are left, which are filled when the DDL runs
    explicit DDLCompiler(const sql::ExpressionRenderer& renderer,
                         sql::Schemas schemas = sql::Schemas::named);
    virtual ~DDLCompiler();
    DDLCompiler(const DDLCompiler&) = delete;
    DDLCompiler& operator=(const DDLCompiler&) = delete;

    /// Can foreign keys be added to and taken from a table that exists?
    [[nodiscard]] virtual bool alters_constraints() const = 0;
    /// Are enumerations types of their own, which CREATE TYPE makes?
    [[nodiscard]] virtual bool has_native_enumerations() const = 0;

    [[nodiscard]] std::string create_table(const TableObject& table,
                                           const CreateTableOptions& options = {}) const;
    [[nodiscard]] std::string drop_table(const TableObject& table, bool if_exists = false) const;
    [[nodiscard]] virtual std::string create_index(const TableObject& table,
                                                   const IndexDefinition& index,
                                                   bool if_not_exists = false) const = 0;
    [[nodiscard]] virtual std::string drop_index(const TableObject& table,
                                                 const IndexDefinition& index,
                                                 bool if_exists = false) const;
    [[nodiscard]] virtual std::string create_type(const Type& type) const;
    [[nodiscard]] virtual std::string drop_type(const Type& type) const;
    [[nodiscard]] std::string add_foreign_key(const TableObject& table,
                                              const ForeignKeyDefinition& foreign_key) const;
    [[nodiscard]] std::string drop_foreign_key(const TableObject& table,
                                               const ForeignKeyDefinition& foreign_key) const;
    /// The statements that set the comments of a table; none where the database keeps none.
    [[nodiscard]] virtual std::vector<std::string> set_comments(const TableObject& table) const;
    /// What must run before tables that refer to each other in a circle are dropped one by one.
    [[nodiscard]] virtual std::vector<std::string> before_dropping_circles() const;
    /// The type of a column in CREATE TABLE.
    [[nodiscard]] virtual std::string column_type(const TableObject& table,
                                                  const sql::ColumnNode& column) const = 0;

    /// A quoted identifier. Throws IdentifierError where it is too long for the database.
    [[nodiscard]] std::string render_name(std::string_view name) const { return quote(name); }
    /// A value as a literal. Throws DataError for what has no literal form.
    [[nodiscard]] std::string render_value(const ValueView& value, const Type& type) const {
        return renderer_.render_literal(value, type);
    }
    /// Whether # begins a comment; elsewhere it is an operator.
    [[nodiscard]] virtual bool has_hash_comments() const { return false; }

  protected:
    // --- what dialects override ------------------------------------------------------------------
    /// Most bytes of an identifier; 0 for no limit.
    [[nodiscard]] virtual std::size_t max_identifier_length() const noexcept { return 0; }
    /// What stands around identifiers, and is doubled in them.
    [[nodiscard]] virtual char identifier_quote() const noexcept { return '"'; }
    /// A name in quotes, and as the database knows it.
    [[nodiscard]] virtual std::string quoted(std::string_view name) const;
    /// CREATE TABLE IF NOT EXISTS.
    [[nodiscard]] virtual bool has_if_not_exists() const noexcept { return true; }
    /// DROP TABLE IF EXISTS.
    [[nodiscard]] virtual bool has_if_exists() const noexcept { return true; }
    /// `"name" TYPE DEFAULT … NOT NULL`.
    [[nodiscard]] virtual std::string column_definition(const TableObject& table,
                                                        const sql::ColumnNode& column) const;
    /// Empty where the column's definition says it.
    [[nodiscard]] virtual std::string primary_key(const TableObject& table) const;
    [[nodiscard]] virtual std::string unique(const TableObject& table,
                                             const KeyDefinition& key) const;
    /// `REFERENCES …` with all that follows.
    [[nodiscard]] virtual std::string references(const TableObject& table,
                                                 const ForeignKeyDefinition& foreign_key) const;
    /// How REFERENCES names a table.
    [[nodiscard]] virtual std::string referenced_table(const TableObject& table) const;
    /// What follows the closing parenthesis of CREATE TABLE.
    [[nodiscard]] virtual std::string table_suffix(const TableObject& table) const;
    /// `NULLS FIRST` of an index element.
    [[nodiscard]] virtual std::string nulls_order(const TableObject& table,
                                                  sql::OrderingNode::Nulls nulls) const = 0;

    // --- what they call --------------------------------------------------------------------------
    /// A quoted identifier; throws IdentifierError where it is too long for the database.
    [[nodiscard]] std::string quote(std::string_view name) const;
    /// The same for the name of a constraint or index; one made by a convention is shortened.
    [[nodiscard]] std::string quote(const ItemName& name) const;
    [[nodiscard]] std::string qualified(std::string_view schema, std::string_view quoted) const;
    [[nodiscard]] std::string table_name(const TableObject& table) const;
    [[nodiscard]] std::string column_list(const std::vector<const sql::ColumnNode*>& columns) const;
    /// `CONSTRAINT "name" `, or nothing.
    [[nodiscard]] std::string constraint_name(const ItemName& name) const;
    /// ` DEFERRABLE INITIALLY DEFERRED`, or nothing.
    [[nodiscard]] static std::string deferral(std::optional<bool> deferrable,
                                              const std::string& initially);
    /// ` DEFAULT …`, or nothing.
    [[nodiscard]] std::string default_clause(const TableObject& table,
                                             const sql::ColumnNode& column) const;
    /// `("a", (lower("b")) DESC)` and the condition behind it.
    [[nodiscard]] std::string index_elements(const TableObject& table,
                                             const IndexDefinition& index) const;
    [[nodiscard]] std::string index_condition(const IndexDefinition& index) const;
    /// Whether a column is a part of the primary key or of a unique constraint.
    [[nodiscard]] static bool is_in_key(const TableObject& table, const sql::ColumnNode& column);
    /// Throws CompileError, naming column and table.
    [[noreturn]] static void incomplete(const TableObject& table, const sql::ColumnNode& column,
                                        const std::string& why);
    /// Throws UnsupportedCompilationError, naming the table.
    [[noreturn]] static void unsupported(const TableObject& table, const std::string& what);
    /// For a database that checks each statement. \param what "unique constraint"
    static void refuse_deferral(const TableObject& table, std::optional<bool> deferrable,
                                const std::string& initially, const char* what);
    /// For a database that reads FULL and PARTIAL and then does as for SIMPLE.
    static void refuse_match(const TableObject& table, const ForeignKeyOptions& options);

  private:
    [[nodiscard]] std::string foreign_key_clause(const TableObject& table,
                                                 const ForeignKeyDefinition& foreign_key,
                                                 const ItemName& name) const;
    [[nodiscard]] std::string check(const CheckDefinition& check) const;
    [[nodiscard]] std::string index_element(const TableObject& table,
                                            const sql::Expression& element) const;
    [[nodiscard]] ItemName altered_name(const TableObject& table,
                                        const ForeignKeyDefinition& foreign_key) const;

    const sql::ExpressionRenderer& renderer_;
    const sql::Schemas schemas_;
};

}  // namespace azoth::inline v0::schema
