// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>

namespace azoth::inline v0::postgresql {

[[nodiscard]] const sql::Capabilities& capabilities() noexcept;

/// PostgreSQL's SQL. One statement each, used by one thread. SQLAlchemy: `PGCompiler`.
class Compiler final : public sql::Compiler {
  public:
    Compiler() : sql::Compiler(postgresql::capabilities()) {}
    [[nodiscard]] std::string literal(const ValueView& value, const Type& type) const override;

  protected:
    [[nodiscard]] sql::LiteralFunction literal_function() const override {
        return &sql::literal_by<Compiler>;
    }
    void visit_binary(const sql::BinaryNode& node) override;
    void visit_extract(const sql::Node& operand, const std::string& field) override;
    void visit_composed(const sql::ComposedNode& node) override;
    void visit_function(const sql::FunctionNode& node) override;
    void visit_true_division(const sql::BinaryNode& node) override;
    void insert_many(const sql::StatementNode& statement) override;
    [[nodiscard]] std::string_view lock_strength(const sql::RowLock& lock) const override;
    [[nodiscard]] std::string cast_type(const Type& type) const override;
    [[nodiscard]] std::string placeholder_suffix(const Type& type) const override;
};

}  // namespace azoth::inline v0::postgresql
