// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/link_internal.hpp>
#include <azoth/dialects/postgresql/oids_internal.hpp>
#include <azoth/dialects/postgresql/result_internal.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::postgresql {

/// The arguments of one execution, in the arrays that libpq takes: borrowed.
struct Arguments {
    int count = 0;
    const char* const* values = nullptr;
    const int* lengths = nullptr;
    const int* formats = nullptr;
};

/// What a command in flight is for.
enum class Step : std::uint8_t {
    housekeeping,  ///< its failure is of no interest
    begin_parse,   ///< of a BEGIN that is kept
    begin,
    parse,
    describe,
    execute,
    control,  ///< COMMIT, ROLLBACK
    simple,   ///< statements in the simple protocol
    sync,     ///< end of a part: a failure skips the rest of its part only
};

/// What came back for one step.
struct Answer {
    Step step = Step::sync;
    ResultPtr result;  ///< null where the connection was lost without a word
};

/// Commands that travel together and are answered in order: one round trip, whatever their number.
/// One thread at a time.
///
/// A flight of one command is an ordinary one; several need libpq's pipeline mode. After `start`
/// come commands, then `next` while `has_next`, and at last `end`, which receives what is left.
class Flight {
  public:
    explicit Flight(Link& link) : link_(link) {}

    void start(bool pipelined);
    void query(Step step, const char* sql);
    void parse(Step step, const char* name, const char* sql, const std::vector<Oid>& types);
    void describe(const char* name);
    void execute(Step step, const char* name, const Arguments& arguments);
    /// Parses and executes in one command.
    void execute_once(const char* sql, const std::vector<Oid>& types, const Arguments& arguments);
    /// The only command of its flight, with any number of results: `next_of_simple_query` until
    /// null.
    void simple_query(Step step, const char* sql);
    /// Ends a part. A flight that is pipelined must end with one.
    void sync();
    /// Lets the server answer what it has so far.
    void request_flush();
    void send() { link_.flush(); }

    [[nodiscard]] bool has_next() const noexcept { return head_ < steps_.size(); }
    /// Waits for the answer of the next step.
    [[nodiscard]] Answer next();
    [[nodiscard]] ResultPtr next_of_simple_query();
    [[nodiscard]] Step next_step() const noexcept { return steps_[head_]; }
    /// Has the rows of the next step arrive one by one, by `next_row`.
    void begin_rows();
    /// One row as a result of its own. \returns false at the end, with the step's answer instead.
    [[nodiscard]] bool next_row(ResultPtr& row) {
        if (!link_.is_given_up()) [[likely]] {
            row = link_.receive_row();
            if (row && PQresultStatus(row.get()) == PGRES_SINGLE_TUPLE) [[likely]]
                return true;
        }
        end_rows(row);
        return false;
    }
    void end();
    /// True from `start` to `end`.
    [[nodiscard]] bool is_open() const noexcept { return open_; }

    [[nodiscard]] bool is_pipelined() const noexcept { return pipelined_; }
    [[nodiscard]] bool ends_with_sync() const noexcept {
        return !steps_.empty() && steps_.back() == Step::sync;
    }
    /// What libpq refused to send, with the connection being well; empty: nothing.
    [[nodiscard]] const std::string& refusal() const noexcept { return refusal_; }
    /// True where a command was a COPY from or to the client: it was ended, without any data.
    [[nodiscard]] bool copy_met() const noexcept { return copy_met_; }

  private:
    void sent(Step step, int accepted);
    void end_rows(ResultPtr& answer);
    [[nodiscard]] ResultPtr answer_of_command(ResultPtr first);
    [[nodiscard]] ResultPtr answer_of_sync();
    void end_copy(ExecStatusType status);

    Link& link_;
    std::vector<Step> steps_;
    std::size_t head_ = 0;
    std::string refusal_;
    bool open_ = false;
    bool pipelined_ = false;
    bool copy_met_ = false;
};

}  // namespace azoth::inline v0::postgresql
