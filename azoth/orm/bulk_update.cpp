// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/bulk_update.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/flush_context.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/stored_values.hpp>
#include <azoth/schema/table_object.hpp>

#include <string>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

using sql::Clause;

std::int64_t BulkUpdate::run() {
    check_statement();
    check_keys();
    try {
        for (std::size_t row = 0; row != rows_.size();) {
            const AttributeSet set = rows_.updated(row);
            if (set.empty())
                ++row;  // it says nothing but which row it is
            else if (rows_.has_expressions(row))
                update_one(row++, set);
            else
                row += update_batch(row, set);
        }
    } catch (...) {
        // Some rows may be written. A rollback would make the objects be read again anyway.
        RowEffects(session_, rows_.mapper()).expire_all();
        throw;
    }
    return count_;
}

void BulkUpdate::check_statement() const {
    for (const auto& [clause, word] :
         {std::pair{Clause::where, "where()"}, std::pair{Clause::assignment, "values()"},
          std::pair{Clause::returning, "returning()"}})
        if (original_.node().items.has(clause))
            throw InvalidRequestError(
                "UPDATE of class " + rows_.mapper().class_name() +
                " by rows finds each row by its key and sets what the row says: it takes no " +
                word);
}

void BulkUpdate::check_keys() const {
    for (std::size_t row = 0; row < rows_.size(); ++row)
        for (const Attribute* key : rows_.mapper().key()) {
            if (rows_.says(row, *key) && !rows_.expression(row, *key) &&
                !rows_.value(row, *key).is_null())
                continue;
            throw ArgumentError(orm::describe(rows_.mapper(), *key) + " is not set in " +
                                rows_.describe(row, "update") +
                                ": an UPDATE by rows finds them by their keys");
        }
}

/// A row that knows its version is only changed if it is still that one.
bool BulkUpdate::counts_version(std::size_t row) const {
    const Attribute* const version = rows_.mapper().version();
    return version && rows_.says(row, *version) && rows_.value(row, *version).kind == Kind::int64;
}

// --- batches -------------------------------------------------------------------------------------

/// Rows from one on, as far as they set the same columns.
class BulkUpdate::Source final : public driver::RowSource {
  public:
    Source(const BulkUpdate& update, const UpdatePlan& plan, std::size_t first,
           const AttributeSet& set)
        : update_(update),
          rows_(update.rows_),
          plan_(plan),
          set_(set),
          first_(first),
          next_(first) {}
    bool next(ValueView* row) override {
        if (next_ == rows_.size() || (next_ != first_ && !fits())) return false;
        for (const Attribute* attribute : plan_.changed) *row++ = rows_.value(next_, *attribute);
        const Attribute* const version = plan_.counts_version ? rows_.mapper().version() : nullptr;
        if (version) *row++ = ValueView::of_integer(rows_.value(next_, *version).integer + 1);
        for (const Attribute* key : rows_.mapper().key()) *row++ = rows_.value(next_, *key);
        if (version) *row = rows_.value(next_, *version);
        ++next_;
        return true;
    }
    [[nodiscard]] std::size_t taken() const noexcept { return next_ - first_; }

  private:
    [[nodiscard]] bool fits() const {
        return !rows_.has_expressions(next_) && rows_.updated(next_) == set_ &&
               update_.counts_version(next_) == plan_.counts_version;
    }

    const BulkUpdate& update_;
    const RowValues& rows_;
    const UpdatePlan& plan_;
    const AttributeSet& set_;
    const std::size_t first_;
    std::size_t next_;
};

std::size_t BulkUpdate::update_batch(std::size_t row, const AttributeSet& set) {
    const auto plan =
        rows_.mapper().statements().flush.update(rows_.mapper(), set, counts_version(row));
    Source source(*this, *plan, row, set);
    OneRowEach counts;
    const std::int64_t found = session_.connection().execute_many(
        plan->statement, source, plan->parameters, &counts, counted_by_key(rows_.size() - row));
    if (counts.failed() && !counts.knows_which())
        orm::throw_stale("UPDATE", rows_.mapper(), source.taken(), found);
    if (counts.failed()) throw_stale(row + counts.failed_at(), counts.found());
    RowEffects effects(session_, rows_.mapper());
    for (std::size_t i = 0; i < source.taken(); ++i) follow(row + i, set, effects);
    count_ += static_cast<std::int64_t>(source.taken());
    return source.taken();
}

void BulkUpdate::update_one(std::size_t row, const AttributeSet& set) {
    const Mapper& mapper = rows_.mapper();
    ExtendedStatement statement(original_);
    for (const Attribute& attribute : mapper.attributes()) {
        if (!set.contains(attribute.index)) continue;
        if (const Assignment* expression = rows_.expression(row, attribute))
            statement.add_assignment(expression->operand());
        else
            statement.add_value(attribute, rows_.value(row, attribute));
    }
    for (const Attribute* key : mapper.key()) statement.add_equal(*key, rows_.value(row, *key));
    if (counts_version(row)) {
        const ValueView known = rows_.value(row, *mapper.version());
        statement.add_value(*mapper.version(), ValueView::of_integer(known.integer + 1));
        statement.add_equal(*mapper.version(), known);
    }
    const engine::ResultCore result = session_.connection().execute(statement, nullptr);
    if (result.rowcount != 1) throw_stale(row, result.rowcount);
    RowEffects effects(session_, mapper);
    follow(row, set, effects);
    ++count_;
}

// --- objects of the session ----------------------------------------------------------------------

void BulkUpdate::follow(std::size_t row, const AttributeSet& set, RowEffects& effects) {
    const Mapper& mapper = rows_.mapper();
    if (session_.identities().is_empty(mapper)) return;
    KeyBuffer key;
    for (const Attribute* attribute : mapper.key()) key.push_back(rows_.value(row, *attribute));
    for (std::size_t i = 0; i < key.size(); ++i)  // a 7.0 is no key that an object is known by
        if (key[i].kind != mapper.key()[i]->ops->kind) return effects.expire_all();
    Slot* const slot = session_.identities().find(mapper, key);
    if (!slot || slot->state != ObjectState::persistent ||
        (slot->attention & attention::expired) != 0)
        return;
    std::vector<RowEffects::Written> written;
    for (const Attribute& attribute : mapper.attributes()) {
        if (!set.contains(attribute.index)) continue;
        RowEffects::Written& one = written.emplace_back(RowEffects::Written{&attribute});
        auto stored = rows_.expression(row, attribute)
                          ? std::nullopt
                          : stored_value(attribute, rows_.value(row, attribute));
        one.known = stored.has_value();
        if (stored) one.value = std::move(*stored);
    }
    if (counts_version(row)) {
        const std::int64_t before = rows_.value(row, *mapper.version()).integer;
        written.push_back({mapper.version(), Value(ValueView::of_integer(before + 1))});
    }
    effects.update(*slot, written);
}

void BulkUpdate::throw_stale(std::size_t row, std::int64_t found) const {
    const Mapper& mapper = rows_.mapper();
    std::string key;
    for (const Attribute* attribute : mapper.key())
        key += (key.empty() ? "" : ", ") + to_display(rows_.value(row, *attribute));
    std::string text = "UPDATE of " + mapper.class_name() + "(" + key + ")";
    if (counts_version(row)) text += ", version " + to_display(rows_.value(row, *mapper.version()));
    throw StaleDataError(text + ", " + rows_.describe(row, "update") + ": expected 1 row of " +
                         mapper.table().describe() + ", found " + std::to_string(found));
}

}  // namespace azoth::inline v0::orm
