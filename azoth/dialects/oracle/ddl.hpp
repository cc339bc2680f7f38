// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/ddl_compiler.hpp>

namespace azoth::inline v0::oracle {

/// DDL for Oracle Database. Safe from any thread.
///
/// Texts without a length are VARCHAR2(4000 CHAR), which is the longest that can be compared; Text
/// is a CLOB, and bytes without a length are a BLOB. A time of day is an INTERVAL DAY TO SECOND,
/// because there is no type of that kind. Names follow stored_name().
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
    [[nodiscard]] bool has_if_exists() const noexcept override { return false; }
    [[nodiscard]] std::string column_definition(const schema::TableObject& table,
                                                const sql::ColumnNode& column) const override;
    [[nodiscard]] std::string references(
        const schema::TableObject& table,
        const schema::ForeignKeyDefinition& foreign_key) const override;
    [[nodiscard]] std::string nulls_order(const schema::TableObject& table,
                                          sql::OrderingNode::Nulls nulls) const override;
};

}  // namespace azoth::inline v0::oracle
