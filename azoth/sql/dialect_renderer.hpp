// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>
#include <azoth/sql/render.hpp>

namespace azoth::inline v0::sql {

/// The ExpressionRenderer of a dialect whose compiler is C: each call uses a compiler of its own.
template <class C>
class DialectRenderer final : public ExpressionRenderer {
  public:
    explicit DialectRenderer(Schemas schemas = Schemas::named) : schemas_(schemas) {}

    [[nodiscard]] std::string render_inline(const Expression& expression,
                                            bool qualify) const override {
        C compiler;
        compiler.set_schemas(schemas_);
        return compiler.inline_expression(expression, qualify);
    }
    [[nodiscard]] std::string render_condition(const Expression& condition) const override {
        C compiler;
        compiler.set_schemas(schemas_);
        return compiler.inline_condition(condition, false);
    }
    [[nodiscard]] std::string render_literal(const ValueView& value,
                                             const Type& type) const override {
        C compiler;
        compiler.set_schemas(schemas_);
        return compiler.literal(value, type);
    }

  private:
    const Schemas schemas_;
};

}  // namespace azoth::inline v0::sql
