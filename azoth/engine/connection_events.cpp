// SPDX-License-Identifier: MIT
// What a connection tells its listeners. Nothing of this runs where nobody listens.
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_events.hpp>
#include <azoth/engine/options_scope.hpp>

#include <utility>

namespace azoth::inline v0::engine {
namespace {

static_assert((event::before_execute.bit | event::after_execute.bit |
               event::before_cursor_execute.bit | event::after_cursor_execute.bit) ==
                  ConnectionState::heard_executions,
              "ConnectionState::is_heard() asks for these");
static_assert((event::rollback.bit | event::rollback_savepoint.bit) ==
                  ConnectionState::heard_rollbacks,
              "ConnectionState::tell_of_forgotten() asks for these");

/// What listeners run on the connection has none of the options of the call that they hear of.
template <class Event, class... Args>
void tell(ConnectionState& state, Event event, Args&&... args) {
    const OptionsSuspension outside(state);
    state.events().tell(event, &state, std::forward<Args>(args)...);
}

std::vector<Value> owned(std::span<const ValueView> views) {
    return {views.begin(), views.end()};
}

/// What reads the rows was compiled for those of the original statement.
void require_same_rows(const sql::Compiled& original, const sql::Compiled& other) {
    if (original.plan || other.plan)
        throw InvalidRequestError(
            "before_execute: a statement that loads objects can't be replaced");
    if (original.returns_rows != other.returns_rows || original.wanted != other.wanted ||
        original.key_is_result != other.key_is_result)
        throw InvalidRequestError(
            "before_execute: the rows of the statement that a listener put in place of another "
            "have other types: " +
            other.sql);
}

/// While it lives a listener hears of a transaction's end, and may bring it about by itself.
class TellingEnd {
  public:
    explicit TellingEnd(bool& flag) noexcept : flag_(flag) { flag_ = true; }
    TellingEnd(const TellingEnd&) = delete;
    TellingEnd& operator=(const TellingEnd&) = delete;
    ~TellingEnd() { flag_ = false; }

  private:
    bool& flag_;
};

/// Tells of the end of a transaction, or of a savepoint, which has a name.
template <class OfTransaction, class OfSavepoint>
void tell_of_end(ConnectionState& state, Connection& connection, std::uint64_t savepoint,
                 OfTransaction whole, OfSavepoint part) {
    if (savepoint == 0)
        tell(state, whole, connection);
    else
        tell(state, part, connection, savepoint_name(savepoint));
}

bool is_same(const sql::Statement& one, const sql::Statement& other) {
    return one.node_ref() == other.node_ref();
}

}  // namespace

// --- statements ----------------------------------------------------------------------------------

HeardCursor::HeardCursor(ConnectionState& state, Connection& connection, std::string_view sql,
                         std::span<const ValueView> values, std::span<const Type> types, bool many)
    : state_(state), execution_{connection, std::string(sql), owned(values), many} {
    tell(state, event::before_cursor_execute, execution_);
    state.require_usable();
    note_changes(sql, values, types);
}

void HeardCursor::note_changes(std::string_view sql, std::span<const ValueView> values,
                               std::span<const Type> types) {
    is_changed_ = execution_.statement != sql || execution_.parameters.size() != values.size();
    changed_.sql = execution_.statement;
    changed_.types.assign(types.begin(), types.end());
    if (execution_.executemany) return;
    changed_.types.resize(execution_.parameters.size());
    for (std::size_t i = 0; i < execution_.parameters.size(); ++i) {
        const ValueView view = execution_.parameters[i].view();
        changed_.values.push_back(view);
        const Kind before = i < values.size() ? values[i].kind : Kind::null;
        if (view.kind == before || view.is_null()) continue;
        // Prepared for values of another kind: to be prepared anew, and the database may guess.
        is_changed_ = true;
        changed_.types[i] = Type();
    }
}

ResultCore ConnectionState::execute_heard(const sql::Statement& statement,
                                          const Parameters* parameters) {
    BorrowedConnection borrowed(*this);
    event::Execution execution{borrowed.get(), statement, parameters ? *parameters : Parameters()};
    tell(*this, event::before_execute, execution);
    check_usable();
    Found found = compile(execution.statement, sql::CompileMode::single, caches().recent);
    if (!is_same(execution.statement, statement))
        require_same_rows(*compile(statement, sql::CompileMode::single, caches().recent).compiled,
                          *found.compiled);
    const auto segments =
        sql::collect_segments(execution.statement.node(), execution.statement.values());
    const auto named = named_values(execution.parameters);
    auto arguments = sql::arrange(*found.compiled, segments, named);
    if (found.compiled->schema_places)
        fill_schemas(*found.compiled, execution.statement, arguments);
    const sql::Arguments* const expanded = found.compiled->varies() ? &arguments : nullptr;
    ResultCore result = start_heard(borrowed.get(), execution.statement.node_ref(),
                                    std::move(found), arguments.values, expanded);
    execution.rowcount = result.rowcount;
    tell(*this, event::after_execute, std::as_const(execution));
    return result;
}

ResultCore ConnectionState::execute_heard(const sql::Statement& statement,
                                          std::span<const ValueView> values) {
    BorrowedConnection borrowed(*this);
    event::Execution execution{borrowed.get(), statement};
    tell(*this, event::before_execute, execution);
    check_usable();
    if (!is_same(execution.statement, statement))
        throw InvalidRequestError("before_execute: a session's own statement can't be replaced");
    Found found = compile(statement, sql::CompileMode::single, caches().recent);
    sql::Arguments filled;
    const bool fills = found.compiled->schema_places;
    if (fills) fill_schemas(*found.compiled, statement, filled);
    ResultCore result = start_heard(borrowed.get(), statement.node_ref(), std::move(found), values,
                                    fills ? &filled : nullptr);
    execution.rowcount = result.rowcount;
    tell(*this, event::after_execute, std::as_const(execution));
    return result;
}

ResultCore ConnectionState::start_heard(Connection& connection, const Ref<sql::StatementNode>& node,
                                        Found&& found, std::span<const ValueView> values,
                                        const sql::Arguments* expanded) {
    const Ref<const sql::Compiled> compiled = found.compiled;
    ensure_begun(compiled->writes);
    HeardCursor cursor(*this, connection, expanded ? expanded->sql : compiled->sql, values,
                       expanded ? expanded->types : compiled->parameter_types, false);
    ResultCore result = start(node, std::move(found), cursor.values(), cursor.expanded(expanded));
    cursor.tell_after();
    return result;
}

void ConnectionState::run_heard(std::string_view sql, bool writes) {
    BorrowedConnection borrowed(*this);
    ensure_begun(writes);
    HeardCursor cursor(*this, borrowed.get(), sql, {}, {}, false);
    run_now(cursor.sql(), writes);
    cursor.tell_after();
}

HeardMany::Heard::Heard(ConnectionState& heard, const sql::Statement& statement)
    : state(heard), borrowed(heard), execution{borrowed.get(), statement, {}, true} {
    tell(state, event::before_execute, execution);
    state.require_usable();
    if (!is_same(execution.statement, statement))
        throw InvalidRequestError(
            "before_execute: a statement for many rows can't be replaced (executemany)");
}

const sql::Arguments* HeardMany::Heard::before_cursor(const sql::Compiled& compiled,
                                                      const sql::Arguments* expanded) {
    cursor.emplace(state, borrowed.get(), expanded ? expanded->sql : compiled.sql,
                   std::span<const ValueView>(),
                   expanded ? expanded->types : compiled.parameter_types, true);
    return cursor->expanded(expanded);
}

void HeardMany::Heard::after(std::int64_t count) {
    cursor->tell_after();
    execution.rowcount = count;
    tell(state, event::after_execute, std::as_const(execution));
}

// --- transactions --------------------------------------------------------------------------------

void ConnectionState::tell_begin() {
    BorrowedConnection borrowed(*this);
    try {
        tell(*this, event::begin, borrowed.get());
    } catch (...) {
        forget_transaction();
        throw;
    }
    check_usable();
}

/// Of a transaction whose `begin` a listener has refused.
void ConnectionState::forget_transaction() noexcept {
    if (closed_) return;
    roll_back_own();
    end_root();
}

void ConnectionState::tell_savepoint(std::string_view name) {
    BorrowedConnection borrowed(*this);
    tell(*this, event::savepoint, borrowed.get(), name);
    check_usable();
}

void ConnectionState::tell_commit(std::uint64_t transaction) {
    const TellingEnd telling(telling_end_);
    BorrowedConnection borrowed(*this);
    tell_of_end(*this, borrowed.get(), transactions_[level_of(transaction)].savepoint,
                event::commit, event::release_savepoint);
    if (!is_prepared(transaction)) check_usable();
}

std::exception_ptr ConnectionState::tell_rollback(std::uint64_t transaction) noexcept {
    const TellingEnd telling(telling_end_);
    try {
        BorrowedConnection borrowed(*this);
        tell_of_end(*this, borrowed.get(), transactions_[level_of(transaction)].savepoint,
                    event::rollback, event::rollback_savepoint);
        return nullptr;
    } catch (...) {
        return std::current_exception();
    }
}

void ConnectionState::tell_of_rollback_quietly(std::uint64_t transaction) noexcept {
    if (telling_end_ || !owner_.is_current() || !is_active(transaction)) return;
    if (is_prepared(transaction) && two_phase_->decided) return;  // it is not rolled back
    const std::exception_ptr refused = tell_rollback(transaction);
    if (!refused) return;
    try {
        std::rethrow_exception(refused);
    } catch (const std::exception& error) {
        log_quietly(std::string("a listener of rollback failed: ") + error.what());
    } catch (...) {
        log_quietly("a listener of rollback failed");
    }
}

void ConnectionState::log_quietly(std::string_view message) const noexcept {
    try {
        engine_->log(LogRecord::Level::error, message);
    } catch (...) {  // NOLINT(bugprone-empty-catch)
        // nobody is left to hear of it
    }
}

// --- errors --------------------------------------------------------------------------------------

std::exception_ptr EngineState::judge(DBAPIError& error, ConnectionState* connection,
                                      bool& whole_pool) {
    const Engine engine(shared_from_this());
    std::optional<BorrowedConnection> borrowed;
    if (connection) borrowed.emplace(*connection);
    std::optional<OptionsSuspension> outside;
    if (connection) outside.emplace(*connection);
    event::ErrorContext context{engine, borrowed ? &borrowed->get() : nullptr, error,
                                error.connection_invalidated()};
    std::exception_ptr thrown;
    try {
        events_->tell(event::handle_error, connection, context);
    } catch (...) {
        thrown = std::current_exception();
    }
    if (context.is_disconnect != error.connection_invalidated())
        error.set_poisoned(context.is_disconnect ? Poisoned::connection : Poisoned::transaction);
    whole_pool = context.invalidate_pool_on_disconnect;
    return thrown ? thrown : context.replacement;
}

std::exception_ptr ConnectionState::failed(DBAPIError& error) noexcept {
    bool whole_pool = true;
    std::exception_ptr replacement;
    if (events_->hears(event::handle_error.bit) && !closed_) [[unlikely]] {
        try {
            replacement = engine_->judge(error, this, whole_pool);
        } catch (...) {
            replacement = std::current_exception();
        }
    }
    note_error(error, whole_pool);
    return replacement;
}

void ConnectionState::fail(DBAPIError& error) {
    if (const std::exception_ptr replacement = failed(error)) std::rethrow_exception(replacement);
}

// --- registering ---------------------------------------------------------------------------------

event::Place ConnectionState::listened_at() {
    if (closed_) throw ResourceClosedError("event::listen(): this Connection is closed");
    has_listeners_ = true;
    return {engine_->shared_events(), this};
}

}  // namespace azoth::inline v0::engine
