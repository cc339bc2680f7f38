// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>

namespace azoth::inline v0::mariadb {

[[nodiscard]] const sql::Capabilities& capabilities() noexcept;

/// MariaDB's SQL, for connections with NO_BACKSLASH_ESCAPES. One statement each, used by one
/// thread. SQLAlchemy: `MySQLCompiler`.
class Compiler final : public sql::Compiler {
  public:
    Compiler() : sql::Compiler(mariadb::capabilities()) {}

  protected:
    [[nodiscard]] sql::LiteralFunction literal_function() const override {
        return &sql::literal_by<Compiler>;
    }
    [[nodiscard]] bool is_called(std::string_view dialect) const override {
        return dialect == "mysql" || sql::Compiler::is_called(dialect);
    }
    void visit_binary(const sql::BinaryNode& node) override;
    void visit_true_division(const sql::BinaryNode& node) override;
    void visit_unary(const sql::UnaryNode& node) override;
    void visit_extract(const sql::Node& operand, const std::string& field) override;
    void visit_composed(const sql::ComposedNode& node) override;
    void visit_grouping(const sql::FunctionNode& node) override;
    void visit_values(const sql::ComposedFromNode& values) override;
    void visit_table_function(const sql::ComposedFromNode& from) override;
    void visit_function(const sql::FunctionNode& node) override;
    void visit_argument(const sql::Node& argument) override;
    void visit_choices(const sql::SubqueryElementNode& choices) override;
    void visit_ordering(const sql::OrderingNode& node) override;
    void limit_clause(const sql::StatementNode& statement) override;
    [[nodiscard]] std::string_view lock_strength(const sql::RowLock& lock) const override {
        return lock.read ? " LOCK IN SHARE MODE" : " FOR UPDATE";
    }
    [[nodiscard]] bool has_lock_of() const override { return false; }
    void on_conflict(const sql::StatementNode& statement) override;
    void visit_excluded(const sql::ColumnNode& column) override;
    void default_values(const sql::TableNode&) override { write(" () VALUES ()"); }
    [[nodiscard]] std::string cast_type(const Type& type) const override;
    [[nodiscard]] std::string empty_list(std::span<const Type> types) const override;

  private:
    void visit_bits(const sql::BinaryNode& node);
    void visit_pattern(const sql::Node& pattern);
    void group_concat(const sql::FunctionNode& node, std::span<const sql::NodeRef> orderings);
};

}  // namespace azoth::inline v0::mariadb
