// SPDX-License-Identifier: MIT
#include <azoth/base/hash.hpp>
#include <azoth/orm/nodes.hpp>

#include <unordered_map>

namespace azoth::inline v0::orm {
namespace {

using azoth::detail::mix;

/// \param what "User::name is a member of a mapped class"
std::string refuse(const std::string& what, std::string_view class_name) {
    return what +
           ": execute the statement in a Session, connect with engine.connect(model), or select "
           "from model.entity<" +
           std::string(class_name) + ">()";
}

std::string describe_member(const MemberId& id) {
    return std::string(id.class_name) + "::" + std::string(id.name);
}

std::uint64_t hash_of(const MemberId& id) {
    return mix(id.entity.hash(), static_cast<std::uint64_t>(id.offset));
}

/// "Address" of "shop::Address": what a result column is called.
std::string unqualified(std::string_view class_name) {
    const auto colon = class_name.rfind(':');
    return std::string(colon == std::string_view::npos ? class_name : class_name.substr(colon + 1));
}

}  // namespace

MemberNode::MemberNode(const EntityNode& entity, const MemberId& member, const Type& sql_type)
    : ExtensionNode(entity, std::string(member.name), sql_type, hash_of(member)), id(member) {}

MemberNode::MemberNode(Ref<const sql::FromNode> derived, std::uint32_t column,
                       const MemberNode& original)
    : ExtensionNode(std::move(derived), original.name, original.type,
                    mix(hash_of(original.id), column)),
      id(original.id),
      position(column) {}

bool MemberNode::same(const ExtensionNode& other) const {
    const auto& member = static_cast<const MemberNode&>(other);
    return id == member.id && position == member.position;
}

std::string MemberNode::describe() const {
    return describe_member(id);
}

std::string MemberNode::refusal() const {
    return refuse(describe() + " is a member of a mapped class", id.class_name);
}

ObjectNode::ObjectNode(const EntityNode& entity)
    : ExtensionNode(entity, unqualified(entity.class_name), Type(), 0) {}

const EntityNode& ObjectNode::entity() const noexcept {
    return static_cast<const EntityNode&>(*from);
}

bool ObjectNode::same(const ExtensionNode&) const {
    return true;
}  // `from` says it all

sql::NodeRef ObjectNode::within(const sql::FromNode& derived, const ExtensionNode& wanted) const {
    if (wanted.from != from) return {};
    const auto* const member = dynamic_cast<const MemberNode*>(&wanted);
    if (!member) return {};
    for (const auto& column : derived.columns)
        if (column->source.get() == this)
            return make_ref<const MemberNode>(Ref<const sql::FromNode>(&derived), column->index,
                                              *member);
    return {};
}

std::string ObjectNode::describe() const {
    return entity().describe();
}

std::string ObjectNode::refusal() const {
    return entity().refusal();
}

EntityNode::EntityNode(ClassId class_id, std::string_view class_text, bool alias,
                       std::string alias_name)
    : ExtensionFromNode(std::move(alias_name), {}, alias, class_id.hash()),
      id(class_id),
      class_name(class_text),
      object_(std::make_unique<const ObjectNode>(*this)) {}

EntityNode::EntityNode(ClassId class_id, std::string_view class_text,
                       const sql::FromNode& selectable, std::string alias_name, bool by_names)
    : ExtensionFromNode(std::move(alias_name), {Ref<const sql::FromNode>(&selectable)}, true,
                        mix(class_id.hash(), by_names ? 2 : 1)),
      id(class_id),
      class_name(class_text),
      adapt_on_names(by_names),
      object_(std::make_unique<const ObjectNode>(*this)) {}

EntityNode::~EntityNode() = default;

const MemberNode& EntityNode::member(const MemberId& wanted, const Type& type) const {
    const std::lock_guard lock(mutex_);
    for (const auto& known : members_)
        if (known->id == wanted) return *known;
    members_.push_back(std::make_unique<const MemberNode>(*this, wanted, type));
    return *members_.back();
}

bool EntityNode::same(const ExtensionFromNode& other) const {
    const auto& entity = static_cast<const EntityNode&>(other);
    return id == entity.id && adapt_on_names == entity.adapt_on_names &&
           parts.size() == entity.parts.size();
}

std::string EntityNode::describe() const {
    if (!is_alias()) return "class " + class_name;
    const std::string from = selectable() ? " from " + selectable()->describe() : std::string();
    return (name.empty() ? "an alias of class " : "alias '" + name + "' of class ") + class_name +
           from;
}

std::string EntityNode::refusal() const {
    return refuse((is_alias() ? describe() : class_name) + " is a mapped class", class_name);
}

namespace {

std::vector<Ref<const sql::FromNode>> parts_of(const EntityNode& source,
                                               const sql::FromNode* target) {
    std::vector<Ref<const sql::FromNode>> parts{Ref<const sql::FromNode>(&source)};
    if (target) parts.emplace_back(target);
    return parts;
}

}  // namespace

RelationNode::RelationNode(const MemberId& relationship, const EntityNode& source,
                           const sql::FromNode* target)
    : ExtensionFromNode({}, parts_of(source, target), false, hash_of(relationship)),
      id(relationship) {}

const EntityNode& RelationNode::source() const noexcept {
    return static_cast<const EntityNode&>(*parts.front());
}

const sql::FromNode* RelationNode::target() const noexcept {
    return parts.size() > 1 ? parts.back().get() : nullptr;
}

bool RelationNode::same(const ExtensionFromNode& other) const {
    return id == static_cast<const RelationNode&>(other).id;
}

std::string RelationNode::describe() const {
    return describe_member(id);
}

std::string RelationNode::refusal() const {
    return refuse(describe() + " is a relationship of a mapped class", id.class_name);
}

namespace {

struct HashOfClass {
    std::size_t operator()(ClassId id) const noexcept { return id.hash(); }
};

}  // namespace

const EntityNode& entity_node(ClassId id, std::string_view class_name) {
    // Never destroyed: statements with static storage, in any library, may outlive it otherwise.
    static std::mutex& mutex = *new std::mutex;
    static auto& known = *new std::unordered_map<ClassId, Ref<const EntityNode>, HashOfClass>;
    const std::lock_guard lock(mutex);
    Ref<const EntityNode>& node = known[id];
    if (!node) node = make_ref<const EntityNode>(id, class_name, false, std::string());
    return *node;
}

}  // namespace azoth::inline v0::orm
