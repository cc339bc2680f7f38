// SPDX-License-Identifier: MIT
#include <azoth/orm/nodes.hpp>
#include <azoth/orm/select.hpp>

#include <map>

namespace azoth::inline v0::orm {

using sql::FromNode;
using sql::NodeRef;

namespace {

/// Things that are made once and never destroyed, because statements with static storage use them.
template <class Node, class Kept, class Make>
const Kept& kept_for(const Node& node, Make&& make) {
    static std::mutex& mutex = *new std::mutex;
    static auto& all = *new std::map<const Node*, Kept>;
    const std::lock_guard lock(mutex);
    const auto found = all.find(&node);
    return found != all.end() ? found->second : all.emplace(&node, make()).first->second;
}

FromClause from_clause(Ref<const FromNode> node) {
    return FromClause(std::move(node));
}

sql::Expression expression_of(const sql::ExtensionNode& node) {
    return {NodeRef(&node), {}};
}

}  // namespace

const sql::Expression& member_expression(const MemberId& member, const Type& type) {
    const MemberNode& node = entity_node(member.entity, member.class_name).member(member, type);
    return kept_for<MemberNode, sql::Expression>(node, [&] { return expression_of(node); });
}

const sql::Expression& member_expression(std::atomic<const sql::Expression*>& kept,
                                         MemberId (*member)(), const Type& (*type)()) {
    if (const sql::Expression* known = kept.load(std::memory_order_acquire)) return *known;
    const sql::Expression& made = member_expression(member(), type());
    kept.store(&made, std::memory_order_release);  // whoever comes first: it is the same one
    return made;
}

const EntityRef& entity_ref(ClassId id, std::string_view class_name) {
    const EntityNode& node = entity_node(id, class_name);
    return kept_for<EntityNode, EntityRef>(node, [&] {
        return EntityRef{from_clause(Ref<const FromNode>(&node)), expression_of(node.object())};
    });
}

AliasCore::AliasCore(ClassId id, std::string_view class_name, std::string name)
    : from_(make_ref<const EntityNode>(id, class_name, true, std::move(name))),
      object_(expression_of(node().object())) {}

AliasCore::AliasCore(ClassId id, std::string_view class_name, const FromClause& selectable,
                     std::string name, bool adapt_on_names)
    : from_(make_ref<const EntityNode>(id, class_name, selectable.node(), std::move(name),
                                       adapt_on_names)),
      object_(expression_of(node().object())) {}

const EntityNode& AliasCore::node() const noexcept {
    return static_cast<const EntityNode&>(from_.node());
}

sql::Expression AliasCore::member(const MemberId& member, const Type& type) const {
    return expression_of(node().member(member, type));
}

Relation::Relation(const MemberId& relationship)
    : FromClause(make_ref<const RelationNode>(
          relationship, entity_node(relationship.entity, relationship.class_name), nullptr)) {}

Relation::Relation(const MemberId& relationship, const AliasCore& source)
    : FromClause(make_ref<const RelationNode>(relationship, source.node(), nullptr)) {}

Relation Relation::of_type(const FromClause& target) const {
    const auto& relation = static_cast<const RelationNode&>(node());
    return Relation(
        from_clause(make_ref<const RelationNode>(relation.id, relation.source(), &target.node())));
}

}  // namespace azoth::inline v0::orm
