// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/extension.hpp>

namespace azoth::inline v0::sql {

using detail::hash_text;
using detail::mix;

ExtensionNode::ExtensionNode(const FromNode& owner, std::string element_name, Type sql_type,
                             std::uint64_t identity)
    : Element(NodeKind::extension, std::move(sql_type)),
      from(&owner),
      name(std::move(element_name)) {
    count_in(from);
    finish(identity);
}

ExtensionNode::ExtensionNode(Ref<const FromNode> belongs_to, std::string element_name,
                             Type sql_type, std::uint64_t identity)
    : Element(NodeKind::extension, std::move(sql_type)),
      from(belongs_to.get()),
      name(std::move(element_name)),
      kept_alive_(std::move(belongs_to)) {
    finish(identity);
}

ExtensionNode::ExtensionNode(std::vector<NodeRef> made_of, std::uint64_t identity,
                             std::string element_name, Type sql_type)
    : Element(NodeKind::extension, std::move(sql_type)),
      parts(std::move(made_of)),
      from(nullptr),
      name(std::move(element_name)) {
    finish(identity);
}

void ExtensionNode::finish(std::uint64_t identity) noexcept {
    flagged = from && from->flagged;
    hash = mix(mix(kind_hash(kind), identity), from ? from->hash : 0);
    for (const NodeRef& part : parts) {
        flagged = flagged || part->flagged;
        hash = mix(hash, part->hash);
    }
}

NodeRef ExtensionNode::within(const FromNode&, const ExtensionNode&) const {
    return {};
}

ExtensionFromNode::ExtensionFromNode(std::string from_name,
                                     std::vector<Ref<const FromNode>> refers_to, bool own_identity,
                                     std::uint64_t identity)
    : FromNode(NodeKind::extension_from, std::move(from_name)),
      parts(std::move(refers_to)),
      has_identity(own_identity) {
    flagged = has_identity && name.empty();
    hash = mix(mix(kind_hash(kind), identity), hash_text(name));
    for (const auto& part : parts) {
        flagged = flagged || part->flagged;
        hash = mix(hash, part->hash);
    }
}

void refuse_extension(const Node& node) {
    if (node.kind == NodeKind::extension)
        throw ArgumentError(static_cast<const ExtensionNode&>(node).refusal());
    if (node.kind == NodeKind::extension_from)
        throw ArgumentError(static_cast<const ExtensionFromNode&>(node).refusal());
}

}  // namespace azoth::inline v0::sql
