// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/cursor_internal.hpp>

#include <utility>

namespace azoth::inline v0::postgresql {

void Cursor::open(ResultPtr result) noexcept {
    result_ = std::move(result);
    row_ = 0;
    row_count_ = PQntuples(result_.get());
    last_count_ = row_count_;
}

void Cursor::open_arriving(ResultPtr first, Outcome outcome) noexcept {
    state_ = State::arriving;
    rows_affected_ = -1;
    outcome_ = std::move(outcome);
    result_ = std::move(first);
    row_ = 0;
    row_count_ = 1;
    taken_ = 1;
    program_time_ = Clock::duration::zero();
}

void Cursor::open_windows(ServerCursor& server, ResultPtr first) noexcept {
    open(std::move(first));
    last_count_.reset();  // that of a window says nothing of the whole
    state_ = State::windows;
    server_ = &server;
}

bool Cursor::fetch_further(ValueView* cells) {
    switch (state_) {
        case State::windows: return fetch_window(cells);
        case State::arriving: return fetch_arriving(cells);
        case State::stored: return fetch_stored(cells);
        case State::whole: break;
    }
    close();
    return false;
}

bool Cursor::fetch_window(ValueView* cells) {
    result_.reset();
    row_ = row_count_ = 0;
    result_ = server_->fetch();
    row_count_ = result_ ? PQntuples(result_.get()) : 0;
    if (row_count_ == 0) {
        close();
        return false;
    }
    decode_current(cells);
    return true;
}

bool Cursor::fetch_arriving(ValueView* cells) {
    if (!connection_.has_arriving(*this)) connection_.require_usable(sql_);
    // A look at the clock costs as much as some rows' cells, so only every eighth row is timed.
    constexpr std::int64_t rows_per_sample = 8;
    if (taken_ % rows_per_sample == 0 && program_is_slow()) {
        settle();
        return fetch_stored(cells);
    }
    result_.reset();  // before the next is made, so that it gets the same memory
    row_ = row_count_ = 0;
    if (!connection_.next_row(result_, outcome_)) {
        note_end();
        finish();
        return false;
    }
    row_count_ = 1;
    decode_current(cells);
    if (++taken_ % rows_per_sample == 0) handed_out_ = Clock::now();
    return true;
}

/// Adds up the time that the program spent with the rows that are timed.
bool Cursor::program_is_slow() {
    constexpr std::chrono::microseconds patience_per_row{20};
    constexpr std::chrono::milliseconds patience{20};
    program_time_ += Clock::now() - handed_out_ - patience_per_row;
    if (program_time_ < Clock::duration::zero()) program_time_ = Clock::duration::zero();
    return program_time_ > patience;
}

bool Cursor::fetch_stored(ValueView* cells) {
    if (stored_read_ == store_.row_count()) {
        finish();
        return false;
    }
    const std::size_t start = store_.position();
    const std::size_t failed = plan_.decode(store_, cells);
    if (failed != ResultPlan::npos) [[unlikely]] {
        store_.seek(start);
        Field field{};
        for (std::size_t column = 0; column <= failed; ++column) field = store_.next_field();
        store_.seek(start);
        plan_.raise_field(connection_, field, failed, sql_);
    }
    ++stored_read_;
    return true;
}

/// At the end of rows that arrived: throws the error that ended them, if one did.
void Cursor::finish() {
    const Outcome outcome = std::move(outcome_);
    state_ = State::whole;
    close();
    if (!outcome.is_good()) connection_.raise(outcome, sql_);
}

void Cursor::settle() {
    state_ = State::stored;
    for (ResultPtr row; connection_.next_row(row, outcome_);) {
        store_.add(row.get(), 0);
        ++taken_;
    }
    note_end();
}

void Cursor::note_end() noexcept {
    if (!outcome_.is_good()) return;
    last_count_ = taken_;
    rows_affected_ = affected_rows(outcome_.answer.get());
}

void Cursor::close() noexcept {
    if (state_ == State::windows) server_->close();
    if (state_ == State::arriving && connection_.has_arriving(*this)) {
        try {
            while (connection_.next_row(result_, outcome_)) ++taken_;
            note_end();
        } catch (...) {  // NOLINT(bugprone-empty-catch)
            // The wait was broken off: the connection has been given up, and tells so when used.
        }
    }
    state_ = State::whole;
    result_.reset();
    row_ = row_count_ = 0;
    store_ = RowStore();
    stored_read_ = 0;
    outcome_ = Outcome();
}

}  // namespace azoth::inline v0::postgresql
