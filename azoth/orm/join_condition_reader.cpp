// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/join_condition_reader.hpp>
#include <azoth/orm/join_side_node.hpp>
#include <azoth/sql/traverse.hpp>

#include <utility>

namespace azoth::inline v0::orm {

using sql::NodeKind;
using sql::NodeRef;

JoinConditionReader::JoinConditionReader(const Relationship& relationship, const Mapper* between,
                                         bool of_target)
    : relationship_(relationship), lowerer_(relationship.owner->model()) {
    const auto put = [&](const Mapper& mapper, const sql::FromNode& end) {
        lowerer_.replace(entity_node(mapper.id(), mapper.class_name()), end);
    };
    const Relationship::Ends& ends = relationship.ends;
    if (between) put(*between, *ends.between);
    // Of a class with itself, what is not marked is the end that is put last.
    if (of_target) put(*relationship.owner, *ends.owner);
    put(*relationship.target, *ends.target);
    if (!of_target) put(*relationship.owner, *ends.owner);
    lowerer_.set_remote_end(*ends.target);
}

void JoinConditionReader::read(const sql::Expression& condition) {
    values_ = condition.values;
    split(condition.node);
}

void JoinConditionReader::split(const NodeRef& condition) {
    if (condition->kind == NodeKind::conjunction) {
        const auto& all = static_cast<const sql::ConjunctionNode&>(*condition);
        if (all.op == sql::Op::and_) {
            for (const NodeRef& operand : all.operands) split(operand);
            return;
        }
    }
    NodeRef lowered = lowerer_.expression(condition);
    check(*lowered);
    if (condition->kind == NodeKind::binary) {
        const auto& written = static_cast<const sql::BinaryNode&>(*condition);
        const auto& binary = static_cast<const sql::BinaryNode&>(*lowered);
        Equality equality{side(written.left, binary.left), side(written.right, binary.right),
                          lowered};
        if (binary.op == sql::Op::equal && equality.left.column && equality.right.column)
            return equalities_.push_back(std::move(equality));
    }
    rest_.push_back(std::move(lowered));
}

JoinConditionReader::Side JoinConditionReader::side(const NodeRef& node,
                                                    const NodeRef& lowered) const {
    Side found;
    if (lowered->kind != NodeKind::column) return found;
    found.column = static_cast<const sql::ColumnNode*>(lowered.get());
    for (const sql::Node* each = node.get();;) {
        const auto* marked = dynamic_cast<const JoinSideNode*>(each);
        if (!marked) return found;
        found.foreign = found.foreign || marked->side == JoinSide::foreign;
        each = marked->column().get();
    }
}

/// Statements within have their own tables.
void JoinConditionReader::check(const sql::Node& node) const {
    if (sql::is_statement(node.kind)) return;
    if (node.kind == NodeKind::column) {
        const sql::FromNode* const from = static_cast<const sql::ColumnNode&>(node).from;
        const Relationship::Ends& ends = relationship_.ends;
        if (from == ends.owner.get() || from == ends.between.get() || from == ends.target.get())
            return;
        throw ArgumentError(
            "it mentions column '" + static_cast<const sql::ColumnNode&>(node).name + "' of " +
            from->describe() + ", which is none of the tables that it leads from, to or through");
    }
    sql::for_each_child(node, [this](const sql::Node& child) { check(child); });
}

bool mentions(const sql::Node& node, const sql::FromNode& from) {
    if (node.kind == NodeKind::column)
        return static_cast<const sql::ColumnNode&>(node).from == &from;
    bool found = false;
    sql::for_each_child(node,
                        [&](const sql::Node& child) { found = found || mentions(child, from); });
    return found;
}

Relationship::Condition JoinConditionReader::rest() const {
    Relationship::Condition condition;
    if (rest_.empty()) return condition;
    condition.expression = {all_of(rest_), values_};
    condition.of_owner = mentions(*condition.expression.node, *relationship_.ends.owner);
    return condition;
}

}  // namespace azoth::inline v0::orm
