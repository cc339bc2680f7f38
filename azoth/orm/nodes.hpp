// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/member.hpp>
#include <azoth/sql/extension.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

/// What statements hold of mapped classes until a model puts in tables and columns (design rule
/// R3). All immutable once shared; safe from any thread.
namespace azoth::inline v0::orm {

class EntityNode;

/// A member of an entity, or of an entity that a derived table selects.
class AZOTH_EXPORT MemberNode final : public sql::ExtensionNode {
  public:
    MemberNode(const EntityNode& entity, const MemberId& id, const Type& type);
    /// \param position the entity's among the columns of `derived`
    MemberNode(Ref<const sql::FromNode> derived, std::uint32_t position,
               const MemberNode& original);

    const MemberId id;
    const std::optional<std::uint32_t> position;  ///< in a derived table; none in an entity

    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

/// An object of an entity in a select list.
class AZOTH_EXPORT ObjectNode final : public sql::ExtensionNode {
  public:
    explicit ObjectNode(const EntityNode& entity);

    [[nodiscard]] const EntityNode& entity() const noexcept;
    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] sql::NodeRef within(const sql::FromNode& derived,
                                      const ExtensionNode& wanted) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

/// A mapped class as something to select from: itself, an alias of it, or what something else
/// selects taken for its rows.
class AZOTH_EXPORT EntityNode final : public sql::ExtensionFromNode {
  public:
    /// \param alias_name of an alias; empty: the compiler names it
    EntityNode(ClassId class_id, std::string_view class_text, bool alias, std::string alias_name);
    /// An alias whose rows are those of `selectable`.
    /// \param by_names columns that aren't the class's are taken where they are called like them
    EntityNode(ClassId class_id, std::string_view class_text, const sql::FromNode& selectable,
               std::string alias_name, bool by_names);
    ~EntityNode() override;

    const ClassId id;
    const std::string class_name;
    const bool adapt_on_names = false;
    [[nodiscard]] bool is_alias() const noexcept { return has_identity; }
    /// Whose rows are the alias's; null: those of the class's table.
    [[nodiscard]] const sql::FromNode* selectable() const noexcept {
        return parts.empty() ? nullptr : parts.front().get();
    }

    /// The node of a member, the same each time.
    [[nodiscard]] const MemberNode& member(const MemberId& member, const Type& type) const;
    [[nodiscard]] const ObjectNode& object() const noexcept { return *object_; }

    [[nodiscard]] bool same(const ExtensionFromNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;

  private:
    std::unique_ptr<const ObjectNode> object_;
    mutable std::mutex mutex_;
    mutable std::deque<std::unique_ptr<const MemberNode>> members_;
};

/// A relationship as the target of a join.
class AZOTH_EXPORT RelationNode final : public sql::ExtensionFromNode {
  public:
    /// \param source the entity whose relationship it is
    /// \param target what is joined; null: the class that the relationship leads to
    RelationNode(const MemberId& relationship, const EntityNode& source,
                 const sql::FromNode* target);

    const MemberId id;
    [[nodiscard]] const EntityNode& source() const noexcept;
    [[nodiscard]] const sql::FromNode* target() const noexcept;

    [[nodiscard]] bool same(const ExtensionFromNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

/// The entity of a class itself, the same each time; lives as long as the program.
[[nodiscard]] const EntityNode& entity_node(ClassId id, std::string_view class_name);

}  // namespace azoth::inline v0::orm
