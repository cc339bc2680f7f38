// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/flush_context.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/row_values.hpp>

#include <algorithm>
#include <span>

namespace azoth::inline v0::orm {

RowValues::RowValues(const WrittenClass& written, const BulkRows& rows, bool render_nulls)
    : written_(written), rows_(rows), render_nulls_(render_nulls) {
    for (const MemberId& member : rows.given) given_.add(mapper().attribute(member).index);
    holds_objects() ? take_objects() : take_partial_rows();
}

std::string RowValues::describe(std::size_t row, const char* call) const {
    return "row " + std::to_string(row + 1) + " of " + call + "<" + mapper().class_name() + ">()";
}

// --- objects -------------------------------------------------------------------------------------

void RowValues::take_objects() {
    if (rows_.id != mapper().id())
        throw ArgumentError("a statement about " + written_.entity->describe() +
                            " is given objects of class " + std::string(rows_.class_name()));
    for (const auto& relationship : mapper().relationships()) {
        if (relationship->viewonly) continue;
        for (std::size_t row = 0; row < size(); ++row)
            if (LinkAccess::free_items(relationship->link(const_cast<void*>(object(row)))))
                throw ArgumentError(
                    "row " + std::to_string(row + 1) + " has objects in " +
                    relationship->describe() +
                    ", and statements write columns only: session.add() writes what is linked "
                    "too");
    }
}

void RowValues::require_foreign_keys(const AttributeSet& but) const {
    if (!holds_objects()) return;
    for (const Attribute& attribute : mapper().attributes()) {
        if (!attribute.foreign || attribute.ops->accepts_null || attribute.has_default ||
            attribute.generated || but.contains(attribute.index) ||
            given_.contains(attribute.index))
            continue;
        for (std::size_t row = 0; row < size(); ++row)
            if (attribute.is_unset(object(row)))
                throw ArgumentError(orm::describe(mapper(), attribute) + " of row " +
                                    std::to_string(row + 1) +
                                    " is not set, and a statement fills no foreign keys: set the "
                                    "member, or name it with given<…> if the zero is meant");
    }
}

// --- partial rows --------------------------------------------------------------------------------

void RowValues::take_partial_rows() {
    first_cell_.reserve(rows_.rows.size() + 1);
    for (std::size_t row = 0; row < rows_.rows.size(); ++row) {
        first_cell_.push_back(cells_.size());
        for (const Assignment& assignment : rows_.rows[row])
            cells_.push_back(cell_of(assignment, row));
        const std::span<Cell> mine = std::span(cells_).subspan(first_cell_.back());
        std::sort(mine.begin(), mine.end(), [](const Cell& a, const Cell& b) {
            return a.attribute->index < b.attribute->index;
        });
        for (std::size_t i = 1; i < mine.size(); ++i)
            if (mine[i].attribute == mine[i - 1].attribute)
                throw ArgumentError(orm::describe(mapper(), *mine[i].attribute) +
                                    " is assigned twice in row " + std::to_string(row + 1));
    }
    first_cell_.push_back(cells_.size());
}

namespace {

/// The value that an assignment holds; false where it is an expression.
bool take_value(const sql::Operand& operand, const sql::Node& value, ValueView& taken) {
    if (operand.last) {
        taken = operand.last->view();
        return true;
    }
    if (value.kind == sql::NodeKind::constant) {
        using Which = sql::ConstantNode::Which;
        const Which which = static_cast<const sql::ConstantNode&>(value).which;
        taken = which == Which::null ? ValueView() : ValueView::of_bool(which == Which::true_);
        return true;
    }
    if (value.kind != sql::NodeKind::bind) return false;
    const auto& bind = static_cast<const sql::BindNode&>(value);
    if (!bind.name.empty() || bind.extra != sql::BindExtra{}) return false;
    taken = operand.expression->values[0].view();
    return true;
}

}  // namespace

RowValues::Cell RowValues::cell_of(const Assignment& assignment, std::size_t row) const {
    const sql::Operand operand = assignment.operand();
    const auto& node = static_cast<const sql::AssignmentNode&>(*operand.expression->node);
    const Attribute* const attribute = written_.assigned(node);
    if (!attribute)
        throw ArgumentError("row " + std::to_string(row + 1) +
                            " assigns a column that no member "
                            "of " +
                            written_.entity->describe() + " stands for");
    Cell cell{attribute, &assignment, false, {}};
    cell.is_expression = !take_value(operand, *node.value, cell.value);
    return cell;
}

const RowValues::Cell* RowValues::cell(std::size_t row, const Attribute& attribute) const {
    for (std::size_t i = first_cell_[row]; i < first_cell_[row + 1]; ++i)
        if (cells_[i].attribute == &attribute) return &cells_[i];
    return nullptr;
}

// --- what a row says -----------------------------------------------------------------------------

bool RowValues::says(std::size_t row, const Attribute& attribute) const {
    if (!holds_objects()) return cell(row, attribute) != nullptr;
    return given_.contains(attribute.index) || !attribute.is_unset(object(row));
}

AttributeSet RowValues::inserted(std::size_t row) const {
    AttributeSet set;
    if (!holds_objects()) {
        for (std::size_t i = first_cell_[row]; i < first_cell_[row + 1]; ++i)
            set.add(cells_[i].attribute->index);
        if (const Attribute* version = mapper().version()) set.add(version->index);
        return set;
    }
    const FlushStatements& statements = mapper().statements().flush;
    set = statements.always_given();
    for (const Attribute* attribute : statements.sometimes_given()) {
        const bool is_null = attribute->ops->accepts_null && !attribute->ops->is_maybe &&
                             !attribute->ops->is_deferred && (attribute->foreign || render_nulls_);
        if (attribute->is_version || is_null || says(row, *attribute)) set.add(attribute->index);
    }
    return set;
}

AttributeSet RowValues::updated(std::size_t row) const {
    AttributeSet set;
    for (const Attribute& attribute : mapper().attributes())
        if (attribute.key_position < 0 && !attribute.is_version && says(row, attribute))
            set.add(attribute.index);
    return set;
}

bool RowValues::has_expressions(std::size_t row) const {
    if (holds_objects()) return false;
    return std::any_of(cells_.begin() + static_cast<std::ptrdiff_t>(first_cell_[row]),
                       cells_.begin() + static_cast<std::ptrdiff_t>(first_cell_[row + 1]),
                       [](const Cell& one) { return one.is_expression; });
}

const Assignment* RowValues::expression(std::size_t row, const Attribute& attribute) const {
    if (holds_objects()) return nullptr;
    const Cell* const found = cell(row, attribute);
    return found && found->is_expression ? found->assignment : nullptr;
}

ValueView RowValues::value(std::size_t row, const Attribute& attribute) const {
    constexpr auto first_version = 1;
    if (holds_objects()) {
        const bool is_new =
            attribute.is_version && attribute.ops->is_zero(attribute.in(object(row)));
        return is_new ? ValueView::of_integer(first_version) : attribute.view(object(row));
    }
    const Cell* const found = cell(row, attribute);
    return found ? found->value : ValueView::of_integer(first_version);
}

}  // namespace azoth::inline v0::orm
