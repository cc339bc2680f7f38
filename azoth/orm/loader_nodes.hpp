// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/nodes.hpp>

#include <optional>
#include <string>
#include <vector>

/// What loader options are in a statement. All immutable once shared; safe from any thread.
namespace azoth::inline v0::orm {

/// Loader options with one root, each a chain of steps from it.
class LoaderOptionNode final : public sql::ExtensionNode {
  public:
    /// A relationship that leads on; or, in place, all relationships or columns.
    struct Step {
        LoaderStep relationship{};
        std::optional<ColumnStep> columns{};
        Ref<const sql::FromNode> alias{};       ///< of a contained relationship; may be null
        Ref<const sql::ScopedNode> criteria{};  ///< may be null
        /// What fills the member that `columns` names; may be null.
        Ref<const sql::ScopedNode> expression{};

        /// The next step says something of the same objects as this one.
        [[nodiscard]] bool stays() const noexcept {
            return columns || relationship.member.class_name.empty();
        }
    };
    using Chain = std::vector<Step>;

    /// \param option_root null: all objects of the statement
    /// \param open the chain that can be continued; the others are complete
    LoaderOptionNode(Ref<const sql::FromNode> option_root, Chain open, std::vector<Chain> complete);

    const Ref<const sql::FromNode> root;
    const Chain open;
    const std::vector<Chain> complete;

    [[nodiscard]] const EntityNode* entity() const noexcept {
        return static_cast<const EntityNode*>(root.get());
    }
    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

/// Says that a statement's rows are read in windows.
class WindowedNode final : public sql::ExtensionNode {
  public:
    WindowedNode();
    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};
/// The one that there is.
[[nodiscard]] const sql::NodeRef& windowed_option();

/// A condition on all objects of a class.
class CriteriaNode final : public sql::ExtensionNode {
  public:
    CriteriaNode(Ref<const sql::FromNode> of, Ref<const sql::ScopedNode> holds,
                 CriteriaOptions how);

    const Ref<const sql::FromNode> entity_ref;
    const Ref<const sql::ScopedNode> condition;
    const CriteriaOptions options;

    [[nodiscard]] const EntityNode& entity() const noexcept {
        return static_cast<const EntityNode&>(*entity_ref);
    }
    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

}  // namespace azoth::inline v0::orm
