// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/core_statement.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/row_writer.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>
#include <optional>
#include <tuple>

/// Rows of the tables between two classes.
namespace azoth::inline v0::orm {
namespace {

/// The keys of both objects, in the order of the statement.
class PairKeys final : public driver::RowSource {
  public:
    PairKeys(const Relationship& relationship, const RowWriter::Pairs& pairs)
        : relationship_(relationship), pairs_(pairs) {}
    bool next(ValueView* row) override {
        if (at_ == pairs_.size()) return false;
        const auto& [owner, target] = pairs_[at_++];
        for (const auto& pair : relationship_.to_owner) *row++ = key_of(*owner, *pair.key);
        for (const auto& pair : relationship_.to_target) *row++ = key_of(*target, *pair.key);
        return true;
    }

  private:
    /// An object that stays has its row, and these rows, under its new key.
    [[nodiscard]] static ValueView key_of(const Slot& slot, const Attribute& key) {
        return FlushSet::is_removed(slot) ? known_value(slot, key) : key.view(slot.object());
    }

    const Relationship& relationship_;
    const RowWriter::Pairs& pairs_;
    std::size_t at_ = 0;
};

}  // namespace

std::size_t RowWriter::PairRowHash::operator()(const PairRow& row) const noexcept {
    using azoth::detail::mix;
    const auto number = [](const void* pointer) {
        return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(pointer));
    };
    return static_cast<std::size_t>(
        mix(mix(number(row.first), number(row.second)), number(row.column) + (row.goes ? 1 : 0)));
}

/// Both sides of a relationship know of a link that is made or undone; the row is written once.
RowWriter::Pairs RowWriter::unwritten(const Relationship& relationship, const Pairs& pairs,
                                      bool goes) {
    const sql::ColumnNode* const of_owner = relationship.to_owner.front().column.get();
    const sql::ColumnNode* const of_target = relationship.to_target.front().column.get();
    const bool as_it_is = of_owner->index < of_target->index;
    Pairs fresh;
    for (const auto& [owner, target] : pairs) {
        const PairRow row = as_it_is ? PairRow{of_owner, owner, target, goes}
                                     : PairRow{of_target, target, owner, goes};
        if (written_.insert(row).second) fresh.emplace_back(owner, target);
    }
    return fresh;
}

namespace {

/// Whether the row that links both was there at the last flush, as far as one side knows.
std::optional<bool> was_there(const Slot& slot, const Relationship& relationship,
                              const Slot& other) {
    Collection* const known = LinkAccess::existing_collection(LinkAccess::of(slot, relationship));
    if (!known || !known->array) return std::nullopt;
    return known->array->items.holds(other) && !known->added.holds(other);
}

/// The same by both sides.
std::optional<bool> was_there(const Relationship& relationship, const Slot& owner,
                              const Slot& target) {
    if (owner.state != ObjectState::persistent || target.state != ObjectState::persistent)
        return false;
    const std::optional<bool> by_owner = was_there(owner, relationship, target);
    if (!relationship.reverse || by_owner == true) return by_owner;
    const std::optional<bool> by_target = was_there(target, *relationship.reverse, owner);
    return by_target ? by_target : by_owner;
}

}  // namespace

/// Takes out of the rows that are to be inserted those that are there. Where objects were added to
/// one another and neither side was loaded, only the database knows.
void RowWriter::drop_present(const Relationship& relationship, Pairs& pairs) {
    CoreStatement statement = CoreStatement::select();
    statement.column(sql::Clause::column, *relationship.to_owner.front().column,
                     relationship.to_owner.front().key->ops->kind);
    for (const auto& pair : relationship.to_owner) statement.where_equal(*pair.column);
    for (const auto& pair : relationship.to_target) statement.where_equal(*pair.column);
    std::vector<ValueView> keys(relationship.to_owner.size() + relationship.to_target.size());
    std::erase_if(pairs, [&](const auto& pair) {
        if (const auto known = was_there(relationship, *pair.first, *pair.second)) return *known;
        const Pairs one{pair};
        (void)PairKeys(relationship, one).next(keys.data());
        engine::ResultCore result = connection().execute(statement.with(keys), nullptr);
        return result.fetch();
    });
}

void RowWriter::insert_pairs(const Relationship& relationship, const Pairs& pairs) {
    Pairs fresh = unwritten(relationship, pairs, false);
    drop_present(relationship, fresh);
    if (fresh.empty()) return;
    CoreStatement statement = CoreStatement::insert(*relationship.secondary);
    for (const auto& pair : relationship.to_owner) statement.target_column(*pair.column);
    for (const auto& pair : relationship.to_target) statement.target_column(*pair.column);
    PairKeys rows(relationship, fresh);
    connection().execute_many(
        statement, rows, relationship.to_owner.size() + relationship.to_target.size(), nullptr);
}

namespace {

/// Whether the table's own key consists of columns of both keys, so that no row is there twice.
bool is_keyed_by_pairs(const Relationship& relationship) {
    const auto holds = [](const auto& pairs, const sql::ColumnNode* column) {
        return std::any_of(pairs.begin(), pairs.end(),
                           [&](const auto& pair) { return pair.column.get() == column; });
    };
    const auto& key = relationship.secondary->primary_key().columns;
    return !key.empty() && std::all_of(key.begin(), key.end(), [&](const auto* column) {
        return holds(relationship.to_owner, column) || holds(relationship.to_target, column);
    });
}

}  // namespace

void RowWriter::delete_pairs(const Relationship& relationship, const Pairs& pairs) {
    const Pairs gone = unwritten(relationship, pairs, true);
    if (gone.empty()) return;
    CoreStatement statement = CoreStatement::delete_(*relationship.secondary);
    for (const auto& pair : relationship.to_owner) statement.where_equal(*pair.column);
    for (const auto& pair : relationship.to_target) statement.where_equal(*pair.column);
    PairKeys rows(relationship, gone);
    const bool is_keyed = is_keyed_by_pairs(relationship);
    OneRowEach counts(!is_keyed);
    const std::int64_t found = connection().execute_many(
        statement, rows, relationship.to_owner.size() + relationship.to_target.size(), &counts,
        is_keyed ? counted_by_key(gone.size()) : driver::ManyResult::affected_rows);
    if (!counts.failed()) return;
    if (!counts.knows_which())
        throw StaleDataError("DELETE of rows of " + relationship.secondary->describe() +
                             " that link objects along " + relationship.describe() + ": expected " +
                             std::to_string(gone.size()) + " rows, found " + std::to_string(found) +
                             ": the others are not there");
    const auto& [owner, target] = gone[counts.failed_at()];
    throw StaleDataError("DELETE of the row of " + relationship.secondary->describe() +
                         " that links " + describe(*owner) + " with " + describe(*target) +
                         " along " + relationship.describe() +
                         ": expected 1 row, found 0: somebody else has deleted it");
}

}  // namespace azoth::inline v0::orm
