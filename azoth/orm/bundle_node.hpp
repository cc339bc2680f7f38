// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/builder.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/statement.hpp>

#include <string>
#include <vector>

namespace azoth::inline v0::orm {

/// Columns that stand in a select list as one. Immutable once shared; safe from any thread.
class BundleNode final : public sql::ExtensionNode {
  public:
    /// \param shapes of the columns, one for each
    BundleNode(const std::string& bundle_name, std::vector<sql::NodeRef> columns,
               std::vector<sql::Shape> shapes);

    const std::vector<sql::Shape> shapes;

    [[nodiscard]] bool same(const ExtensionNode& other) const override;
    [[nodiscard]] std::string describe() const override;
    [[nodiscard]] std::string refusal() const override;
};

/// What an entry of a select list puts there: itself or, of a bundle, its columns and those of the
/// bundles in it.
[[nodiscard]] std::vector<sql::Item> without_bundles(const sql::Item& item);

}  // namespace azoth::inline v0::orm
