// SPDX-License-Identifier: MIT
#include <azoth/orm/criteria.hpp>
#include <azoth/orm/lowering.hpp>

#include <utility>

namespace azoth::inline v0::orm {

sql::NodeRef CriteriaWriter::condition(const Criterion& criterion, const Mapper& mapper,
                                       const ColumnSource& from) const {
    sql::NodeRef lowered =
        Lowerer(model_).expression_on(criterion.condition->operand, mapper, from);
    if (!values_)
        return make_ref<const sql::ScopedNode>(std::move(lowered), Values(), criterion.condition);
    return make_ref<const sql::ScopedNode>(std::move(lowered),
                                           Values(values_->segments[criterion.segment]));
}

void CriteriaWriter::add(const std::vector<Criterion>& criteria, const Mapper& mapper,
                         const ColumnSource& from, std::vector<sql::NodeRef>& conditions) const {
    for (const Criterion& each : criteria) conditions.push_back(condition(each, mapper, from));
}

sql::NodeRef CriteriaWriter::filling(const LoadPath::Filled& filled, const Mapper& mapper,
                                     const ColumnSource& from) const {
    if (filled.expression.condition) return condition(filled.expression, mapper, from);
    const sql::Expression& mapped = filled.member->otherwise;
    sql::NodeRef lowered = Lowerer(model_).expression_on(mapped.node, mapper, from);
    if (mapped.values.empty()) return lowered;
    return make_ref<const sql::ScopedNode>(std::move(lowered), Values(mapped.values));
}

}  // namespace azoth::inline v0::orm
