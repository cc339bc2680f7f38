// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/bulk_insert.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/flush_context.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/orm/stored_values.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {

using sql::Clause;
using sql::NodeRef;

BulkInsert::BulkInsert(SessionCore& session, const sql::Statement& statement, const RowValues& rows,
                       const ExecutionOptions& options, ObjectSink* sink)
    : session_(session),
      original_(statement),
      rows_(rows),
      lowered_(session.model().lower(statement.node())) {
    if (sink)
        delivery_.emplace(session,
                          Ref<const LoadPlan>(static_cast<const LoadPlan*>(lowered_.plan.get())),
                          LoadRun{.populate_existing = options.populate_existing}, *sink);
}

std::int64_t BulkInsert::run() {
    note_fixed();
    check_rows();
    completes_ = knows_what_is_returned();
    for (std::size_t row = 0; row != rows_.size();) {
        const AttributeSet set = named(row);
        // One with expressions, or that says nothing at all, goes by itself.
        if (set.empty() || rows_.has_expressions(row))
            insert_one(row++, set);
        else
            row += insert_batch(row, set);
    }
    if (delivery_) delivery_->finish(true);
    return count_;
}

// --- what is known before any SQL ----------------------------------------------------------------

/// What `.values(…)` of the statement says holds for all rows.
void BulkInsert::note_fixed() {
    const auto& items = lowered_.statement->items;
    if (items.has(Clause::row) || items.has(Clause::source))
        throw ArgumentError("rows are given to an INSERT into class " +
                            rows_.mapper().class_name() +
                            " that has several values() or a SELECT already");
    for (const sql::Item& item : items.of(Clause::assignment)) {
        const auto& assignment = static_cast<const sql::AssignmentNode&>(*item.node);
        if (const Attribute* attribute = rows_.mapper().attribute_of(*assignment.column))
            fixed_.add(attribute->index);
    }
}

void BulkInsert::check_rows() {
    rows_.require_foreign_keys(fixed_);
    for (const Attribute& attribute : rows_.mapper().attributes()) {
        if (!rows_.are_partial() || !fixed_.contains(attribute.index)) continue;
        for (std::size_t row = 0; row < rows_.size(); ++row)
            if (rows_.says(row, attribute))
                throw ArgumentError(orm::describe(rows_.mapper(), attribute) +
                                    " is assigned by the statement's values() and by " +
                                    rows_.describe(row, "insert"));
    }
    const sql::StatementNode& statement = *lowered_.statement;
    if (statement.on_conflict == sql::OnConflict::do_update &&
        !statement.items.has(Clause::conflict_set) && rows_.size() != 0)
        derive_conflict_set();
}

AttributeSet BulkInsert::named(std::size_t row) const {
    AttributeSet set = rows_.inserted(row);
    if (fixed_.empty()) return set;
    AttributeSet open;
    for (const Attribute& attribute : rows_.mapper().attributes())
        if (set.contains(attribute.index) && !fixed_.contains(attribute.index))
            open.add(attribute.index);
    return open;
}

/// An upsert that doesn't say what it sets sets what every row says something about, but for the
/// key and what the conflict is about. A row that says less would set members to the defaults of
/// new rows.
void BulkInsert::derive_conflict_set() {
    const AttributeSet first = named(0);
    for (std::size_t row = 1; row < rows_.size(); ++row)
        if (named(row) != first) throw_disagreement(row, first);
    const auto targets = lowered_.statement->items.of(Clause::conflict_target);
    for (const Attribute& attribute : rows_.mapper().attributes()) {
        const bool is_target = std::any_of(
            targets.begin(), targets.end(),
            [&](const sql::Item& item) { return item.node.get() == attribute.column.get(); });
        if (first.contains(attribute.index) && !is_target && attribute.key_position < 0 &&
            !attribute.is_version)
            conflict_set_.push_back(&attribute);
    }
    if (conflict_set_.empty())
        throw ArgumentError("on_conflict_do_update(): the rows of " + rows_.mapper().class_name() +
                            " say nothing but what the conflict is about: say "
                            "on_conflict_do_nothing(), or what is to be set");
}

void BulkInsert::throw_disagreement(std::size_t row, const AttributeSet& first) const {
    const AttributeSet other = named(row);
    for (const Attribute& attribute : rows_.mapper().attributes()) {
        const bool in_first = first.contains(attribute.index);
        if (in_first == other.contains(attribute.index)) continue;
        throw ArgumentError(
            "on_conflict_do_update(): " + orm::describe(rows_.mapper(), attribute) + " is set in " +
            rows_.describe(in_first ? 0 : row, "insert") + " and not in " +
            rows_.describe(in_first ? row : 0, "insert") +
            ": set it in every row, name it with given<…> if its zero is meant, or say what the "
            "update sets");
    }
    throw ArgumentError("on_conflict_do_update(): the rows set different columns");
}

// --- batches -------------------------------------------------------------------------------------

/// The statement with columns whose values come with each row, in front of those that are the same
/// in all.
ExtendedStatement BulkInsert::statement_for(const AttributeSet& set) const {
    const auto all = lowered_.statement->items.all();
    std::vector<sql::Item> items;
    items.reserve(all.size() + rows_.mapper().attributes().size());
    items.push_back(all.front());
    for (const Attribute& attribute : rows_.mapper().attributes())
        if (set.contains(attribute.index))
            items.push_back({.node = make_ref<sql::AssignmentNode>(attribute.column, NodeRef()),
                             .clause = Clause::assignment});
    const bool asks = completes_ && !set.empty();
    for (const sql::Item& item : all.subspan(1))
        if (!asks || item.clause != Clause::returning) items.push_back(item);
    if (asks)
        for (const Attribute* attribute : asked(set))
            items.push_back({.node = NodeRef(attribute->column),
                             .clause = Clause::returning,
                             .wanted = attribute->ops->kind});
    for (const Attribute* attribute : conflict_set_)
        items.push_back({.node = make_ref<sql::AssignmentNode>(
                             attribute->column, make_ref<sql::ExcludedNode>(attribute->column)),
                         .clause = Clause::conflict_set});
    return ExtendedStatement(with_items(*lowered_.statement, std::move(items)), original_.values());
}

/// Rows from one on, as far as they say something about the same columns. Each is looked at once,
/// when its turn has come.
class BulkInsert::Source final : public driver::RowSource {
  public:
    Source(const BulkInsert& insert, std::size_t first, const AttributeSet& set)
        : insert_(insert), rows_(insert.rows_), set_(set), first_(first), next_(first) {
        for (const Attribute& attribute : rows_.mapper().attributes())
            if (set.contains(attribute.index)) attributes_.push_back(&attribute);
    }
    bool next(ValueView* row) override {
        if (next_ == rows_.size()) return false;
        if (next_ != first_ && (rows_.has_expressions(next_) || insert_.named(next_) != set_))
            return false;
        for (const Attribute* attribute : attributes_) *row++ = rows_.value(next_, *attribute);
        ++next_;
        return true;
    }
    [[nodiscard]] std::size_t columns() const noexcept { return attributes_.size(); }
    [[nodiscard]] std::size_t first() const noexcept { return first_; }
    [[nodiscard]] std::size_t taken() const noexcept { return next_ - first_; }

  private:
    const BulkInsert& insert_;
    const RowValues& rows_;
    const AttributeSet& set_;
    const std::size_t first_;
    std::size_t next_;
    std::vector<const Attribute*> attributes_;
};

std::size_t BulkInsert::insert_batch(std::size_t row, const AttributeSet& set) {
    Source source(*this, row, set);
    if (completes_) {
        insert_completed(source, set);
    } else {
        const std::int64_t count = session_.connection().execute_many(
            statement_for(set), source, source.columns(), delivery_ ? &*delivery_ : nullptr);
        count_ += std::max<std::int64_t>(count, 0);
    }
    return source.taken();
}

// --- returned objects ----------------------------------------------------------------------------

/// New rows hold what they are given, so that of objects only the rest needs to be returned, as in
/// a flush: to return whole rows costs SQLite four times the INSERT.
bool BulkInsert::knows_what_is_returned() const {
    const sql::StatementNode& statement = original_.node();
    return delivery_ && delivery_->plan() && !rows_.are_partial() && fixed_.empty() &&
           statement.on_conflict == sql::OnConflict::fail &&
           statement.items.of(Clause::returning).size() == 1;
}

/// What the database is asked for.
std::vector<const Attribute*> BulkInsert::asked(const AttributeSet& set) const {
    std::vector<const Attribute*> attributes;
    for (const LoadPlan::Member& member : delivery_->plan()->entries.front().members)
        if (!set.contains(member.attribute->index) || may_be_rewritten(*member.attribute))
            attributes.push_back(member.attribute);
    return attributes.empty() ? rows_.mapper().key() : attributes;
}

/// Puts together what the rows hold and what the database adds.
class BulkInsert::Completed final : public driver::RowSink {
  public:
    Completed(RowDelivery& delivery, const RowValues& rows, std::size_t first,
              const std::vector<const Attribute*>& asked)
        : delivery_(delivery), rows_(rows), next_(first) {
        for (const LoadPlan::Member& member : delivery.plan()->entries.front().members) {
            const auto found = std::find(asked.begin(), asked.end(), member.attribute);
            sources_.push_back(
                {member.attribute, found == asked.end() ? -1 : found - asked.begin()});
        }
        cells_.resize(sources_.size());
    }
    void row(const ValueView* cells) override {
        if (next_ == rows_.size()) return;  // found by the count of rows
        for (std::size_t i = 0; i < sources_.size(); ++i) {
            const auto& [attribute, cell] = sources_[i];
            if (cell >= 0 && attribute->generated && cells[cell].is_null())
                return;  // there is no row; found by the count, too
            cells_[i] = cell >= 0 ? cells[cell] : rows_.value(next_, *attribute);
        }
        delivery_.row(cells_.data());
        ++next_;
    }
    [[nodiscard]] std::size_t next() const noexcept { return next_; }

  private:
    RowDelivery& delivery_;
    const RowValues& rows_;
    std::size_t next_;
    std::vector<std::pair<const Attribute*, std::ptrdiff_t>> sources_;
    std::vector<ValueView> cells_;
};

void BulkInsert::insert_completed(Source& source, const AttributeSet& set) {
    const auto returned = asked(set);
    Completed completed(*delivery_, rows_, source.first(), returned);
    const std::int64_t count = session_.connection().execute_many(statement_for(set), source,
                                                                  source.columns(), &completed);
    const std::size_t made = completed.next() - source.first();
    if (made != source.taken())
        throw FlushError("INSERT of " + std::to_string(source.taken()) + " objects of " +
                         rows_.mapper().class_name() + " made " + std::to_string(made) +
                         " rows: does a trigger of the database swallow some?");
    count_ += std::max<std::int64_t>(count, 0);
}

void BulkInsert::insert_one(std::size_t row, const AttributeSet& set) {
    ExtendedStatement statement = statement_for({});
    for (const Attribute& attribute : rows_.mapper().attributes()) {
        if (!set.contains(attribute.index)) continue;
        if (const Assignment* expression = rows_.expression(row, attribute))
            statement.add_assignment(expression->operand());
        else
            statement.add_value(attribute, rows_.value(row, attribute));
    }
    engine::ResultCore result = session_.connection().execute(statement, nullptr);
    while (delivery_ && result.fetch()) delivery_->row(result.cells());
    count_ += std::max<std::int64_t>(result.rowcount, 0);
}

}  // namespace azoth::inline v0::orm
