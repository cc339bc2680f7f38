// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/result_plan_internal.hpp>
#include <azoth/dialects/postgresql/row_store_internal.hpp>
#include <azoth/dialects/postgresql/server_cursor_internal.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace azoth::inline v0::postgresql {

/// The rows of one execution and the place in them. One thread at a time.
///
/// They are here as a whole, or come over in windows from a cursor of the server's when the program
/// gets there, or are still arriving: then server and program work at once, and rows are
/// forgotten as the program moves on. What is still to come is put aside when the connection is
/// needed for something else (R21), and when the program takes its time, for a server process that
/// can't get rid of its rows keeps its snapshot and may run into its timeouts.
class Cursor {
  public:
    Cursor(Connection& connection, const ResultPlan& plan, const std::string& sql)
        : connection_(connection), plan_(plan), sql_(sql) {}
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    ~Cursor() { close(); }

    /// Takes a whole result.
    void open(ResultPtr result) noexcept;
    /// Takes the first row of several that the connection has for this cursor.
    void open_arriving(ResultPtr first, Outcome outcome) noexcept;
    /// Takes the first window of those of a cursor of the server's; must outlive this.
    void open_windows(ServerCursor& server, ResultPtr first) noexcept;
    /// The rows that are here.
    [[nodiscard]] const PGresult* window() const noexcept { return result_.get(); }
    /// Moves to the next row and decodes it. \returns false at the end.
    bool fetch(ValueView* cells) {
        if (row_ == row_count_) [[unlikely]]
            return fetch_further(cells);
        decode_current(cells);
        return true;
    }
    /// Puts aside what is still arriving. What goes wrong with that is fetch's to tell.
    void settle();
    /// Forgets the rows, those too that are still arriving.
    void close() noexcept;

    /// The rows of the last execution that was read to its end; nothing where that is not known.
    [[nodiscard]] std::optional<std::int64_t> last_row_count() const noexcept {
        return last_count_;
    }
    /// The rows that the execution says it changed, where they arrived one by one and have ended.
    [[nodiscard]] std::int64_t rows_affected() const noexcept { return rows_affected_; }
    [[nodiscard]] bool is_arriving() const noexcept { return state_ == State::arriving; }

  private:
    using Clock = std::chrono::steady_clock;
    enum class State : std::uint8_t { whole, windows, arriving, stored };

    void decode_current(ValueView* cells) {
        const std::size_t failed = plan_.decode(result_.get(), row_, cells);
        if (failed != ResultPlan::npos) [[unlikely]]
            plan_.raise_field(connection_, result_.get(), row_, failed, sql_);
        ++row_;
    }
    bool fetch_further(ValueView* cells);
    bool fetch_window(ValueView* cells);
    bool fetch_arriving(ValueView* cells);
    bool fetch_stored(ValueView* cells);
    [[nodiscard]] bool program_is_slow();
    void note_end() noexcept;
    void finish();

    Connection& connection_;
    const ResultPlan& plan_;
    const std::string& sql_;
    State state_ = State::whole;
    ResultPtr result_;  // whole, or the present window, or the present row of those that arrive
    int row_ = 0;
    int row_count_ = 0;  // of result_
    ServerCursor* server_ = nullptr;
    RowStore store_;
    std::size_t stored_read_ = 0;
    Outcome outcome_;  // of the flight whose rows arrive
    std::int64_t taken_ = 0;
    std::int64_t rows_affected_ = -1;
    Clock::time_point handed_out_;  // a row that is timed
    Clock::duration program_time_{};
    std::optional<std::int64_t> last_count_;
};

}  // namespace azoth::inline v0::postgresql
