// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/from.hpp>

#include <string>
#include <vector>

/// What layers above put into statements without this layer knowing what it is: members of mapped
/// classes, entities, relationships. A Lowering turns them into tables and columns before the
/// statement is compiled. All immutable once shared; safe from any thread.
namespace azoth::inline v0::sql {

/// Something of a layer above that stands where a value or a column of the select list does.
struct AZOTH_EXPORT ExtensionNode : Element {
    /// A part of `owner`, which owns it as it owns its columns.
    /// \param identity what same() compares, as a hash
    ExtensionNode(const FromNode& owner, std::string element_name, Type sql_type,
                  std::uint64_t identity);
    /// An object of its own, which keeps alive what it belongs to.
    /// \param belongs_to may be null
    ExtensionNode(Ref<const FromNode> belongs_to, std::string element_name, Type sql_type,
                  std::uint64_t identity);
    /// Belongs to nothing, and is made of other nodes.
    ExtensionNode(std::vector<NodeRef> made_of, std::uint64_t identity,
                  std::string element_name = {}, Type sql_type = Type());

    const std::vector<NodeRef> parts;
    const FromNode* const from;  ///< what it belongs to; may be null
    const std::string name;      ///< of its result column

    /// Says the same of an equal `from` and equal parts. Asked only where both are of one C++ type.
    [[nodiscard]] virtual bool same(const ExtensionNode& other) const = 0;
    /// What `wanted` is in a derived table that selects this; nothing where this doesn't hold it.
    /// \param derived the subquery or CTE
    [[nodiscard]] virtual NodeRef within(const FromNode& derived,
                                         const ExtensionNode& wanted) const;
    /// "User::name", for messages.
    [[nodiscard]] virtual std::string describe() const = 0;
    /// The message for a statement that reaches a compiler with this in it: what it is, and how
    /// such statements are executed.
    [[nodiscard]] virtual std::string refusal() const = 0;

  private:
    void finish(std::uint64_t identity) noexcept;
    const Ref<const FromNode> kept_alive_;
};

/// Something of a layer above that stands in FROM or JOIN.
struct AZOTH_EXPORT ExtensionFromNode : FromNode {
    /// \param refers_to FROM objects that it is about; kept alive
    /// \param own_identity see `has_identity`
    ExtensionFromNode(std::string from_name, std::vector<Ref<const FromNode>> refers_to,
                      bool own_identity, std::uint64_t identity);

    const std::vector<Ref<const FromNode>> parts;
    /// Each object is a FROM object of its own, as aliases are; otherwise equal ones are one.
    const bool has_identity;

    /// As ExtensionNode::same, of equal parts.
    [[nodiscard]] virtual bool same(const ExtensionFromNode& other) const = 0;
    [[nodiscard]] std::string describe() const override = 0;
    [[nodiscard]] virtual std::string refusal() const = 0;
};

/// Throws ArgumentError with the node's refusal where it is of a layer above.
AZOTH_EXPORT void refuse_extension(const Node& node);

}  // namespace azoth::inline v0::sql
