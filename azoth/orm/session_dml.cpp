// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/options_scope.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/orm/bulk_insert.hpp>
#include <azoth/orm/bulk_update.hpp>
#include <azoth/orm/row_delivery.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/synchronizer.hpp>

#include <algorithm>
#include <optional>
#include <string>

/// INSERT, UPDATE and DELETE that the program writes.
namespace azoth::inline v0::orm {

using sql::NodeKind;

namespace {

/// What keeps the session's objects in step; nothing for what is about no mapped class.
void prepare(std::optional<Synchronizer>& synchronizer, SessionCore& session,
             const WrittenClass& written, const sql::Statement& statement,
             const Parameters* parameters, const ExecutionOptions& options, bool keeps_rows) {
    if (!written || statement.node().kind == NodeKind::insert) return;
    synchronizer.emplace(session, written, statement, parameters, options.synchronize_session,
                         keeps_rows);
}

}  // namespace

engine::OptionsScope SessionCore::scope_of(const sql::Statement& statement) {
    return {connection(), statement.node().options.schema_translate_map};
}

engine::ResultCore SessionCore::write(const sql::Statement& statement, const Parameters* parameters,
                                      const ExecutionOptions& options) {
    check_usable();
    if (options.autoflush) autoflush();
    const engine::OptionsScope scope = scope_of(statement);
    const WrittenClass written = WrittenClass::of(statement.node(), *model_);
    std::optional<Synchronizer> synchronizer;
    prepare(synchronizer, *this, written, statement, parameters, options, false);
    if (!synchronizer) return connection().execute(statement, parameters);
    engine::ResultCore result = connection().execute(synchronizer->statement(), parameters);
    if (synchronizer->wants_rows())
        while (result.fetch()) synchronizer->take(result.cells());
    synchronizer->finish();
    return result;
}

std::int64_t SessionCore::write(const sql::Statement& statement, const Parameters* parameters,
                                const ExecutionOptions& options, ObjectSink& sink) {
    check_usable();
    if (options.autoflush) autoflush();
    const engine::OptionsScope scope = scope_of(statement);
    const WrittenClass written = WrittenClass::of(statement.node(), *model_);
    std::optional<Synchronizer> synchronizer;
    prepare(synchronizer, *this, written, statement, parameters, options, true);
    const bool deletes = statement.node().kind == NodeKind::delete_;
    const auto object = synchronizer ? written.place_in_returning(statement.node()) : std::nullopt;
    const bool refreshes = synchronizer && synchronizer->returns_objects() && !deletes;

    engine::ResultCore result =
        connection().execute(synchronizer ? synchronizer->statement() : statement, parameters);
    RowDelivery delivery(
        *this, Ref<const LoadPlan>(static_cast<const LoadPlan*>(result.compiled().plan.get())),
        {.populate_existing = options.populate_existing, .refresh_existing = refreshes}, sink);
    std::vector<Slot*> gone;
    while (result.fetch()) {
        const ValueView* const row = result.cells();
        Slot* const moved =
            object ? synchronizer->moved_object(delivery.plan()->entries[*object], row) : nullptr;
        if (moved) synchronizer->move_links(*moved);
        delivery.row(row);
        if (moved) synchronizer->move_links(*moved);
        if (synchronizer && synchronizer->wants_rows())
            synchronizer->take(row + result.column_count() - synchronizer->own_cells());
        if (object && deletes) gone.push_back(delivery.entity(*object));
    }
    const std::int64_t count = result.rowcount;
    result.close();
    delivery.finish(!deletes);
    if (synchronizer) synchronizer->finish();
    if (!gone.empty()) {
        RowEffects effects(*this, *written.mapper);
        for (Slot* slot : gone) effects.remove(*slot);
    }
    return count;
}

std::int64_t SessionCore::write_rows(const sql::Statement& statement, const BulkRows& rows,
                                     const ExecutionOptions& options, ObjectSink* sink) {
    check_usable();
    if (options.autoflush) autoflush();
    const WrittenClass written = WrittenClass::of(statement.node(), *model_);
    if (!written)
        throw ArgumentError(
            "rows are given to a statement about a table: name the mapped class, as in "
            "insert<User>(), or the columns, as in insert(table).columns(…)");
    const RowValues values(written, rows, options.render_nulls);
    const engine::OptionsScope scope = scope_of(statement);
    switch (statement.node().kind) {
        case NodeKind::insert: return BulkInsert(*this, statement, values, options, sink).run();
        case NodeKind::update: return BulkUpdate(*this, statement, values).run();
        default:
            throw ArgumentError("DELETE of " + written.entity->describe() +
                                " takes criteria, not rows: delete_<" +
                                written.mapper->class_name() + ">().where(…)");
    }
}

void SessionCore::note_deleted(Slot& slot) {
    unmap(slot);
    slot.state = ObjectState::deleted;
    if (slot.is(mark::doomed)) {
        slot.clear(mark::doomed);
        std::erase(doomed_, &slot);
    }
    level().deleted.push_back(&slot);
}

}  // namespace azoth::inline v0::orm
