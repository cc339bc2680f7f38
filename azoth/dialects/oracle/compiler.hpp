// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>

namespace azoth::inline v0::oracle {

[[nodiscard]] const sql::Capabilities& capabilities() noexcept;

/// Oracle's SQL, for Oracle Database 12.2 and later. One statement each, used by one thread.
/// SQLAlchemy: `OracleCompiler`.
///
/// Placeholders are :1, :2 …; RETURNING puts its columns into :ret_0, :ret_1 …, which whoever
/// executes the statement binds for output.
class Compiler final : public sql::Compiler {
  public:
    Compiler() : sql::Compiler(oracle::capabilities()) {}
    [[nodiscard]] std::string literal(const ValueView& value, const Type& type) const override;

  protected:
    [[nodiscard]] sql::LiteralFunction literal_function() const override {
        return &sql::literal_by<Compiler>;
    }
    void visit_binary(const sql::BinaryNode& node) override;
    void visit_cast(const sql::CastNode& node) override;
    void visit_unary(const sql::UnaryNode& node) override;
    void visit_function(const sql::FunctionNode& node) override;
    void visit_composed(const sql::ComposedNode& node) override;
    [[nodiscard]] std::string_view no_order() const override { return "NULL"; }
    void visit_extract(const sql::Node& operand, const std::string& field) override;
    void visit_values(const sql::ComposedFromNode& values) override;
    void visit_table_function(const sql::ComposedFromNode& from) override;
    void limit_clause(const sql::StatementNode& statement) override;
    [[nodiscard]] std::string_view compound_operator(sql::CompoundOp op) const override;
    [[nodiscard]] std::string_view lock_strength(const sql::RowLock&) const override {
        return " FOR UPDATE";  // there is none that lets others read for update too
    }
    void lock_target(const sql::FromNode& from, std::string_view name) override;
    void insert_tail(const sql::StatementNode& statement) override;
    void on_conflict(const sql::StatementNode& statement) override;
    void default_values(const sql::TableNode& target) override;
    void end_returning(const sql::SqlText::Mark& begin, std::size_t columns) override;
    [[nodiscard]] std::string cast_type(const Type& type) const override;
    [[nodiscard]] std::string empty_list(std::span<const Type> types) const override;

  private:
    void visit_or_by_and(const sql::BinaryNode& node);
    void visit_ordered_aggregate(const sql::ComposedNode& node);
};

}  // namespace azoth::inline v0::oracle
