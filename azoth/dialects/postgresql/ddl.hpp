// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/ddl_compiler.hpp>

namespace azoth::inline v0::postgresql {

/// DDL for PostgreSQL. Safe from any thread.
///
/// A key that the database generates is of the SERIAL family. The type of an enumeration stands in
/// the schema of the tables that use it.
class AZOTH_EXPORT DDLCompiler final : public schema::DDLCompiler {
  public:
    using schema::DDLCompiler::DDLCompiler;

    [[nodiscard]] bool alters_constraints() const override { return true; }
    [[nodiscard]] bool has_native_enumerations() const override { return true; }
    [[nodiscard]] std::string create_index(const schema::TableObject& table,
                                           const schema::IndexDefinition& index,
                                           bool if_not_exists = false) const override;
    [[nodiscard]] std::string create_type(const Type& type) const override;
    [[nodiscard]] std::string drop_type(const Type& type) const override;
    [[nodiscard]] std::vector<std::string> set_comments(
        const schema::TableObject& table) const override;
    [[nodiscard]] std::string column_type(const schema::TableObject& table,
                                          const sql::ColumnNode& column) const override;

  protected:
    /// NAMEDATALEN - 1. The server would cut a longer name without an error.
    [[nodiscard]] std::size_t max_identifier_length() const noexcept override { return 63; }
    [[nodiscard]] std::string nulls_order(const schema::TableObject& table,
                                          sql::OrderingNode::Nulls nulls) const override;
};

}  // namespace azoth::inline v0::postgresql
