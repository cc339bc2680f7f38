// SPDX-License-Identifier: MIT
#include <azoth/sql/elements.hpp>
#include <azoth/sql/expression.hpp>

namespace azoth::inline v0::sql {

Expression case_of(Expression subject, std::vector<WhenThen> branches, Expression otherwise,
                   const Type& type) {
    Values values = std::move(subject.values);
    std::vector<CaseNode::Branch> nodes;
    nodes.reserve(branches.size());
    for (auto& [when, then] : branches) {
        nodes.push_back({std::move(when.node), std::move(then.node)});
        values.append(std::move(when.values));
        values.append(std::move(then.values));
    }
    values.append(std::move(otherwise.values));
    return {make_ref<CaseNode>(std::move(subject.node), std::move(nodes), std::move(otherwise.node),
                               type),
            std::move(values)};
}

}  // namespace azoth::inline v0::sql
