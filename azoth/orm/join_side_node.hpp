// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapping_options.hpp>
#include <azoth/sql/extension.hpp>

#include <string>

namespace azoth::inline v0::orm {

/// A column of a primaryjoin or secondaryjoin, as foreign() or remote() marks it. Immutable; safe
/// from any thread.
class JoinSideNode final : public sql::ExtensionNode {
  public:
    JoinSideNode(const sql::NodeRef& column, JoinSide marked_side);

    const JoinSide side;
    [[nodiscard]] const sql::NodeRef& column() const noexcept { return parts.front(); }
    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

}  // namespace azoth::inline v0::orm
