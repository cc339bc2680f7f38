// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/nodes.hpp>
#include <azoth/orm/relationship_conditions.hpp>

#include <string>

namespace azoth::inline v0::orm {

/// A condition on what a relationship leads to. Immutable once shared; safe from any thread.
class RelationExistsNode final : public sql::ExtensionNode {
  public:
    RelationExistsNode(const RelationNode& relation, sql::NodeRef condition);

    [[nodiscard]] const RelationNode& relation() const noexcept;
    [[nodiscard]] const sql::NodeRef& condition() const noexcept { return parts.back(); }
    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

/// A relationship leads to one object, which placeholders stand for. As above.
class RelationToNode final : public sql::ExtensionNode {
  public:
    /// \param binds of the object's values, or of none for no object
    RelationToNode(const RelationNode& relation, RelationTest what,
                   const std::vector<sql::NodeRef>& binds);

    const RelationTest test;
    [[nodiscard]] const RelationNode& relation() const noexcept;
    [[nodiscard]] bool is_null() const noexcept { return parts.size() == 1; }
    [[nodiscard]] const sql::NodeRef& bind(std::size_t index) const { return parts[index + 1]; }
    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

}  // namespace azoth::inline v0::orm
