// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/ddl_compiler.hpp>

namespace azoth::inline v0::mariadb {

/// DDL for MariaDB, for connections with NO_BACKSLASH_ESCAPES. Safe from any thread.
///
/// Tables are InnoDB's. Dates and times keep microseconds; a point in time is a DATETIME in UTC,
/// because TIMESTAMP ends in 2038. Text and bytes without a length are LONGTEXT and LONGBLOB, which
/// can't be keys.
class AZOTH_EXPORT DDLCompiler final : public schema::DDLCompiler {
  public:
    using schema::DDLCompiler::DDLCompiler;

    [[nodiscard]] bool has_hash_comments() const override { return true; }
    [[nodiscard]] bool alters_constraints() const override { return true; }
    [[nodiscard]] bool has_native_enumerations() const override { return false; }
    [[nodiscard]] std::string create_index(const schema::TableObject& table,
                                           const schema::IndexDefinition& index,
                                           bool if_not_exists = false) const override;
    [[nodiscard]] std::string drop_index(const schema::TableObject& table,
                                         const schema::IndexDefinition& index,
                                         bool if_exists = false) const override;
    [[nodiscard]] std::string column_type(const schema::TableObject& table,
                                          const sql::ColumnNode& column) const override;

  protected:
    [[nodiscard]] std::size_t max_identifier_length() const noexcept override { return 64; }
    [[nodiscard]] char identifier_quote() const noexcept override { return '`'; }
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
    [[noreturn]] void needs_length(const schema::TableObject& table,
                                   const sql::ColumnNode& column) const;
};

}  // namespace azoth::inline v0::mariadb
