// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>
#include <azoth/sql/render.hpp>

namespace azoth::inline v0::sql {

/// The ExpressionRenderer of a dialect whose compiler is C: each call uses a compiler of its own.
template <class C>
class DialectRenderer final : public ExpressionRenderer {
  public:
    [[nodiscard]] std::string render_inline(const Expression& expression,
                                            bool qualify) const override {
        return C().inline_expression(expression, qualify);
    }
    [[nodiscard]] std::string render_literal(const ValueView& value,
                                             const Type& type) const override {
        return C().literal(value, type);
    }
};

}  // namespace azoth::inline v0::sql
