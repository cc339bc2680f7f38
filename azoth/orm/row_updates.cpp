// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/row_writer.hpp>

#include <algorithm>
#include <optional>

/// UPDATEs of objects.
namespace azoth::inline v0::orm {
namespace {

/// The version that an update makes of the one that was read.
ValueView next_version(const ValueView& known) {
    return ValueView::of_integer(known.is_null() ? 1 : known.integer + 1);
}

/// The part of a key that an UPDATE leaves its row with.
ValueView key_after(const Attribute& key, const Slot& slot,
                    const AttributeExpressions& expressions) {
    for (const auto& [attribute, expression] : expressions) {
        if (attribute != &key) continue;
        if (expression.node->kind == sql::NodeKind::bind && expression.values.size() == 1)
            return expression.values[0].view();
        throw UnsupportedCompilationError(
            mapper_of(slot).class_name() + "::" + key.name +
            " is a key, and this database can't say what an expression makes of it (it has no "
            "UPDATE … RETURNING): set it to a value");
    }
    return key.view(slot.object());
}

/// What an UPDATE without RETURNING has made of the expressions.
CoreStatement select_expressions(const Mapper& mapper, const Slot& slot,
                                 const AttributeExpressions& expressions) {
    CoreStatement statement = CoreStatement::select();
    for (const auto& entry : expressions) statement.column(sql::Clause::column, *entry.first);
    for (const Attribute* key : mapper.key())
        statement.where_equal(*key->column, key_after(*key, slot, expressions));
    return statement;
}

}  // namespace

// --- what has changed ----------------------------------------------------------------------------

void RowWriter::note_change(const Mapper& mapper, Slot& slot) {
    Change change{&slot, &slot, {}};
    if (slot.image)
        for (const Attribute& attribute : mapper.attributes())
            if (!attribute.is_version && attribute.ops->is_set(attribute.in(slot.object())) &&
                !(*slot.image)[attribute.index].same(attribute.view(slot.object())))
                change.changed.add(attribute.index);
    if (!change.changed.empty() || slot.is(mark::has_expressions))
        changes_.push_back(std::move(change));
}

/// A new object takes over the row of a deleted one: what it says nothing about stays as it is
/// there.
void RowWriter::note_switch(const Mapper& mapper, Slot& slot, Slot& base) {
    context_.open(base);
    const Image& image = context_.session().image_of(base);
    Change change{&slot, &base, {}};
    for (const Attribute& attribute : mapper.attributes()) {
        if (attribute.is_version) {
            context_.write(slot, attribute, image[attribute.index].view());
            continue;
        }
        const bool is_null = attribute.foreign && attribute.ops->accepts_null;
        if (attribute.is_unset(slot.object()) && !is_null) {
            if (!attribute.ops->is_deferred)
                context_.write(slot, attribute, image[attribute.index].view());
        } else if (!image[attribute.index].same(attribute.view(slot.object()))) {
            change.changed.add(attribute.index);
        }
    }
    if (!change.changed.empty() || slot.is(mark::has_expressions))
        changes_.push_back(std::move(change));
}

// --- batches -------------------------------------------------------------------------------------

void RowWriter::update(const Mapper& mapper) {
    // Always in the order of keys: two sessions that update the same rows don't block each other.
    if (mapper.has_integer_key()) {
        const Attribute& key = *mapper.key().front();
        const auto before = [&](const Change& a, const Change& b) {
            return known_value(*a.base, key).integer < known_value(*b.base, key).integer;
        };
        if (!std::is_sorted(changes_.begin(), changes_.end(), before))
            std::sort(changes_.begin(), changes_.end(), before);
    }
    const std::span<const Change> all(changes_);
    for (std::size_t begin = 0; begin != all.size();) {
        std::size_t end = begin + 1;
        if (all[begin].slot->is(mark::has_expressions)) {
            update_one(mapper, all[begin]);
        } else {
            while (end != all.size() && all[end].changed == all[begin].changed &&
                   !all[end].slot->is(mark::has_expressions))
                ++end;
            update_batch(mapper, all.subspan(begin, end - begin), mapper.version() != nullptr);
        }
        begin = end;
    }
}

void RowWriter::update_batch(const Mapper& mapper, std::span<const Change> changes,
                             bool counts_version) {
    class Rows final : public driver::RowSource {
      public:
        Rows(FlushContext& context, const Mapper& mapper, const UpdatePlan& plan,
             std::span<const Change> changes)
            : context_(context), mapper_(mapper), plan_(plan), changes_(changes) {}
        bool next(ValueView* row) override {
            if (at_ == changes_.size()) return false;
            const Change& change = changes_[at_++];
            Slot& slot = *change.slot;
            for (const Attribute* attribute : plan_.changed)
                *row++ = attribute->view(slot.object());
            const Attribute* const version = plan_.counts_version ? mapper_.version() : nullptr;
            if (version) {
                context_.write(slot, *version, next_version(known_value(*change.base, *version)));
                *row++ = version->view(slot.object());
            }
            for (const Attribute* key : mapper_.key())
                *row++ = change.base ? known_value(*change.base, *key) : key->view(slot.object());
            if (version) *row = known_value(*change.base, *version);
            return true;
        }

      private:
        FlushContext& context_;
        const Mapper& mapper_;
        const UpdatePlan& plan_;
        std::span<const Change> changes_;
        std::size_t at_ = 0;
    };

    const auto plan =
        mapper.statements().flush.update(mapper, changes.front().changed, counts_version);
    Rows rows(context_, mapper, *plan, changes);
    OneRowEach counts;
    const std::int64_t found = connection().execute_many(plan->statement, rows, plan->parameters,
                                                         &counts, counted_by_key(changes.size()));
    if (!counts.failed()) return;
    if (!counts.knows_which()) throw_stale("UPDATE", mapper, changes.size(), found);
    const Change& failed = changes[counts.failed_at()];
    throw_stale("UPDATE", failed.base ? *failed.base : *failed.slot, counts.found());
}

/// An object with SQL expressions: what they come to is read back.
void RowWriter::update_one(const Mapper& mapper, const Change& change) {
    Slot& slot = *change.slot;
    CoreStatement statement = CoreStatement::update(mapper.table());
    const AttributeExpressions& expressions = *context_.expressions(slot);
    const auto is_expression = [&](const Attribute& attribute) {
        return std::any_of(expressions.begin(), expressions.end(),
                           [&](const auto& entry) { return entry.first == &attribute; });
    };
    for (const Attribute& attribute : mapper.attributes())
        if (change.changed.contains(attribute.index) && !is_expression(attribute))
            statement.assign(*attribute.column, attribute.view(slot.object()));
    const bool returns = context_.session().engine().dialect().capabilities().update_returning;
    for (const auto& [attribute, expression] : expressions) {
        statement.assign(*attribute->column, expression);
        if (returns) statement.column(sql::Clause::returning, *attribute);
    }
    const Attribute* const version = mapper.version();
    if (version) {
        context_.write(slot, *version, next_version(known_value(*change.base, *version)));
        statement.assign(*version->column, version->view(slot.object()));
    }
    for (const Attribute* key : mapper.key())
        statement.where_equal(*key->column, known_value(*change.base, *key));
    if (version) statement.where_equal(*version->column, known_value(*change.base, *version));

    std::optional<CoreStatement> reads_back;  // made first: it may refuse
    if (!returns) reads_back = select_expressions(mapper, slot, expressions);
    engine::ResultCore result = connection().execute(statement, {});
    if (reads_back && result.rowcount == 1) result = connection().execute(*reads_back, {});
    if (!result.fetch()) throw_stale("UPDATE", *change.base, 0);
    for (std::size_t i = 0; i < expressions.size(); ++i)
        take_returned(context_, slot, *expressions[i].first, result.cells()[i]);
}

// --- foreign keys of rows that refer to each other
// ------------------------------------------------

void RowWriter::note_fill_in(Slot& slot, const Relationship& relationship) {
    fill_ins_.push_back({&slot, &relationship});
}

void RowWriter::note_clear_out(Slot& slot, const Relationship& relationship) {
    clear_outs_.push_back({&slot, &relationship});
}

void RowWriter::post_update(const Mapper& mapper, std::vector<PostUpdate>& updates) {
    changes_.clear();
    for (const auto& [slot, relationship] : updates) {
        if (&mapper_of(*slot) != &mapper) continue;
        const bool goes = FlushSet::is_removed(*slot);
        const auto known = std::find_if(changes_.begin(), changes_.end(),
                                        [&](const Change& change) { return change.slot == slot; });
        Change& change = known != changes_.end()
                             ? *known
                             : changes_.emplace_back(Change{slot, goes ? slot : nullptr, {}});
        for (const auto& pair : relationship->pairs) {
            const Attribute& foreign_key =
                relationship->direction == Direction::many_to_one ? *pair.local : *pair.remote;
            const bool unchanged =
                slot->state == ObjectState::persistent && slot->image &&
                (*slot->image)[foreign_key.index].same(foreign_key.view(slot->object()));
            if (!unchanged) change.changed.add(foreign_key.index);
        }
    }
    std::erase_if(updates,
                  [&](const PostUpdate& update) { return &mapper_of(*update.slot) == &mapper; });
    std::erase_if(changes_, [](const Change& change) { return change.changed.empty(); });
    const std::span<const Change> all(changes_);
    for (std::size_t begin = 0, end = 0; begin != all.size(); begin = end) {
        while (end != all.size() && all[end].changed == all[begin].changed) ++end;
        update_batch(mapper, all.subspan(begin, end - begin), false);
    }
}

}  // namespace azoth::inline v0::orm
