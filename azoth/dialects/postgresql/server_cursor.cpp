// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/server_cursor_internal.hpp>

#include <utility>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

namespace {

const std::vector<Oid> no_types;

}  // namespace

Outcome ServerCursor::open(const std::vector<Oid>& types, const Arguments& arguments,
                           const driver::RowWindow& window) {
    window_ = window;
    exhausted_ = false;
    held_ = !connection_.in_transaction();
    name_ = connection_.new_statement_name();
    Outcome outcome = try_open(types, arguments);
    if (connection_.rewind(outcome)) outcome = try_open(types, arguments);
    transaction_ = connection_.transaction();
    rollback_era_ = connection_.rollback_era();
    note(outcome);
    return outcome;
}

Outcome ServerCursor::try_open(const std::vector<Oid>& types, const Arguments& arguments) {
    const std::string declaration = "DECLARE \"" + name_ + "\" NO SCROLL CURSOR " +
                                    (held_ ? "WITH HOLD" : "WITHOUT HOLD") + " FOR ";
    connection_.take_off(true);
    Flight& flight = connection_.flight();
    flight.execute_once((declaration + sql_).c_str(), types, arguments);
    flight.execute_once(fetch_command().c_str(), no_types, {});
    Outcome outcome = connection_.land();
    outcome.prefix = declaration.size();
    return outcome;
}

std::string ServerCursor::fetch_command() const {
    return "FETCH FORWARD " + std::to_string(window_.rows) + " FROM \"" + name_ + '"';
}

/// The server has forgotten it, or does in a moment, where a window could not be fetched.
void ServerCursor::note(const Outcome& outcome) {
    if (!outcome.is_good()) {
        name_.clear();
        return;
    }
    const auto rows = static_cast<std::size_t>(PQntuples(outcome.answer.get()));
    exhausted_ = rows < window_.rows;
    window_.grow();
}

ResultPtr ServerCursor::fetch() {
    if (exhausted_ || name_.empty()) return nullptr;
    connection_.make_ready(sql_);
    require_alive();
    Outcome outcome = fly(fetch_command());
    note(outcome);
    if (!outcome.is_good()) connection_.raise(outcome, sql_);
    return std::move(outcome.answer);
}

/// To fetch from a cursor that is gone would spoil the transaction of today.
void ServerCursor::require_alive() {
    if (held_) return;
    bool alive = connection_.in_transaction() && transaction_ == connection_.transaction();
    if (alive && std::exchange(rollback_era_, connection_.rollback_era()) != rollback_era_) {
        const Outcome outcome =
            fly("SELECT FROM pg_catalog.pg_cursors WHERE name = '" + name_ + '\'');
        if (!outcome.is_good()) connection_.raise(outcome, sql_);
        alive = PQntuples(outcome.answer.get()) != 0;
    }
    if (alive) return;
    name_.clear();
    connection_.raise_own(ErrorClass::programming,
                          "the rows of this result were streamed, and what is left of them ended "
                          "with their transaction: read them before its commit() or rollback(), "
                          "or run the statement without stream_results and yield_per",
                          sql_);
}

/// One command in a round trip of its own, within the transaction that there is.
Outcome ServerCursor::fly(const std::string& command) {
    constexpr bool with_begin = false;
    connection_.take_off(false, with_begin);
    connection_.flight().execute_once(command.c_str(), no_types, {});
    return connection_.land();
}

bool ServerCursor::is_reachable() const noexcept {
    if (!connection_.takes_commands()) return false;
    return held_ || (connection_.in_transaction() && transaction_ == connection_.transaction() &&
                     rollback_era_ == connection_.rollback_era());
}

void ServerCursor::close() noexcept {
    if (name_.empty()) return;
    const std::string name = std::exchange(name_, {});
    if (!is_reachable()) return;
    try {
        connection_.make_ready(sql_);
        static_cast<void>(fly("CLOSE \"" + name + '"'));
    } catch (...) {  // NOLINT(bugprone-empty-catch)
        // What broke tells of itself when the connection is used.
    }
}

}  // namespace azoth::inline v0::postgresql
