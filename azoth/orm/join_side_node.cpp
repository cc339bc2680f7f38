// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/join_side_node.hpp>

#include <vector>

namespace azoth::inline v0::orm {

JoinSideNode::JoinSideNode(const sql::NodeRef& column, JoinSide marked_side)
    : ExtensionNode(std::vector<sql::NodeRef>{column}, 11 + static_cast<std::uint64_t>(marked_side),
                    {}, static_cast<const sql::Element&>(*column).type),
      side(marked_side) {}

bool JoinSideNode::same(const ExtensionNode& other) const {
    return side == static_cast<const JoinSideNode&>(other).side;
}

std::string JoinSideNode::describe() const {
    return side == JoinSide::foreign ? "foreign(…)" : "remote(…)";
}

std::string JoinSideNode::refusal() const {
    return describe() +
           " says something in the primaryjoin() and secondaryjoin() of a mapping, and "
           "nothing elsewhere: leave it out";
}

sql::Expression marked(const sql::Expression& column, JoinSide side) {
    return {make_ref<const JoinSideNode>(column.node, side), column.values};
}

}  // namespace azoth::inline v0::orm
