// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/ddl_compiler.hpp>

namespace azoth::inline v0::mssql {

/// DDL for SQL Server. Safe from any thread.
///
/// Texts are NVARCHAR, of which each character beyond U+FFFF counts twice; without a length they
/// are NVARCHAR(max), which can't be keys, and bytes VARBINARY(max). Dates and times keep
/// microseconds.
class AZOTH_EXPORT DDLCompiler final : public schema::DDLCompiler {
  public:
    using schema::DDLCompiler::DDLCompiler;

    [[nodiscard]] bool alters_constraints() const override { return true; }
    [[nodiscard]] bool has_native_enumerations() const override { return false; }
    [[nodiscard]] std::string create_index(const schema::TableObject& table,
                                           const schema::IndexDefinition& index,
                                           bool if_not_exists = false) const override;
    [[nodiscard]] std::string drop_index(const schema::TableObject& table,
                                         const schema::IndexDefinition& index,
                                         bool if_exists = false) const override;
    [[nodiscard]] std::vector<std::string> set_comments(
        const schema::TableObject& table) const override;
    [[nodiscard]] std::string column_type(const schema::TableObject& table,
                                          const sql::ColumnNode& column) const override;

  protected:
    [[nodiscard]] std::size_t max_identifier_length() const noexcept override { return 128; }
    [[nodiscard]] std::string quoted(std::string_view name) const override;
    [[nodiscard]] bool has_if_not_exists() const noexcept override { return false; }
    [[nodiscard]] std::string column_definition(const schema::TableObject& table,
                                                const sql::ColumnNode& column) const override;
    [[nodiscard]] std::string primary_key(const schema::TableObject& table) const override;
    [[nodiscard]] std::string unique(const schema::TableObject& table,
                                     const schema::KeyDefinition& key) const override;
    [[nodiscard]] std::string references(
        const schema::TableObject& table,
        const schema::ForeignKeyDefinition& foreign_key) const override;
    [[nodiscard]] std::string table_suffix(const schema::TableObject& table) const override;
    [[nodiscard]] std::string nulls_order(const schema::TableObject& table,
                                          sql::OrderingNode::Nulls nulls) const override;

  private:
    void require_indexable(const schema::TableObject& table, const sql::Node& element) const;
    [[nodiscard]] std::string set_comment(const schema::TableObject& table,
                                          const std::string& comment,
                                          const sql::ColumnNode* column) const;
};

}  // namespace azoth::inline v0::mssql
