// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/process.hpp>
#include <azoth/dialects/sqlite/driver.hpp>
#include <azoth/dialects/sqlite/errors.hpp>
#include <azoth/dialects/sqlite/open_file.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace azoth::inline v0::sqlite {

class DriverStatement;

/// A connection over SQLite's C API. One thread at a time, save `cancel`.
class DriverConnection final : public driver::Connection {
  public:
    /// Takes over `db`, which `connect` has opened.
    DriverConnection(sqlite3* db, const ConnectOptions& options) noexcept;
    ~DriverConnection() override;

    std::unique_ptr<driver::Statement> prepare(const driver::StatementRequest& request) override;
    void run(std::string_view sql) override;
    void begin(const driver::BeginOptions& options) override;
    void commit() override;
    void rollback() override;
    bool in_transaction() const noexcept override { return transaction_ != Transaction::none; }
    std::int64_t last_insert_id() const override;
    void ping() override;
    bool is_open() const noexcept override { return db_ != nullptr; }
    void cancel() noexcept override;
    void close() noexcept override;
    void abandon() noexcept override;
    std::size_t max_parameters() const noexcept override;
    int server_version() const noexcept override;
    void* native_handle() noexcept override { return db_; }

    // --- for the statements of the connection

    [[nodiscard]] sqlite3* handle() const noexcept { return db_; }
    /// False in a forked child, where SQLite's memory is a copy that nobody may use (R23).
    [[nodiscard]] bool is_own_process() const noexcept { return owner_.is_current(); }
    /// Throws where nothing can run: closed, forked, or a transaction that SQLite rolled back.
    void require_usable(std::string_view sql) const {
        if (db_ == nullptr || transaction_ == Transaction::lost || !owner_.is_current())
            [[unlikely]]
            throw_unusable(sql);
    }
    [[nodiscard]] bool has_open_results() const noexcept { return readers_ != nullptr; }
    /// R21: reads the rest of every open result into memory, each error into its own result.
    void read_ahead() noexcept {
        if (readers_ != nullptr) read_ahead_all();
    }
    /// Forgets cancellations of what ran before.
    void start_work() noexcept { cancelled_.store(false, std::memory_order_relaxed); }
    void add_reader(DriverStatement& statement) noexcept;

    /// Describes the call that has just returned `code`, and notes whether SQLite has rolled the
    /// transaction back because of it.
    [[nodiscard]] Failure failure(int code, Phase phase);
    [[noreturn]] void raise(const Failure& failure, std::string_view sql,
                            std::span<const ValueView> parameters = {}) const;

  private:
    enum class Transaction : std::uint8_t {
        none,
        open,
        lost  // rolled back by SQLite; nothing may run until rollback() was called
    };
    enum Control : std::uint8_t {
        begin_deferred,
        begin_immediate,
        begin_exclusive,
        commit_work,
        rollback_work,
        control_count
    };

    [[noreturn]] void throw_unusable(std::string_view sql) const;
    void read_ahead_all() noexcept;
    sqlite3_stmt* prepare_next(std::string_view sql, unsigned flags, const char** rest);
    void run_one(sqlite3_stmt* statement, std::string_view sql);
    void run_control(Control control);
    void set_isolation(std::string_view level);
    [[nodiscard]] Control begin_control(bool for_writing) const noexcept;
    [[nodiscard]] bool rolled_back_by_itself() const noexcept;
    static int on_busy(void* self, int calls) noexcept;

    sqlite3* db_;  // written under handle_mutex_, because cancel() reads it in other threads
    OpenFile file_;
    std::mutex handle_mutex_;
    std::atomic<bool> cancelled_{false};
    OwnerProcess owner_;
    std::chrono::milliseconds busy_timeout_;
    std::chrono::steady_clock::time_point busy_since_;
    BeginMode begin_mode_;
    Transaction transaction_ = Transaction::none;
    bool read_uncommitted_ = false;
    std::string lost_because_;
    std::array<sqlite3_stmt*, control_count> controls_{};
    DriverStatement* statements_ = nullptr;  // all of them, so that close() can take them along
    DriverStatement* readers_ = nullptr;     // those with rows that SQLite has not yet handed out
};

}  // namespace azoth::inline v0::sqlite
