// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/process.hpp>
#include <azoth/dialects/postgresql/flight_internal.hpp>
#include <azoth/dialects/postgresql/link_internal.hpp>
#include <azoth/dialects/postgresql/type_catalog_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::postgresql {

class Cursor;
class Preparation;

/// How a flight ended.
struct Outcome {
    ResultPtr answer;          ///< the last good answer
    ResultPtr error;           ///< the first bad one
    Step failed = Step::sync;  ///< whose it is
    bool began = false;        ///< a transaction began in it
    bool parsed = false;       ///< a statement was prepared in it
    bool lost = false;         ///< the connection was lost before the last answer
    std::string refusal;       ///< what was not done at all, and why
    driver::ErrorClass refusal_class = driver::ErrorClass::interface;
    std::size_t prefix = 0;  ///< characters sent before the statement, in one text with it

    [[nodiscard]] bool is_good() const noexcept {
        return answer && !error && !lost && refusal.empty();
    }
};

/// A connection to PostgreSQL through libpq. One thread at a time, save `cancel`.
class Connection final : public driver::Connection {
  public:
    /// Takes over a link that is open.
    explicit Connection(std::unique_ptr<Link> link);
    ~Connection() override;

    [[nodiscard]] std::unique_ptr<driver::Statement> prepare(
        const driver::StatementRequest& request) override;
    void run(std::string_view sql) override;
    void begin(const driver::BeginOptions& options) override;
    void commit() override;
    void rollback() override;
    [[nodiscard]] bool in_transaction() const noexcept override;
    void prepare_transaction(std::string_view xid) override;
    void commit_prepared(std::string_view xid) override;
    void rollback_prepared(std::string_view xid) override;
    [[nodiscard]] std::vector<std::string> recover_prepared() override;
    [[nodiscard]] std::int64_t last_insert_id() const override;
    void ping() override;
    [[nodiscard]] bool is_open() const noexcept override;
    void cancel() noexcept override;
    void close() noexcept override;
    void abandon() noexcept override;
    [[nodiscard]] std::size_t max_parameters() const noexcept override { return 65'535; }
    [[nodiscard]] int server_version() const noexcept override;
    [[nodiscard]] void* native_handle() noexcept override;

    // --- for statements

    /// Throws where nothing can be sent: another process's connection, one closed or lost.
    void require_usable(std::string_view sql) const;
    /// The same, and has rows that are still arriving put aside, so that a flight can start.
    void make_ready(std::string_view sql);
    /// Starts a flight with what must go first: an outstanding BEGIN, statements to free.
    void take_off(bool pipelined, bool with_begin = true);
    [[nodiscard]] Flight& flight() noexcept { return flight_; }
    /// Sends what the flight holds, and waits for all answers.
    [[nodiscard]] Outcome land();
    /// The same up to the first row of the flight's execution; `cursor` takes the others by
    /// `next_row`. \returns false where there is none: then the flight has landed.
    [[nodiscard]] bool land_on_row(ResultPtr& row, Outcome& outcome, Cursor& cursor);
    /// Receives the next row. \returns false when the flight has landed.
    [[nodiscard]] bool next_row(ResultPtr& row, Outcome& outcome);
    [[nodiscard]] bool has_arriving(const Cursor& cursor) const noexcept {
        return arriving_ == &cursor && owner_.is_current();
    }
    /// Takes one answer into account; `land` does it for all.
    void take(Answer answer, Outcome& outcome);
    /// After a statement that did not run because its prepared form is out of date: true where it
    /// may be sent again, because the flight had no effect that remains.
    [[nodiscard]] bool rewind(const Outcome& outcome);

    /// Throws what became of a flight that isn't good. `context` precedes the message.
    [[noreturn]] void raise(const Outcome& outcome, std::string_view sql,
                            std::span<const ValueView> parameters = {},
                            const std::string& context = {}) const;
    /// Throws an error that the driver itself found; nothing was sent.
    [[noreturn]] void raise_own(driver::ErrorClass error_class, std::string message,
                                std::string_view sql,
                                std::span<const ValueView> parameters = {}) const;

    /// Describes a type that the driver doesn't know; not while a flight is open.
    [[nodiscard]] const TypeDescription& describe_type(Oid type);
    [[nodiscard]] bool knows_type(Oid type) const { return types_.count(type) != 0; }
    /// A name for a prepared statement that was never used on this connection.
    [[nodiscard]] std::string new_statement_name();
    /// Notes that the program has statements kept by the server.
    void set_keeps_statements() noexcept { keeps_statements_ = true; }
    /// Has a prepared statement freed some time.
    void free_statement(const std::string& name) noexcept;
    /// Has a command run that frees something, when there is no transaction; its failure is of no
    /// interest.
    void run_some_time(std::string command) noexcept;
    /// Changes when the server has forgotten all prepared statements.
    [[nodiscard]] std::uint32_t statement_era() const noexcept { return statement_era_; }
    /// Changes when tables or settings may have changed so that statements should be parsed anew.
    [[nodiscard]] std::uint32_t schema_era() const noexcept { return schema_era_; }
    /// The number of the present transaction, or of the last.
    [[nodiscard]] std::uint64_t transaction() const noexcept { return transaction_; }
    /// Changes when cursors may have ended: by the program's own COMMIT, by a rollback, if only to
    /// a savepoint.
    [[nodiscard]] std::uint64_t cursor_era() const noexcept { return cursor_era_; }
    /// Commands are on their way whose answers have not been taken.
    [[nodiscard]] bool is_in_flight() const noexcept {
        return flight_.is_open() && arriving_ == nullptr;
    }
    /// Whether a command could be sent, and would be run.
    [[nodiscard]] bool takes_commands() const noexcept {
        return owner_.is_current() && is_open() && !is_in_flight() && status() != PQTRANS_INERROR;
    }
    void set_muted(bool muted) noexcept { link_->set_muted(muted); }
    [[nodiscard]] bool is_lost() const noexcept { return link_->is_lost(); }

  private:
    [[nodiscard]] PGTransactionStatusType status() const noexcept {
        return PQtransactionStatus(link_->handle());
    }
    [[nodiscard]] Poisoned poisoned(Step failed) const noexcept;
    [[nodiscard]] Outcome control(const char* sql);
    [[nodiscard]] Outcome run_simple(Step step, const char* sql);
    void add_begin();
    void note_refusal(Outcome& outcome) const;
    void finish_landing(Outcome& outcome);
    void land_after_rows(ResultPtr answer, Outcome& outcome);
    void free_statements();
    void note_effects(PGresult* result);
    void note_schema_change() noexcept;
    void require_committable(std::string_view sql) const;
    void run_phase(Step step, const std::string& sql, std::string_view tag,
                   std::string_view if_lost);
    [[noreturn]] void raise_lost(driver::ErrorClass error_class, std::string_view sql) const;

    OwnerProcess owner_;
    std::unique_ptr<Link> link_;
    Flight flight_;
    PGcancel* const cancel_;  // freed by the destructor only: other threads may be using it
    std::atomic<bool> closed_{false};
    Cursor* arriving_ = nullptr;  // whose rows are on their way
    TypeCatalog types_;
    std::vector<std::string> doomed_;  // commands that free prepared statements and cursors
    std::string begin_sql_;            // of the present transaction
    // Kept by the server as other statements are, once the program keeps some: it goes with nearly
    // every transaction's first flight. Null: not yet.
    std::unique_ptr<Preparation> begin_;
    bool keeps_statements_ = false;
    bool begin_pending_ = false;   // begin() was called, BEGIN is still to be sent
    bool begun_ = false;           // between begin() and its end, also where the link is lost
    bool changed_schema_ = false;  // in the present transaction
    std::uint64_t next_statement_ = 0;
    std::uint64_t transaction_ = 0;
    std::uint64_t cursor_era_ = 0;
    std::uint32_t statement_era_ = 0;
    std::uint32_t schema_era_ = 0;
};

}  // namespace azoth::inline v0::postgresql
