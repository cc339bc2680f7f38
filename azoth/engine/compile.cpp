// SPDX-License-Identifier: MIT
#include <azoth/engine/compile.hpp>
#include <azoth/sql/compiler.hpp>

namespace azoth::inline v0 {

CompiledText compile(const sql::Statement& statement, const Dialect& dialect) {
    const auto compiler = dialect.make_compiler();
    const auto compiled = compiler->compile(statement.node(), sql::CompileMode::single);
    const auto segments = sql::collect_segments(statement.node(), statement.values());
    const sql::Arguments arguments = sql::arrange(*compiled, segments, {});
    CompiledText text{compiled->expanding ? arguments.sql : compiled->sql, {}};
    text.params.reserve(arguments.values.size());
    for (const ValueView& value : arguments.values) text.params.emplace_back(value);
    return text;
}

}  // namespace azoth::inline v0
