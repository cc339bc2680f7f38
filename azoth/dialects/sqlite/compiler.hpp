// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>

namespace azoth::inline v0::sqlite {

[[nodiscard]] const sql::Capabilities& capabilities() noexcept;

/// SQLite's SQL. One statement each, used by one thread. SQLAlchemy: `SQLiteCompiler`.
class Compiler final : public sql::Compiler {
  public:
    Compiler() : sql::Compiler(sqlite::capabilities()) {}
    [[nodiscard]] std::string literal(const ValueView& value, const Type& type) const override;

  protected:
    [[nodiscard]] sql::LiteralFunction literal_function() const override {
        return &sql::literal_by<Compiler>;
    }
    void visit_binary(const sql::BinaryNode& node) override;
    void visit_compared(const sql::Node& operand) override;
    void visit_true_division(const sql::BinaryNode& node) override;
    void visit_function(const sql::FunctionNode& node) override;
    void visit_extract(const sql::Node& operand, const std::string& field) override;
    void visit_composed(const sql::ComposedNode& node) override;
    void visit_values(const sql::ComposedFromNode& values) override;
    void visit_table_function(const sql::ComposedFromNode& from) override;
    void visit_ordering(const sql::OrderingNode& node) override;
    void limit_clause(const sql::StatementNode& statement) override;
    void insert_tail(const sql::StatementNode& statement) override;
    [[nodiscard]] bool has_schemas_in_returning() const override { return false; }
    [[nodiscard]] std::string cast_type(const Type& type) const override;
    [[nodiscard]] std::string empty_list(std::span<const Type> types) const override;

  private:
    void visit_tuple(const sql::ComposedNode& node);
    void group_concat(const sql::FunctionNode& node);
};

}  // namespace azoth::inline v0::sqlite
