// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>

namespace azoth::inline v0::mssql {

[[nodiscard]] const sql::Capabilities& capabilities() noexcept;

/// Transact-SQL, for SQL Server 2017 and later. One statement each, used by one thread.
/// SQLAlchemy: `MSSQLCompiler`.
///
/// Placeholders are @p1, @p2 …: they are the language's own, and what sp_executesql takes, where ?
/// would be ODBC's.
class Compiler final : public sql::Compiler {
  public:
    Compiler() : sql::Compiler(mssql::capabilities()) {}
    [[nodiscard]] std::string literal(const ValueView& value, const Type& type) const override;

  protected:
    [[nodiscard]] sql::LiteralFunction literal_function() const override {
        return &sql::literal_by<Compiler>;
    }
    void visit_binary(const sql::BinaryNode& node) override;
    void visit_true_division(const sql::BinaryNode& node) override;
    void visit_function(const sql::FunctionNode& node) override;
    void visit_composed(const sql::ComposedNode& node) override;
    [[nodiscard]] std::string_view no_order() const override { return "(SELECT NULL)"; }
    void visit_extract(const sql::Node& operand, const std::string& field) override;
    [[nodiscard]] std::string_view widened(const sql::FunctionNode& aggregate) const override;
    void visit_table_function(const sql::ComposedFromNode& from) override;
    void visit_ordering(const sql::OrderingNode& node) override;
    void limit_clause(const sql::StatementNode& statement) override;
    [[nodiscard]] bool keeps_order(const sql::StatementNode& statement) const override;
    [[nodiscard]] std::string_view compound_operator(sql::CompoundOp op) const override;
    void visit_compound_member(const sql::StatementNode& member) override;
    void from_suffix(const sql::FromNode& from) override;
    void insert_tail(const sql::StatementNode& statement) override;
    void on_conflict(const sql::StatementNode& statement) override;
    [[nodiscard]] std::string_view returned_row(sql::NodeKind statement) const override;
    void end_returning(const sql::SqlText::Mark& begin, std::size_t columns) override;
    [[nodiscard]] std::string cast_type(const Type& type) const override;

  private:
    void top_clause(const sql::StatementNode& statement);
    void visit_widened(const sql::FunctionNode& node, std::string_view type);
    void visit_ordered_aggregate(const sql::ComposedNode& node);
};

}  // namespace azoth::inline v0::mssql
