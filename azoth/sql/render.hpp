// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/expression.hpp>

#include <string>

namespace azoth::inline v0::sql {

/// What DDL needs of a dialect's statement compiler: one expression as text, its values written
/// into it as literals. Implemented by Compiler; thread-safe, for it holds no state.
class AZOTH_EXPORT ExpressionRenderer {
  public:
    virtual ~ExpressionRenderer();
    /// \param qualify write columns as "table"."column"; DDL wants them bare
    [[nodiscard]] virtual std::string render_inline(const Expression& expression,
                                                    bool qualify) const = 0;
    /// The same for a condition, where a database has those apart from values; bare columns.
    [[nodiscard]] virtual std::string render_condition(const Expression& condition) const {
        return render_inline(condition, false);
    }
    /// One value as a SQL literal. Throws DataError for what has no literal form.
    [[nodiscard]] virtual std::string render_literal(const ValueView& value,
                                                     const Type& type) const = 0;
};

}  // namespace azoth::inline v0::sql
