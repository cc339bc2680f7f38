// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/definitions.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/table.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::schema {

class Registry;

/// A table with all that DDL needs. One thread at a time while it is defined, immutable and safe
/// from any thread from then on.
class AZOTH_EXPORT TableObject final : public sql::TableNode {
  public:
    TableObject(std::string table_name, std::string table_schema, const TableOptions& table_options,
                std::weak_ptr<const Registry> registry,
                std::weak_ptr<TableExpressions> expressions);
    ~TableObject() override;

    /// Those whose target is a table of the MetaData now. Throws NoReferencedColumnError where the
    /// target lacks the column, InvalidRequestError where the MetaData is gone.
    [[nodiscard]] std::vector<sql::ForeignKeyEdge> foreign_keys() const override;
    /// SQLAlchemy's rule for autoincrement='auto': the only column of the primary key, an integer,
    /// without foreign key and server default; or the column that says `autoincrement`.
    [[nodiscard]] const sql::ColumnNode* autoincrement_column() const override;

    [[nodiscard]] const TableOptions& options() const noexcept { return options_; }
    [[nodiscard]] const ColumnDetails& details(const sql::ColumnNode& column) const noexcept {
        return details_[column.index];
    }
    [[nodiscard]] const KeyDefinition& primary_key() const noexcept { return primary_key_; }
    [[nodiscard]] const std::vector<KeyDefinition>& uniques() const noexcept { return uniques_; }
    /// Its checks and indexes; none of them once all Table handles are gone and the MetaData has
    /// forgotten the table. Never null.
    [[nodiscard]] std::shared_ptr<const TableExpressions> expressions() const;
    [[nodiscard]] const std::vector<ForeignKeyDefinition>& foreign_key_definitions()
        const noexcept {
        return foreign_keys_;
    }

    /// The table that a foreign key of this table refers to, which may be this one.
    /// Throws NoReferencedTableError, naming both, where the MetaData doesn't have it.
    [[nodiscard]] Ref<const TableObject> target_of(const ForeignKeyDefinition& foreign_key) const;
    /// Its columns there. Throws NoReferencedColumnError where `target` lacks one, ArgumentError
    /// where one has another type.
    [[nodiscard]] std::vector<const sql::ColumnNode*> target_columns(
        const ForeignKeyDefinition& foreign_key, const TableObject& target) const;

    // Definition. Each leaves the table as it was where it throws, and returns the item's name.
    const sql::ColumnNode& define_column(std::string_view column_name, const Type& natural_type,
                                         bool nullable, ColumnOptions options);
    std::string define(KeyDefinition key, bool primary);
    std::string define(CheckDefinition check);
    std::string define(ForeignKeyDefinition foreign_key);
    std::string define(IndexDefinition index);

    /// What is behind the MetaData, or null where that is gone.
    [[nodiscard]] std::shared_ptr<const Registry> registry() const { return registry_.lock(); }

  private:
    class Undo;

    [[nodiscard]] Ref<const TableObject> find_target(const ForeignKeyDefinition& foreign_key) const;
    [[nodiscard]] bool has_foreign_key(const sql::ColumnNode& column) const noexcept;
    /// The columns' names after a check that they are of this table and different.
    [[nodiscard]] std::vector<std::string> check_own(const std::vector<const sql::ColumnNode*>& own,
                                                     std::string_view what) const;
    /// The names of the columns in it, after the same check.
    [[nodiscard]] std::vector<std::string> check_own(const sql::Expression& expression,
                                                     std::string_view what) const;
    [[nodiscard]] const NamingConvention& convention() const;
    void define_options(sql::ColumnNode& column, const ColumnOptions& options);
    void check_default(const sql::ColumnNode& column) const;
    void define_primary(KeyDefinition key);
    void add_to_primary(sql::ColumnNode& column);
    void set_autoincrement(const sql::ColumnNode& column, std::optional<bool> wanted);
    [[noreturn]] void wrong(const sql::ColumnNode& column, const std::string& why) const;

    TableOptions options_;
    std::weak_ptr<const Registry> registry_;
    std::vector<ColumnDetails> details_;  // one for each column, in order
    KeyDefinition primary_key_;
    bool key_by_constraint_ = false;
    std::vector<KeyDefinition> uniques_;
    std::vector<ForeignKeyDefinition> foreign_keys_;
    std::weak_ptr<TableExpressions> expressions_;
};

}  // namespace azoth::inline v0::schema
