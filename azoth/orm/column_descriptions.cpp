// SPDX-License-Identifier: MIT
#include <azoth/orm/column_descriptions.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/sql/traverse.hpp>

namespace azoth::inline v0 {
namespace {

using namespace orm;

/// What stands below a label, or below the column of a derived table that selects an object.
const sql::Node& described_node(const sql::Node& selected) {
    const sql::Node* node = &selected;
    while (node->kind == sql::NodeKind::label)
        node = static_cast<const sql::LabelNode*>(node)->operand.get();
    if (node->kind != sql::NodeKind::column) return *node;
    const auto& source = static_cast<const sql::ColumnNode*>(node)->source;
    const bool is_object = source && dynamic_cast<const ObjectNode*>(source.get());
    return is_object ? *source : *node;
}

/// The values of the statement that belong to each item, in order.
class ItemValues {
  public:
    explicit ItemValues(const sql::Statement& statement) : values_(statement.values()) {}
    void skip(const sql::Item& item) { next_ += item.values; }
    [[nodiscard]] Values take(const sql::Item& item) {
        Values taken;
        for (std::uint32_t i = 0; i < item.values; ++i) taken.push(values_[next_ + i]);
        skip(item);
        return taken;
    }

  private:
    const Values& values_;
    std::size_t next_ = 0;
};

ColumnDescription described(const sql::Item& item, std::string name, Values values) {
    ColumnDescription description;
    description.name = std::move(name);
    description.expr = {item.node, std::move(values)};
    const sql::Node& node = described_node(*item.node);
    description.type = static_cast<const sql::Element&>(node).type;
    const auto* const entity = dynamic_cast<const EntityNode*>(sql::owner_of(node));
    if (!entity) return description;
    description.class_name = entity->class_name;
    description.entity.emplace(Ref<const sql::FromNode>(entity));
    description.aliased = entity->is_alias();
    description.is_object = dynamic_cast<const ObjectNode*>(&node) != nullptr;
    if (description.is_object && !entity->name.empty()) description.name = entity->name;
    return description;
}

}  // namespace

std::vector<ColumnDescription> column_descriptions(const sql::Statement& statement) {
    const sql::StatementNode& first = first_member(statement.node());
    const sql::Clause returned = returned_clause(first);
    auto columns = sql::result_columns(first);
    ItemValues values(statement);
    std::vector<ColumnDescription> descriptions;
    for (const sql::Item& item : first.items.all()) {
        if (item.clause == returned)
            descriptions.push_back(
                described(item, std::move(columns[descriptions.size()].name), values.take(item)));
        else
            values.skip(item);
    }
    return descriptions;
}

}  // namespace azoth::inline v0
