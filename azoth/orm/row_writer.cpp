// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/row_writer.hpp>
#include <azoth/orm/scratch.hpp>
#include <azoth/schema/table_object.hpp>

#include <vector>

namespace azoth::inline v0::orm {

void RowWriter::clear() noexcept {
    empty_out(inserts_);
    empty_out(changes_);
    empty_out(fill_ins_);
    empty_out(clear_outs_);
    if (!written_.empty()) written_ = {};
}

engine::ConnectionState& RowWriter::connection() {
    engine::ConnectionState& connection = context_.connection();
    connection.require_usable();  // what is refused is not sent: it leaves the transaction alone
    sent_ = true;
    return connection;
}

void RowWriter::save(const Mapper& mapper, std::span<Slot* const> slots) {
    inserts_.clear();
    changes_.clear();
    const bool can_switch = !context_.session().identities().is_empty(mapper);
    if (!can_switch && context_.objects().work(mapper).only_new) return insert(mapper, slots);
    for (Slot* slot : slots) {
        if (slot->state == ObjectState::persistent)
            note_change(mapper, *slot);
        else if (Slot* base = can_switch ? switched_row(mapper, *slot) : nullptr)
            note_switch(mapper, *slot, *base);
        else
            inserts_.push_back(slot);
    }
    // First what may make room for new rows.
    update(mapper);
    insert(mapper, inserts_);
}

/// The object whose row a new one takes over, because it has the same key and is deleted in the
/// same flush; null for none.
Slot* RowWriter::switched_row(const Mapper& mapper, Slot& slot) {
    for (const Attribute* attribute : mapper.key())
        if (attribute->is_unset(slot.object())) return nullptr;
    KeyBuffer key;
    for (const Attribute* attribute : mapper.key()) key.push_back(attribute->view(slot.object()));
    Slot* const found = context_.session().identities().find(mapper, key);
    if (!found || found == &slot) return nullptr;
    if (FlushSet::is_removed(*found)) {
        found->set(mark::row_switched);
        slot.set(mark::row_switched);
        return found;
    }
    for (const Attribute* attribute : mapper.key())
        if (!same_value(known_value(*found, *attribute), attribute->view(found->object())))
            return nullptr;  // it gives the key up
    const bool is_expired = (found->attention & attention::expired) != 0;
    if (is_expired && !context_.session().get(mapper, key)) return nullptr;  // its row is gone
    throw FlushError("a new object of " + mapper.class_name() + " has the key of " +
                     describe(*found) +
                     ", which is in this session and not deleted: change that one, or delete it "
                     "first");
}

// --- deleting ------------------------------------------------------------------------------------

namespace {

/// Key and version of objects that go.
class KeysOf final : public driver::RowSource {
  public:
    KeysOf(const Mapper& mapper, std::span<Slot* const> slots) : mapper_(mapper), slots_(slots) {}
    bool next(ValueView* row) override {
        if (at_ == slots_.size()) return false;
        const Slot& slot = *slots_[at_++];
        for (const Attribute* key : mapper_.key()) *row++ = known_value(slot, *key);
        if (mapper_.version()) *row = known_value(slot, *mapper_.version());
        return true;
    }

  private:
    const Mapper& mapper_;
    std::span<Slot* const> slots_;
    std::size_t at_ = 0;
};

}  // namespace

void RowWriter::remove(const Mapper& mapper, std::span<Slot* const> slots) {
    std::vector<Slot*> gone;
    gone.reserve(slots.size());
    for (Slot* slot : slots)
        if (!slot->is(mark::row_switched)) gone.push_back(slot);
    if (gone.empty()) return;
    const auto statement = mapper.statements().flush.remove(mapper);
    KeysOf rows(mapper, gone);
    OneRowEach counts;
    const std::size_t parameters = mapper.key().size() + (mapper.version() ? 1 : 0);
    const std::int64_t found = connection().execute_many(*statement, rows, parameters, &counts,
                                                         counted_by_key(gone.size()));
    if (!counts.failed()) return;
    if (!counts.knows_which()) throw_stale("DELETE", mapper, gone.size(), found);
    throw_stale("DELETE", *gone[counts.failed_at()], counts.found());
}

// --- what batches have in common -----------------------------------------------------------------

void take_returned(FlushContext& context, Slot& slot, const Attribute& attribute,
                   const ValueView& cell) {
    if (cell.is_null() && !attribute.ops->accepts_null)
        throw NullValueError({.message = "the database made NULL of column '" +
                                         attribute.column->name + "', but " +
                                         describe(mapper_of(slot), attribute) +
                                         " has no place for that: make it a std::optional"});
    if (attribute.generated && !attribute.foreign && slot.state == ObjectState::pending &&
        attribute.is_unset(slot.object()))
        FlushContext::write_made_key(slot, attribute, cell);
    else
        context.write(slot, attribute, cell);
}

void throw_stale(const char* doing, const Slot& slot, std::int64_t found) {
    const Mapper& mapper = mapper_of(slot);
    std::string text = std::string(doing) + " of " + describe(slot);
    if (const Attribute* version = mapper.version())
        text += ", version " + to_display(known_value(slot, *version));
    text += ": expected 1 row of " + mapper.table().describe() + ", found " +
            std::to_string(found) + ": somebody else has deleted" +
            (mapper.version() ? " or changed it" : " it");
    throw StaleDataError(text);
}

void throw_stale(const char* doing, const Mapper& mapper, std::size_t expected,
                 std::int64_t found) {
    throw StaleDataError(std::string(doing) + " of " + std::to_string(expected) + " objects of " +
                         mapper.class_name() + ": expected " + std::to_string(expected) +
                         " rows of " + mapper.table().describe() + ", found " +
                         std::to_string(found) + ": the others are not there" +
                         (mapper.version() ? " or of another version" : ""));
}

}  // namespace azoth::inline v0::orm
