// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/orm/core_statement.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/stored_values.hpp>
#include <azoth/orm/synchronizer.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>
#include <functional>
#include <string>

namespace azoth::inline v0::orm {

using sql::Clause;
using sql::NodeKind;

Synchronizer::Synchronizer(SessionCore& session, const WrittenClass& written,
                           const sql::Statement& statement, const Parameters* parameters,
                           SynchronizeSession how, bool keeps_rows)
    : session_(session),
      written_(written),
      original_(statement),
      parameters_(parameters),
      deletes_(statement.node().kind == NodeKind::delete_) {
    if (how == SynchronizeSession::none) return;
    note_assigned();
    way_ = chosen(how, keeps_rows);
    switch (way_) {
        case Way::evaluated: evaluate(); break;
        case Way::fetched: extend(); break;
        case Way::selected: select_keys(); break;
        case Way::nothing:
        case Way::returned: break;
    }
}

void Synchronizer::note_assigned() {
    if (deletes_) return;
    for (const sql::Item& item : original_.node().items.of(Clause::assignment)) {
        const Attribute* const attribute =
            written_.assigned(static_cast<const sql::AssignmentNode&>(*item.node));
        if (!attribute) continue;  // no object shows it
        if (attribute->key_position >= 0)
            throw InvalidRequestError(
                "UPDATE of " + written_.entity->describe() + " sets " +
                written_.mapper->class_name() + "::" + attribute->name +
                ", by which the session knows its objects: set the member of the object, or say "
                "{.synchronize_session = SynchronizeSession::none}");
        assigned_.push_back(attribute);
    }
}

Synchronizer::Way Synchronizer::chosen(SynchronizeSession how, bool keeps_rows) {
    const bool nobody_here = session_.identities().is_empty(*written_.mapper);
    const bool returns = keeps_rows && written_.place_in_returning(original_.node());
    if (how != SynchronizeSession::evaluate) {
        if (returns) return Way::returned;
        if (nobody_here) return Way::nothing;
        if (how == SynchronizeSession::fetch) return fetching(keeps_rows);
    }
    lowered_ = session_.model().lower(original_.node());
    evaluator_.emplace(*written_.mapper, original_, *lowered_.statement, parameters_);
    if (!evaluator_->refusal().empty()) {
        require_evaluable(how);
        return fetching(keeps_rows);
    }
    return returns ? Way::returned : Way::evaluated;
}

void Synchronizer::require_evaluable(SynchronizeSession how) const {
    if (how != SynchronizeSession::evaluate) return;
    throw InvalidRequestError(
        "synchronize_session: the criteria on " + written_.entity->describe() +
        " can't be evaluated for the objects of the session: only the database knows what " +
        evaluator_->refusal() + " comes to. Use SynchronizeSession::fetch or automatic");
}

/// Rows of RETURNING whose types only the program knows, as it reads them, can't be read here.
Synchronizer::Way Synchronizer::fetching(bool keeps_rows) const {
    const sql::Capabilities& capabilities = session_.engine().dialect().capabilities();
    const bool can_return = capabilities.returning && (deletes_ || capabilities.update_returning);
    const bool is_free = keeps_rows || !original_.node().items.has(Clause::returning);
    return can_return && is_free ? Way::fetched : Way::selected;
}

// --- which objects -------------------------------------------------------------------------------

void Synchronizer::evaluate() {
    session_.identities().for_each(*written_.mapper, [&](Slot& slot) {
        // One that is expired is read again anyway, when it is looked at: to have the keys of all
        // rows returned for its sake could be as many as the table has.
        if (slot.state != ObjectState::persistent || (slot.attention & attention::expired) != 0)
            return;
        const Evaluator::Match match = evaluator_->matches(slot);
        if (match != Evaluator::Match::no)
            matched_.push_back({&slot, match == Evaluator::Match::yes});
    });
}

void Synchronizer::extend() {
    extended_.emplace(original_);
    for (const Attribute* key : written_.mapper->key()) extended_->add_returning(*key);
    for (const Attribute* attribute : assigned_) extended_->add_returning(*attribute);
}

void Synchronizer::take(const ValueView* cells) {
    const std::size_t keys = written_.mapper->key().size();
    Slot* const slot = session_.identities().find(*written_.mapper, {cells, keys});
    if (!slot) return;
    Matched& matched = matched_.emplace_back(Matched{slot, true});
    for (std::size_t i = 0; i < assigned_.size(); ++i) matched.values.emplace_back(cells[keys + i]);
}

namespace {

bool mentions(const sql::Node& node, std::string_view parameter) {
    if (node.kind == NodeKind::bind)
        return static_cast<const sql::BindNode&>(node).name == parameter;
    bool found = false;
    sql::for_each_child(
        node, [&](const sql::Node& child) { found = found || mentions(child, parameter); });
    return found;
}

/// SELECT of the keys of the rows that a statement is about.
ExtendedStatement select_of_keys(const Mapper& mapper, const sql::Statement& original) {
    ExtendedStatement select(make_ref<sql::StatementNode>(NodeKind::select));
    for (const Attribute* key : mapper.key())
        select.add_item({.node = sql::NodeRef(key->column),
                         .clause = Clause::column,
                         .wanted = key->ops->kind});
    std::size_t first = 0;
    for (const sql::Item& item : original.node().items.all()) {
        if (item.clause == Clause::with || item.clause == Clause::where) {
            Values values;
            for (std::size_t i = 0; i < item.values; ++i) values.push(original.values()[first + i]);
            select.add_item(sql::Item(item), std::move(values));
        }
        first += item.values;
    }
    return select;
}

bool moves_links(const std::vector<const Attribute*>& assigned) {
    return std::any_of(assigned.begin(), assigned.end(),
                       [](const Attribute* attribute) { return attribute->foreign; });
}

/// SELECT of the keys of so many rows, and of what was assigned in them.
CoreStatement select_of_assigned(const Mapper& mapper,
                                 const std::vector<const Attribute*>& assigned, std::size_t rows) {
    CoreStatement select = CoreStatement::select();
    std::vector<const sql::ColumnNode*> columns;
    for (const Attribute* key : mapper.key()) {
        select.column(Clause::column, *key);
        columns.push_back(key->column.get());
    }
    for (const Attribute* attribute : assigned) select.column(Clause::column, *attribute);
    select.where_one_of(columns, rows);
    return select;
}

}  // namespace

void Synchronizer::select_keys() {
    const ExtendedStatement select = select_of_keys(*written_.mapper, original_);
    Parameters needed;
    if (parameters_)
        for (const NamedArgument& parameter : *parameters_)
            if (mentions(select.node(), parameter.name)) needed.push_back(parameter);
    engine::ResultCore result = session_.connection().execute(select, &needed);
    const std::size_t keys = written_.mapper->key().size();
    while (result.fetch())
        if (Slot* slot = session_.identities().find(*written_.mapper, {result.cells(), keys}))
            matched_.push_back({slot, true});
}

/// Where a foreign key has changed without RETURNING: an object that is read again when it is
/// looked at would be too late for the collections that it has moved between.
void Synchronizer::read_back() {
    constexpr std::size_t at_once = 500;
    std::sort(matched_.begin(), matched_.end(),
              [](const Matched& a, const Matched& b) { return std::less<>{}(a.slot, b.slot); });
    for (std::size_t first = 0; first < matched_.size(); first += at_once)
        read_back(std::span(matched_).subspan(first, std::min(at_once, matched_.size() - first)));
}

void Synchronizer::read_back(std::span<Matched> some) {
    const Mapper& mapper = *written_.mapper;
    std::vector<ValueView> values;
    for (const Matched& matched : some)
        for (const Attribute* key : mapper.key())
            values.push_back(known_value(*matched.slot, *key));
    const CoreStatement select = select_of_assigned(mapper, assigned_, some.size()).with(values);
    engine::ResultCore result = session_.connection().execute(select, {});
    const std::size_t keys = mapper.key().size();
    while (result.fetch()) {
        Slot* const slot = session_.identities().find(mapper, {result.cells(), keys});
        const auto at = std::lower_bound(some.begin(), some.end(), slot,
                                         [](const Matched& matched, Slot* looked_for) {
                                             return std::less<>{}(matched.slot, looked_for);
                                         });
        if (at == some.end() || at->slot != slot) continue;
        for (std::size_t i = 0; i < assigned_.size(); ++i)
            at->values.emplace_back(result.cells()[keys + i]);
    }
}

// --- objects that are returned -------------------------------------------------------------------

Slot* Synchronizer::moved_object(const LoadPlan::Entry& entry, const ValueView* row) const {
    if (!moves_links(assigned_) || way_ != Way::returned) return nullptr;
    const KeyBuffer key = key_in(entry, row + entry.first_cell);
    return key.size() == 0 ? nullptr : session_.identities().find(*written_.mapper, key);
}

void Synchronizer::move_links(Slot& slot) const {
    std::vector<RowEffects::Written> written;
    written.reserve(assigned_.size());
    for (const Attribute* attribute : assigned_) written.push_back({attribute});
    RowEffects(session_, *written_.mapper).move_links(slot, written);
}

// --- what becomes of them ------------------------------------------------------------------------

void Synchronizer::finish() {
    if (matched_.empty()) return;
    if (way_ == Way::selected && moves_links(assigned_)) read_back();
    RowEffects effects(session_, *written_.mapper);
    for (Matched& matched : matched_) {
        if (!deletes_)
            finish_update(matched, effects);
        else if (matched.surely)
            effects.remove(*matched.slot);
        else
            matched.slot->require(attention::expired | attention::cold);
    }
}

void Synchronizer::finish_update(Matched& matched, RowEffects& effects) {
    std::vector<RowEffects::Written> written;
    written.reserve(assigned_.size());
    for (std::size_t i = 0; i < assigned_.size(); ++i) {
        RowEffects::Written& one = written.emplace_back(RowEffects::Written{assigned_[i]});
        if (!matched.values.empty()) {
            one.value = std::move(matched.values[i]);
            continue;
        }
        const Answer answer = way_ == Way::evaluated && matched.surely
                                  ? evaluator_->assigned_value(i, *matched.slot)
                                  : Answer::unknown();
        auto stored = answer.known ? stored_value(*assigned_[i], answer.value) : std::nullopt;
        one.known = stored.has_value();
        if (stored) one.value = std::move(*stored);
    }
    effects.update(*matched.slot, written);
}

}  // namespace azoth::inline v0::orm
