// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/ddl_compiler.hpp>

namespace azoth::inline v0::sqlite {

/// DDL for SQLite. Safe from any thread.
///
/// The names of types are chosen by the affinity that SQLite reads out of them, so that every value
/// is kept exactly: numbers with decimals and JSON are declared as kinds of TEXT, since SQLite
/// would make floating point of them under their usual names. An integer primary key of one column
/// is declared INTEGER, whatever its size, because only then it is the rowid.
class AZOTH_EXPORT DDLCompiler final : public schema::DDLCompiler {
  public:
    using schema::DDLCompiler::DDLCompiler;

    /// SQLite checks foreign keys of tables that don't exist yet only when rows come, so all of
    /// them stand in CREATE TABLE.
    [[nodiscard]] bool alters_constraints() const override { return false; }
    [[nodiscard]] bool has_native_enumerations() const override { return false; }
    [[nodiscard]] std::string create_index(const schema::TableObject& table,
                                           const schema::IndexDefinition& index,
                                           bool if_not_exists = false) const override;
    [[nodiscard]] std::vector<std::string> before_dropping_circles() const override;
    [[nodiscard]] std::string column_type(const schema::TableObject& table,
                                          const sql::ColumnNode& column) const override;

  protected:
    [[nodiscard]] std::string column_definition(const schema::TableObject& table,
                                                const sql::ColumnNode& column) const override;
    [[nodiscard]] std::string primary_key(const schema::TableObject& table) const override;
    [[nodiscard]] std::string unique(const schema::TableObject& table,
                                     const schema::KeyDefinition& key) const override;
    [[nodiscard]] std::string references(
        const schema::TableObject& table,
        const schema::ForeignKeyDefinition& foreign_key) const override;
    [[nodiscard]] std::string referenced_table(const schema::TableObject& table) const override;
    [[nodiscard]] std::string table_suffix(const schema::TableObject& table) const override;
    [[nodiscard]] std::string nulls_order(const schema::TableObject& table,
                                          sql::OrderingNode::Nulls nulls) const override;
};

}  // namespace azoth::inline v0::sqlite
