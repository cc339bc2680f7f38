// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/row_writer.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>

/// INSERTs of objects.
namespace azoth::inline v0::orm {
namespace {

class NewRows final : public driver::RowSource {
  public:
    NewRows(const InsertPlan& plan, std::span<Slot* const> slots) : plan_(plan), slots_(slots) {}
    bool next(ValueView* row) override {
        if (at_ == slots_.size()) return false;
        const void* const object = slots_[at_++]->object();
        for (const Attribute* attribute : plan_.given) *row++ = attribute->view(object);
        return true;
    }

  private:
    const InsertPlan& plan_;
    std::span<Slot* const> slots_;
    std::size_t at_ = 0;
};

/// Writes generated keys and defaults into the objects, in their order.
class MadeByDatabase final : public driver::RowSink {
  public:
    MadeByDatabase(FlushContext& context, const InsertPlan& plan, std::span<Slot* const> slots)
        : context_(context), plan_(plan), slots_(slots) {}
    void row(const ValueView* cells) override {
        if (at_ == slots_.size()) return;  // found by the count below
        Slot& slot = *slots_[at_++];
        for (const Attribute* attribute : plan_.returned) {
            const ValueView& cell = *cells++;
            if (attribute->generated && cell.is_null()) {  // a trigger has swallowed the row
                ++missing_;
                return;
            }
            take_returned(context_, slot, *attribute, cell);
        }
    }
    [[nodiscard]] std::size_t rows() const noexcept { return at_ - missing_; }

  private:
    FlushContext& context_;
    const InsertPlan& plan_;
    std::span<Slot* const> slots_;
    std::size_t at_ = 0;
    std::size_t missing_ = 0;
};

[[noreturn]] void throw_not_inserted(const Mapper& mapper, std::size_t expected,
                                     std::size_t found) {
    throw FlushError("INSERT into " + mapper.table().describe() + " of " +
                     std::to_string(expected) + " objects of " + mapper.class_name() + " made " +
                     std::to_string(found) + " rows: does a trigger of the database swallow some?");
}

}  // namespace

/// What the INSERT names: all that the object says something about.
AttributeSet RowWriter::given(const Mapper& mapper, Slot& slot) {
    const FlushStatements& statements = mapper.statements().flush;
    AttributeSet set = statements.always_given();
    const void* const object = slot.object();
    for (const Attribute* attribute : statements.sometimes_given()) {
        if (attribute->is_version) {
            if (attribute->ops->is_zero(attribute->in(object)))
                context_.write(slot, *attribute, ValueView::of_integer(1));
        } else if (attribute->is_unset(object)) {
            const bool is_null = attribute->foreign && attribute->ops->accepts_null;
            if (!is_null && !context_.session().is_given(slot, *attribute)) continue;
        }
        set.add(attribute->index);
    }
    return set;
}

void RowWriter::insert(const Mapper& mapper) {
    const std::span<Slot* const> all(inserts_);
    AttributeSet next = all.empty() ? AttributeSet() : given(mapper, *all.front());
    for (std::size_t begin = 0; begin != all.size();) {
        const AttributeSet set = next;
        std::size_t end = begin;
        // An object with expressions, or one that says nothing at all, goes by itself.
        const bool alone = set.empty() || all[begin]->is(mark::has_expressions);
        do {
            if (++end == all.size()) break;
            next = given(mapper, *all[end]);
        } while (!alone && next == set && !all[end]->is(mark::has_expressions));
        if (alone)
            insert_one(mapper, *all[begin], set);
        else
            insert_batch(mapper, all.subspan(begin, end - begin), set);
        begin = end;
    }
}

void RowWriter::insert_batch(const Mapper& mapper, std::span<Slot* const> slots,
                             const AttributeSet& set) {
    const auto plan = mapper.statements().flush.insert(mapper, set);
    NewRows rows(*plan, slots);
    MadeByDatabase made(context_, *plan, slots);
    context_.expect_writes(slots.size() * plan->returned.size());
    const bool wants_rows = !plan->returned.empty();
    const std::int64_t count = connection().execute_many(plan->statement, rows, plan->given.size(),
                                                         wants_rows ? &made : nullptr);
    const std::size_t found = wants_rows ? made.rows() : static_cast<std::size_t>(count);
    if (count >= 0 && found != slots.size()) throw_not_inserted(mapper, slots.size(), found);
}

void RowWriter::insert_one(const Mapper& mapper, Slot& slot, const AttributeSet& set) {
    CoreStatement statement = CoreStatement::insert(mapper.table());
    const AttributeExpressions* expressions = context_.expressions(slot);
    const auto is_expression = [&](const Attribute& attribute) {
        return expressions &&
               std::any_of(expressions->begin(), expressions->end(),
                           [&](const auto& entry) { return entry.first == &attribute; });
    };
    std::vector<const Attribute*> returned;
    for (const Attribute& attribute : mapper.attributes()) {
        const bool has_expression = is_expression(attribute);
        if (set.contains(attribute.index) && !has_expression) {
            statement.assign(*attribute.column, attribute.view(slot.object()));
        } else if (!attribute.ops->is_deferred || has_expression) {
            statement.column(sql::Clause::returning, attribute);
            returned.push_back(&attribute);
        }
    }
    if (expressions)
        for (const auto& [attribute, expression] : *expressions)
            statement.assign(*attribute->column, expression);
    engine::ResultCore result = connection().execute(statement, {});
    if (returned.empty()) return;
    if (!result.fetch()) throw_not_inserted(mapper, 1, 0);
    for (std::size_t i = 0; i < returned.size(); ++i)
        take_returned(context_, slot, *returned[i], result.cells()[i]);
}

}  // namespace azoth::inline v0::orm
