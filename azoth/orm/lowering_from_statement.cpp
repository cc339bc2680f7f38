// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/bundle_node.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/result_columns.hpp>

#include <map>
#include <optional>
#include <utility>

/// from_statement(): what a SELECT selects, found in the rows of another statement.
namespace azoth::inline v0::orm {

using sql::Clause;
using sql::ColumnNode;
using sql::Item;
using sql::NodeKind;
using sql::NodeRef;
using sql::StatementNode;

/// Where the cells of a plan are in the rows of a lowered statement. Used by one thread.
class StatementCells {
  public:
    explicit StatementCells(const Ref<const StatementNode>& statement) : statement_(statement) {
        const StatementNode& first = first_member(*statement);
        const bool has_columns = first.items.has(returned_clause(first));
        if (has_columns)
            selected_.emplace(*statement);
        else if (statement->kind != NodeKind::text)
            throw ArgumentError(
                "from_statement(): this statement returns no rows; give it returning(…)");
    }

    /// The next cell holds a column.
    /// \param of what it is for, as messages name it
    void add(LoadPlan& plan, const ColumnNode& column, Kind wanted, const std::string& of) {
        if (!selected_)
            return plan.named.push_back(
                {column.name,
                 column.from->name.empty() ? "" : column.from->name + "_" + column.name, wanted,
                 of});
        place(plan, selected_->find_or_named(column), column.name, wanted, of);
    }
    /// The next cell holds what is called so.
    void add(LoadPlan& plan, const std::string& name, Kind wanted) {
        if (!selected_) return plan.named.push_back({name, "", wanted, "column '" + name + "'"});
        place(plan, selected_->find(name), name, wanted, "column '" + name + "'");
    }
    /// The statement, decoded into what the members hold.
    [[nodiscard]] Ref<const StatementNode> finish(LoadPlan& plan) {
        bool in_order = true;
        for (std::uint32_t i = 0; i < plan.places.size(); ++i)
            in_order = in_order && plan.places[i] == i;
        if (in_order) plan.places.clear();
        return with_wanted(*statement_);
    }

  private:
    void place(LoadPlan& plan, std::uint32_t at, const std::string& name, Kind wanted,
               const std::string& of) {
        if (at == SelectedColumns::none)
            throw ArgumentError("from_statement(): the statement selects no column '" + name +
                                "' for " + of);
        plan.places.push_back(at);
        Kind& known = wanted_.try_emplace(at, wanted).first->second;
        if (known == Kind::null) known = wanted;
        if (wanted != Kind::null && known != wanted)
            throw ArgumentError("from_statement(): column '" + name +
                                "' is read as two different C++ types, once for " + of);
    }
    [[nodiscard]] Ref<const StatementNode> with_wanted(const StatementNode& statement) const {
        const Clause returned = returned_clause(statement);
        std::vector<Item> items;
        std::uint32_t column = 0;
        bool is_first = true;
        for (Item item : statement.items.all()) {
            if (statement.kind == NodeKind::compound && item.clause == Clause::source) {
                if (std::exchange(is_first, false))
                    item.node = with_wanted(static_cast<const StatementNode&>(*item.node));
            } else if (statement.kind != NodeKind::compound && item.clause == returned) {
                const auto wanted = wanted_.find(column++);
                if (wanted != wanted_.end() && wanted->second != Kind::null)
                    item.wanted = wanted->second;
            }
            items.push_back(std::move(item));
        }
        return with_items(statement, std::move(items));
    }

    Ref<const StatementNode> statement_;
    std::optional<SelectedColumns> selected_;  // none: the text's columns are not known yet
    std::map<std::uint32_t, Kind> wanted_;
};

namespace {

void require_nothing_else(const StatementNode& statement) {
    for (const Item& item : statement.items.all()) {
        const bool may_be = item.clause == Clause::column || item.clause == Clause::source ||
                            item.clause == Clause::option;
        if (!may_be || statement.distinct)
            throw ArgumentError(
                "from_statement(): the rows come from another statement, so conditions, joins, "
                "orderings and the like belong there; only options() can be added");
        if (item.clause == Clause::column && item.values != 0)
            throw ArgumentError(
                "from_statement(): an expression with values can't be found in the rows of another "
                "statement: give it a label there, and select literal_column<T>(…).label(…)");
    }
}

/// What an entry of the select list is called; empty where it has no name.
std::string name_of(const sql::Node& node) {
    return node.kind == NodeKind::label ? static_cast<const sql::LabelNode&>(node).name
                                        : std::string();
}

std::string describe(const sql::Node& node) {
    return node.kind == NodeKind::extension
               ? static_cast<const sql::ExtensionNode&>(node).describe()
               : "the select list";
}

}  // namespace

/// What the program says of members without a column: it is found as a value of the select list is.
/// What the mapping says is in no other statement.
void Lowerer::place_filled(StatementCells& cells, LoadPlan::Entry& entry, LoadPlan& plan,
                           const LoadPath& path) {
    for (const LoadPath::Filled& each : path.filled) {
        if (!each.expression.condition) continue;
        const Attribute& attribute = each.member->attribute;
        const std::string of = entry.mapper->class_name() + "::" + attribute.name;
        const NodeRef value = lower(each.expression.condition->operand);
        if (!each.label.empty())
            cells.add(plan, each.label, attribute.ops->kind);
        else if (value->kind == NodeKind::column)
            cells.add(plan, static_cast<const ColumnNode&>(*value), attribute.ops->kind, of);
        else
            throw ArgumentError(
                "from_statement(): the expression for " + of +
                " can't be found in the rows of another statement: give it the label that the "
                "column has there");
        entry.add_filled(*each.member);
    }
}

void Lowerer::place_object(StatementCells& cells, LoadPlan& plan, LoadPlan::Entry entry,
                           const ColumnSource& source, const LoadPath& path) {
    for (const LoadPlan::Member& member : entry.members) {
        const Attribute& attribute = *member.attribute;
        const NodeRef column = source.column(*attribute.column);
        cells.add(plan, static_cast<const ColumnNode&>(*column), attribute.ops->kind,
                  entry.mapper->class_name() + "::" + attribute.name);
    }
    place_filled(cells, entry, plan, path);
    plan.cells += static_cast<std::uint32_t>(entry.members.size());
    plan.entries.push_back(std::move(entry));
}

void Lowerer::place_value(StatementCells& cells, LoadPlan& plan, const Item& item) {
    const NodeRef value = lower(item.node);
    const std::string label = name_of(*value);
    if (!label.empty()) {
        cells.add(plan, label, item.wanted);
    } else if (value->kind == NodeKind::column) {
        cells.add(plan, static_cast<const ColumnNode&>(*value), item.wanted, describe(*item.node));
    } else {
        throw ArgumentError(
            "from_statement(): an expression of the select list can't be found in the rows of "
            "another statement: give it the label that the column has there");
    }
    plan.entries.push_back({.first_cell = plan.cells++});
}

/// What contains_eager() says the statement has of the objects that an entry leads to.
void Lowerer::place_contained(StatementCells& cells, LoadPlan& plan, std::uint32_t owner) {
    const LoadPath* const path = plan.entries[owner].path;
    if (!path) return;
    for (const LoadPath::Branch& branch : path->branches) {
        if (branch.loading != Loading::contained) continue;
        LoadPlan::Entry entry = load_entry(*branch.target, plan.cells);
        entry.via = &branch;
        entry.owner = owner;
        const auto added = static_cast<std::uint32_t>(plan.entries.size());
        place_object(cells, plan, std::move(entry), contained_source(branch), *branch.target);
        plan.repeats = plan.repeats || branch.relationship->is_many;
        place_contained(cells, plan, added);
    }
}

sql::Lowered Lowerer::from_statement(const StatementNode& original, PathFinder& paths) {
    require_nothing_else(original);
    const auto& source =
        static_cast<const StatementNode&>(*original.items.of(Clause::source).front().node);
    sql::Lowered lowered;
    StatementCells cells(lower(source));
    lowered.owners = owners_of(original);
    auto plan = make_ref<LoadPlan>();
    plan->paths = paths.paths();
    for (const Item& item : original.items.of(Clause::column)) {
        if (const auto* object = dynamic_cast<const ObjectNode*>(item.node.get())) {
            const LoadPath& path = paths.find(mapper_of(object->entity()), &object->entity());
            place_object(cells, *plan, load_entry(path, plan->cells),
                         source_of_entity(object->entity()), path);
            continue;
        }
        for (const Item& value : without_bundles(item)) place_value(cells, *plan, value);
    }
    plan->listed = static_cast<std::uint32_t>(plan->entries.size());
    const std::uint32_t listed_cells = plan->cells;
    for (std::uint32_t i = 0; i < plan->listed; ++i) place_contained(cells, *plan, i);
    plan->cells = listed_cells;
    lowered.statement = cells.finish(*plan);
    paths.check_all_used();
    if (!plan->places.empty() || !plan->named.empty())
        for (LoadPlan::Entry& entry : plan->entries)  // not to be read as the common plan is
            if (entry.mapper && !entry.path) entry.path = &paths.plain(*entry.mapper);
    lowered.plan = plan;
    return lowered;
}

}  // namespace azoth::inline v0::orm
