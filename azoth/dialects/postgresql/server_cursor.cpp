// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/errors_internal.hpp>
#include <azoth/dialects/postgresql/server_cursor_internal.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

namespace {

const std::vector<Oid> no_types;

/// What the server takes for a number of rows.
constexpr std::size_t most_rows = std::numeric_limits<std::int32_t>::max();

}  // namespace

Outcome ServerCursor::open(const std::vector<Oid>& types, const Arguments& arguments,
                           const driver::RowWindow& window) {
    window_ = {std::min(window.rows, most_rows), std::min(window.most, most_rows)};
    held_ = !connection_.in_transaction();
    name_ = connection_.new_statement_name();
    state_ = State::closed;
    Outcome outcome = try_open(types, arguments);
    if (connection_.rewind(outcome)) outcome = try_open(types, arguments);
    transaction_ = connection_.transaction();
    cursor_era_ = connection_.cursor_era();
    if (outcome.is_good()) note(outcome);
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

/// Of a window that is here.
void ServerCursor::note(const Outcome& outcome) {
    const auto rows = static_cast<std::size_t>(PQntuples(outcome.answer.get()));
    state_ = rows < window_.rows ? State::exhausted : State::open;
    window_.grow();
}

ResultPtr ServerCursor::fetch() {
    if (state_ == State::gone) raise_gone();
    if (state_ != State::open) return nullptr;
    if (connection_.is_in_flight())
        connection_.raise_own(
            ErrorClass::programming,
            "the rows of this result are streamed, and can't be read by a "
            "statement that is on its way over the same connection, such as an "
            "INSERT of a range that is made of them: give it their all(), or read "
            "them over another connection",
            sql_);
    connection_.make_ready(sql_);
    if (!is_alive()) {
        state_ = State::gone;
        raise_gone();
    }
    Outcome outcome = fly(fetch_command());
    if (!outcome.is_good()) {
        // A transaction that has failed says nothing of the cursor: a savepoint may bring it back.
        const bool refused =
            outcome.error && error_field(outcome.error.get(), PG_DIAG_SQLSTATE) == "25P02";
        if (!refused) state_ = State::gone;
        connection_.raise(outcome, sql_);
    }
    note(outcome);
    return std::move(outcome.answer);
}

/// Whether the server still has it: to name one that is gone would spoil the transaction of today.
bool ServerCursor::is_alive() {
    if (held_) return true;
    if (!connection_.in_transaction() || transaction_ != connection_.transaction()) return false;
    if (cursor_era_ == connection_.cursor_era()) return true;
    const Outcome outcome = fly("SELECT FROM pg_catalog.pg_cursors WHERE name = '" + name_ + '\'');
    if (!outcome.is_good()) connection_.raise(outcome, sql_);
    cursor_era_ = connection_.cursor_era();
    return PQntuples(outcome.answer.get()) != 0;
}

void ServerCursor::raise_gone() const {
    connection_.raise_own(ErrorClass::programming,
                          "the rows of this result were streamed, and what was left of them is "
                          "gone, by an error or with their transaction: read them before its "
                          "commit() or rollback(), or run the statement without stream_results and "
                          "yield_per",
                          sql_);
}

/// One command in a round trip of its own, within the transaction that there is.
Outcome ServerCursor::fly(const std::string& command) {
    constexpr bool with_begin = false;
    connection_.take_off(false, with_begin);
    connection_.flight().execute_once(command.c_str(), no_types, {});
    return connection_.land();
}

void ServerCursor::close() noexcept {
    const State state = std::exchange(state_, State::closed);
    if (state == State::closed || state == State::gone) return;
    try {
        const std::string command = "CLOSE \"" + name_ + '"';
        if (connection_.takes_commands()) {
            connection_.make_ready(sql_);
            if (is_alive()) static_cast<void>(fly(command));
        } else if (held_) {
            connection_.run_some_time(command);
        }
    } catch (...) {  // NOLINT(bugprone-empty-catch)
        // What broke tells of itself when the connection is used.
    }
}

}  // namespace azoth::inline v0::postgresql
