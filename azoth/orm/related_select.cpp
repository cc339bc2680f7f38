// SPDX-License-Identifier: MIT
#include <azoth/orm/related_select.hpp>
#include <azoth/schema/table_object.hpp>

#include <utility>

namespace azoth::inline v0::orm {

using sql::Clause;
using sql::Item;
using sql::NodeRef;

namespace {

/// Builds a SELECT of a path's objects.
class Builder {
  public:
    Builder(const LoadPath& path, const CriteriaValues* values)
        : path_(path), criteria_(path.mapper->model(), values ? values : &no_values()) {}

    void key_cell(const sql::ColumnNode& column, Kind kind) {
        select_.statement.column(Clause::column, column, kind);
        ++select_.plan->keys;
    }
    void objects() {
        LoadPlan& plan = *select_.plan;
        LoadPlan::Entry& entry = plan.entries.emplace_back(load_entry(path_, plan.keys));
        for (const LoadPlan::Member& member : entry.members)
            select_.statement.column(Clause::column, *member.attribute);
        for (const LoadPath::Filled& each : path_.filled) {
            NodeRef expression = criteria_.filling(each, *path_.mapper, {&path_.mapper->table()});
            select_.statement.add_item(filled_item(std::move(expression), *each.member));
            entry.add_filled(*each.member);
        }
        plan.listed = 1;
        plan.cells = plan.keys + static_cast<std::uint32_t>(entry.members.size());
    }
    [[nodiscard]] CoreStatement& statement() { return select_.statement; }
    void where(NodeRef condition) {
        select_.statement.add_item({.node = std::move(condition), .clause = Clause::where});
    }
    void where(const Criterion& criterion) {
        where(criteria_.condition(criterion, *path_.mapper, {&path_.mapper->table()}));
    }
    /// The conditions of the relationship but those on the owner's values.
    void along(const Relationship& relationship, const sql::FromNode* owner) {
        const sql::FromNode* const between = relationship.secondary.get();
        if (owner) select_.statement.from(*owner);
        if (between) select_.statement.from(*between);
        const RelationshipJoin join(relationship, {owner}, between, {&path_.mapper->table()});
        Conditions conditions;
        if (owner) {
            conditions = join.all();
        } else {
            join.add_between_condition(conditions);
            if (between)
                for (NodeRef& each : join.to_target()) conditions.push_back(std::move(each));
            else
                join.add_target_condition(conditions);
        }
        for (NodeRef& condition : conditions) where(std::move(condition));
    }
    /// Joins what the path says. Last, so that its orderings come behind the statement's own.
    [[nodiscard]] ObjectSelect finish() && {
        EagerJoins joins(criteria_, *select_.plan, select_.plan->cells, {}, {});
        joins.add_joined(0, {&path_.mapper->table()}, false);
        for (auto* items : {&joins.columns, &joins.joins, &joins.orderings})
            for (Item& item : *items) select_.statement.add_item(std::move(item));
        return std::move(select_);
    }

  private:
    static const CriteriaValues& no_values() {
        static const CriteriaValues& none = *new CriteriaValues;
        return none;
    }

    const LoadPath& path_;
    CriteriaWriter criteria_;
    ObjectSelect select_;
};

/// The columns that hold the values of an owner.
/// \param owner where the owner's row stands; null where that is not asked
std::vector<const sql::ColumnNode*> owner_columns(const Relationship& relationship,
                                                  const sql::FromNode* owner) {
    std::vector<const sql::ColumnNode*> columns;
    if (owner) {
        for (const Attribute* key : relationship.owner->key())
            columns.push_back(owner->columns[key->column->index].get());
        return columns;
    }
    for (const auto& pair : relationship.pairs) columns.push_back(pair.remote->column.get());
    for (const auto& pair : relationship.to_owner) columns.push_back(pair.column.get());
    return columns;
}

}  // namespace

std::vector<const Attribute*> owner_attributes(const Relationship& relationship) {
    if (relationship.needs_owner()) return relationship.owner->key();
    std::vector<const Attribute*> attributes;
    attributes.reserve(relationship.pairs.size() + relationship.to_owner.size());
    for (const auto& pair : relationship.pairs) attributes.push_back(pair.local);
    for (const auto& pair : relationship.to_owner) attributes.push_back(pair.key);
    return attributes;
}

ObjectSelect select_by_key(const LoadPath& path) {
    Builder builder(path, nullptr);
    builder.objects();
    for (const Attribute* key : path.mapper->key()) builder.statement().where_equal(*key->column);
    return std::move(builder).finish();
}

ObjectSelect select_related(const RelatedSpec& spec) {
    const Relationship& relationship = *spec.relationship;
    Ref<const sql::FromNode> owner;
    if (relationship.needs_owner())
        owner = make_ref<const sql::AliasNode>(
            Ref<const sql::FromNode>(&relationship.owner->table()), std::string());
    const auto columns = owner_columns(relationship, owner.get());
    const auto attributes = owner_attributes(relationship);
    Builder builder(*spec.target, spec.values);
    if (spec.owners != 1)
        for (std::size_t i = 0; i < columns.size(); ++i)
            builder.key_cell(*columns[i], attributes[i]->ops->kind);
    builder.objects();
    builder.along(relationship, owner.get());
    builder.statement().where_one_of(columns, spec.owners);
    for (const Criterion& criterion : spec.criteria) builder.where(criterion);
    for (const sql::Expression& ordering : relationship.order_by)
        builder.statement().order_by(ordering);
    return std::move(builder).finish();
}

}  // namespace azoth::inline v0::orm
