// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/tuple.hpp>

#include <utility>

namespace azoth::inline v0::sql {
namespace {

const std::vector<NodeRef>& members_of(const Expression& tuple) {
    return static_cast<const ComposedNode&>(*tuple.node).parts;
}

}  // namespace

Expression in_tuples(const Expression& tuple, std::vector<Type> types, const Values& given,
                     bool negated) {
    // A member's own type, where a value must be sent as that: as in a comparison with it.
    const auto& members = members_of(tuple);
    for (std::size_t i = 0; i < types.size(); ++i)
        if (const auto adapted =
                adapted_bind(*bind_of(types[i]), static_cast<const Element&>(*members[i])))
            types[i] = adapted->type;
    Values values = tuple.values;
    values.push_view(ValueView::of_natural(given.size()));
    for (const Value& value : given.span()) {
        if (value.is_null())
            throw ArgumentError("in() with a NULL among its values never finds NULLs");
        values.push(value);
    }
    auto list = make_ref<BindNode>(std::move(types));
    return {make_ref<InNode>(tuple.node, std::move(list), negated), std::move(values)};
}

Expression in_rows(const Expression& tuple, const Expression& rows, bool negated) {
    const auto& subquery = static_cast<const SubqueryElementNode&>(*rows.node);
    const std::size_t wanted = members_of(tuple).size();
    const std::size_t found = result_columns(*subquery.select).size();
    if (found != wanted)
        throw ArgumentError("a tuple of " + std::to_string(wanted) +
                            " is looked for in a query of " + std::to_string(found) + " columns");
    Values values = tuple.values;
    values.append(Values(rows.values));
    return {make_ref<InNode>(tuple.node, rows.node, negated), std::move(values)};
}

}  // namespace azoth::inline v0::sql
