// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/row_writer.hpp>
#include <azoth/orm/scratch.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>

/// INSERTs of objects.
namespace azoth::inline v0::orm {
namespace {

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
    for (const Attribute* attribute : statements.sometimes_given())
        if (is_given(slot, *attribute)) set.add(attribute->index);
    return set;
}

/// Whether the object says something about the column. A version begins at 1.
bool RowWriter::is_given(Slot& slot, const Attribute& attribute) {
    const void* const object = slot.object();
    if (attribute.is_version) {
        if (attribute.ops->is_zero(attribute.in(object)))
            context_.write(slot, attribute, ValueView::of_integer(1));
        return true;
    }
    if (!attribute.is_unset(object)) return true;
    const bool is_null = attribute.foreign && attribute.ops->accepts_null;
    return is_null || context_.session().is_given(slot, attribute);
}

/// The first of the objects, as far as the same INSERT serves them. Each is looked at but once,
/// when its turn has come.
class RowWriter::NewRows final : public driver::RowSource {
  public:
    NewRows(RowWriter& writer, const Mapper& mapper, const InsertPlan& plan,
            std::span<Slot* const> slots, const AttributeSet& set)
        : writer_(writer),
          sometimes_given_(mapper.statements().flush.sometimes_given()),
          plan_(plan),
          slots_(slots),
          set_(set) {}
    bool next(ValueView* row) override {
        if (taken_ == slots_.size()) return false;
        fetch_ahead(slots_, taken_);
        Slot& slot = *slots_[taken_];
        if (taken_ != 0 && !fits(slot)) return false;
        ++taken_;
        const void* const object = slot.object();
        for (const Attribute* attribute : plan_.given) *row++ = attribute->view(object);
        return true;
    }
    [[nodiscard]] std::span<Slot* const> taken() const noexcept { return slots_.first(taken_); }

  private:
    [[nodiscard]] bool fits(Slot& slot) const {
        if (slot.is(mark::has_expressions)) return false;
        for (const Attribute* attribute : sometimes_given_)
            if (writer_.is_given(slot, *attribute) != set_.contains(attribute->index)) return false;
        return true;
    }

    RowWriter& writer_;
    std::span<const Attribute* const> sometimes_given_;
    const InsertPlan& plan_;
    std::span<Slot* const> slots_;
    const AttributeSet& set_;
    std::size_t taken_ = 0;
};

/// Writes generated keys and defaults into the objects, in their order.
class RowWriter::MadeByDatabase final : public driver::RowSink {
  public:
    MadeByDatabase(FlushContext& context, const InsertPlan& plan, const NewRows& rows)
        : context_(context), plan_(plan), rows_(rows) {}
    void row(const ValueView* cells) override {
        if (at_ == rows_.taken().size()) return;  // found by the count below
        Slot& slot = *rows_.taken()[at_++];
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
    const NewRows& rows_;
    std::size_t at_ = 0;
    std::size_t missing_ = 0;
};

void RowWriter::insert(const Mapper& mapper, std::span<Slot* const> slots) {
    while (!slots.empty()) {
        Slot& first = *slots.front();
        const AttributeSet set = given(mapper, first);
        // An object with expressions, or one that says nothing at all, goes by itself.
        std::size_t done = 1;
        if (set.empty() || first.is(mark::has_expressions))
            insert_one(mapper, first, set);
        else
            done = insert_batch(mapper, slots, set);
        slots = slots.subspan(done);
    }
}

std::shared_ptr<const InsertPlan> RowWriter::insert_plan(const Mapper& mapper,
                                                         const AttributeSet& given) {
    if (!last_insert_ || last_insert_->mapper != &mapper || last_insert_->set != given)
        last_insert_ = mapper.statements().flush.insert(mapper, given);
    return last_insert_;
}

std::size_t RowWriter::insert_batch(const Mapper& mapper, std::span<Slot* const> slots,
                                    const AttributeSet& set) {
    const auto plan = insert_plan(mapper, set);
    NewRows rows(*this, mapper, *plan, slots, set);
    MadeByDatabase made(context_, *plan, rows);
    if (plan->defaults != 0) context_.expect_writes(slots.size() * plan->defaults);
    const bool wants_rows = !plan->returned.empty();
    const std::int64_t count = connection().execute_many(plan->statement, rows, plan->given.size(),
                                                         wants_rows ? &made : nullptr);
    const std::size_t sent = rows.taken().size();
    const std::size_t found = wants_rows ? made.rows() : static_cast<std::size_t>(count);
    if (count >= 0 && found != sent) throw_not_inserted(mapper, sent, found);
    return sent;
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
