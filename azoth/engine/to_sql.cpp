// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/to_sql.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/literal_binds.hpp>

#include <utility>

namespace azoth::inline v0 {
namespace {

/// All that any database has.
const sql::Capabilities& generic_capabilities() noexcept {
    static const sql::Capabilities the_capabilities{
        .ilike = true,
        .conflict_constraint = true,
        .lateral = true,
        .distinct_on = true,
        .fetch_first = true,
        .fetch_ties = true,
        .fetch_percent = true,
        .between_symmetric = true,
        .tablesample = true,
        .cte_of_dml = true,
        .distinct_from = {},
        .not_distinct_from = {},
    };
    return the_capabilities;
}

/// SQL of no particular database. SQLAlchemy: `StrSQLCompiler`.
class GenericCompiler final : public sql::Compiler {
  public:
    GenericCompiler() : sql::Compiler(generic_capabilities()) {}

  protected:
    void visit_composed(const sql::ComposedNode& node) override {
        const char* const name = node.form == sql::Form::try_cast         ? "TRY_CAST("
                                 : node.form == sql::Form::regexp_replace ? "regexp_replace("
                                                                          : nullptr;
        if (!name) return sql::Compiler::visit_composed(node);
        write(name);
        visit_list(node.parts);
        if (node.form == sql::Form::try_cast) write(" AS " + cast_type(node.type));
        write(")");
    }
};

/// The text with `?` for each value, in which a list is shown as one.
std::string with_lists_closed(const sql::Compiled& compiled) {
    std::string out;
    std::size_t copied = 0;
    std::size_t number = 0;
    for (const auto& place : compiled.text.places) {
        out.append(compiled.text.text, copied, place.offset - copied);
        copied = place.offset;
        out += place.bind->extra.expanding ? "[…]" : compiled.numbering;
        ++number;
        if (compiled.numbering != "?" && !place.bind->extra.expanding)
            out += std::to_string(number);
        out += place.suffix;
    }
    return out.append(compiled.text.text, copied);
}

std::string shown(const sql::Statement& statement, sql::Compiler& compiler,
                  const ToSqlOptions& options) {
    const auto compiled = compiler.compile(statement.node(), sql::CompileMode::single);
    const sql::NamedValues named = engine::named_values(options.parameters);
    const auto segments = sql::collect_segments(statement.node(), statement.values());
    if (options.literal_binds)
        return sql::with_literals(*compiled, segments, named,
                                  [&](const ValueView& value, const Type& type) {
                                      return compiler.literal(value, type);
                                  });
    if (!compiled->expanding) return compiled->sql;
    if (!options.render_postcompile) return with_lists_closed(*compiled);
    return sql::arrange(*compiled, segments, named).sql;
}

}  // namespace

std::string to_sql(const sql::Statement& statement, const Dialect& dialect,
                   const ToSqlOptions& options) {
    return shown(statement, *dialect.make_compiler(), options);
}

std::string to_sql(const sql::Statement& statement, const ToSqlOptions& options) {
    GenericCompiler compiler;
    return shown(statement, compiler, options);
}

}  // namespace azoth::inline v0
