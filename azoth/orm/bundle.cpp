// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/hash.hpp>
#include <azoth/orm/bundle.hpp>
#include <azoth/orm/bundle_node.hpp>

#include <algorithm>

namespace azoth::inline v0::orm {
namespace {

std::uint64_t hash_of(const std::string& name, const std::vector<sql::Shape>& shapes) {
    std::uint64_t hash = azoth::detail::hash_text(name);
    for (const sql::Shape& shape : shapes)
        hash = azoth::detail::mix(
            hash, (static_cast<std::uint64_t>(shape.wanted) << 1U) + std::uint64_t{shape.nullable});
    return hash;
}

std::string name_of(const sql::Node& column) {
    switch (column.kind) {
        case sql::NodeKind::label: return static_cast<const sql::LabelNode&>(column).name;
        case sql::NodeKind::column: return static_cast<const sql::ColumnNode&>(column).name;
        case sql::NodeKind::extension: return static_cast<const sql::ExtensionNode&>(column).name;
        default: return {};
    }
}

}  // namespace

BundleNode::BundleNode(const std::string& bundle_name, std::vector<sql::NodeRef> columns,
                       std::vector<sql::Shape> of_columns)
    : ExtensionNode(std::move(columns), hash_of(bundle_name, of_columns), bundle_name),
      shapes(std::move(of_columns)) {}

bool BundleNode::same(const ExtensionNode& other) const {
    const auto& bundle = static_cast<const BundleNode&>(other);
    return name == bundle.name &&
           std::equal(shapes.begin(), shapes.end(), bundle.shapes.begin(), bundle.shapes.end(),
                      [](const sql::Shape& a, const sql::Shape& b) {
                          return a.wanted == b.wanted && a.nullable == b.nullable;
                      });
}

std::string BundleNode::describe() const {
    return "bundle '" + name + "'";
}

std::string BundleNode::refusal() const {
    return describe() + " makes one value of several columns: execute the statement in a Session";
}

std::vector<sql::Item> without_bundles(const sql::Item& item) {
    const auto* const bundle = dynamic_cast<const BundleNode*>(item.node.get());
    if (!bundle) return {item};
    std::vector<sql::Item> columns;
    for (std::size_t i = 0; i < bundle->parts.size(); ++i)
        for (sql::Item& column : without_bundles({.node = bundle->parts[i],
                                                  .values = 0,
                                                  .clause = item.clause,
                                                  .wanted = bundle->shapes[i].wanted,
                                                  .nullable = bundle->shapes[i].nullable}))
            columns.push_back(std::move(column));
    columns.front().values = item.values;
    return columns;
}

BundleCore::BundleCore(const std::string& name, std::initializer_list<sql::Selected> columns) {
    std::vector<sql::NodeRef> nodes;
    std::vector<sql::Shape> shapes;
    for (const auto& [expression, shape] : columns) {
        columns_.push_back(*expression);
        nodes.push_back(expression->node);
        shapes.push_back(shape);
        core_.values.append(expression->values);
    }
    core_.node = make_ref<const BundleNode>(name, std::move(nodes), std::move(shapes));
}

const std::string& BundleCore::name() const noexcept {
    return static_cast<const BundleNode&>(*core_.node).name;
}

sql::Expression BundleCore::column(std::string_view wanted) const {
    std::string known;
    for (const sql::Expression& column : columns_) {
        const std::string name = name_of(*column.node);
        if (name == wanted && !dynamic_cast<const BundleNode*>(column.node.get())) return column;
        known += (known.empty() ? "'" : ", '") + name + "'";
    }
    throw NoSuchColumnError("bundle '" + name() + "' has no column '" + std::string(wanted) +
                            "'; it has " + known);
}

}  // namespace azoth::inline v0::orm
