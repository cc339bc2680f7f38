// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/process.hpp>
#include <azoth/dialects/mariadb/handle_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::mariadb {

class Statement;

/// A connection over libmariadb. One thread at a time, save `cancel`.
///
/// The protocol answers one command after the other: rows that a statement has still to fetch are
/// read into memory before anything else is sent ("settled", R21).
class Connection final : public driver::Connection {
  public:
    Connection(Handle handle, const ConnectOptions& options, std::size_t largest_packet);
    ~Connection() override;

    std::unique_ptr<driver::Statement> prepare(const driver::StatementRequest& request) override;
    void run(std::string_view sql) override;
    void begin(const driver::BeginOptions& options) override;
    void commit() override;
    void rollback() override;
    bool in_transaction() const noexcept override;
    void prepare_transaction(std::string_view xid) override;
    void commit_prepared(std::string_view xid) override;
    void rollback_prepared(std::string_view xid) override;
    std::vector<std::string> recover_prepared() override;
    std::int64_t last_insert_id() const override;
    void ping() override;
    bool is_open() const noexcept override;
    void cancel() noexcept override;
    void close() noexcept override;
    void abandon() noexcept override;
    std::size_t max_parameters() const noexcept override { return 65'535; }
    int server_version() const noexcept override { return server_version_; }
    void* native_handle() noexcept override { return handle_.get(); }

    // --- for the statements of the connection

    [[nodiscard]] MYSQL* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] bool is_own_process() const noexcept { return owner_.is_current(); }
    /// Throws ForkedProcessError in a child of the process that connected.
    void require_own_process() const { owner_.require_current("Connection"); }
    /// The largest packet that the server takes, in bytes.
    [[nodiscard]] std::size_t largest_packet() const noexcept { return largest_packet_; }
    /// Whether the server runs a statement for many rows in one command.
    [[nodiscard]] bool has_bulk() const noexcept { return has_bulk_; }
    /// Makes sure that a command can be sent, and settles the statement whose rows arrive.
    void make_ready(std::string_view sql);
    /// As make_ready, and begins the transaction that was asked for.
    void make_ready_in_transaction(std::string_view sql);
    [[nodiscard]] bool is_in_begun_transaction() const noexcept {
        return transaction_ == Transaction::open;
    }
    void set_arriving(Statement* statement) noexcept { arriving_ = statement; }
    [[nodiscard]] bool has_arriving() const noexcept { return arriving_ != nullptr; }
    /// Notes what a command that succeeded did to the transaction.
    void note_success();
    /// Lets nothing more run in the present transaction.
    void spoil_transaction(std::string_view why) {
        transaction_ = Transaction::lost;
        failure_ = why;
    }
    /// How often the default schema was changed; statements that were prepared before are stale.
    [[nodiscard]] std::uint64_t schema_changes() const noexcept { return schema_changes_; }
    void note_insert_id(std::uint64_t id) noexcept {
        if (id != 0) last_insert_id_ = id;
    }
    void add(Statement& statement) { statements_.push_back(&statement); }
    void remove(Statement& statement) noexcept;
    /// Frees a statement on the server, now or once rows no longer stand in the way.
    void free_statement(MYSQL_STMT* statement) noexcept;

    /// Throws what the server or libmariadb reported, and notes what it spoiled.
    [[noreturn]] void raise(const Report& report, std::string_view sql,
                            std::span<const ValueView> parameters = {},
                            std::string_view context = {});
    /// Throws an error that the driver found itself.
    [[noreturn]] void raise_own(driver::ErrorClass error_class, std::string message,
                                std::string_view sql,
                                std::span<const ValueView> parameters = {}) const;

  private:
    enum class Transaction : std::uint8_t {
        none,
        pending,  // begun, or begun anew after an implicit commit, and not sent yet
        open,
        prepared,  // the server's, and in the way of everything else
        lost       // rolled back by the server, or must be; nothing may run until rollback()
    };

    void require_usable(std::string_view sql) const;
    void settle() noexcept;
    void free_doomed() noexcept;
    void note_schema();
    void send_begin();
    [[nodiscard]] bool status_says_in_transaction() const noexcept;
    [[nodiscard]] bool was_hung_up() const noexcept;
    void look_before(std::string_view sql);
    void run_phase(const std::string& sql, std::string_view if_lost);
    void end_prepared(const std::string& sql, std::string_view if_lost);
    [[nodiscard]] std::string commit_statement() const;
    [[nodiscard]] bool roll_back_xa() noexcept;
    [[nodiscard]] Poisoned note_failure(unsigned number);
    [[noreturn]] void raise_lost(std::string_view sql) const;

    OwnerProcess owner_;
    Handle handle_;
    const ConnectOptions options_;  // for the connection that cancels
    std::size_t largest_packet_;
    int server_version_;
    unsigned long thread_id_;
    bool has_bulk_;
    std::atomic<bool> closed_{false};
    bool lost_ = false;
    Transaction transaction_ = Transaction::none;
    bool begin_was_sent_ = false;  // of the present one, whatever became of it
    std::string begin_sql_;
    std::string xid_;      // of the present transaction, where it may be prepared
    std::string failure_;  // what made the connection or the transaction unusable
    std::uint64_t last_insert_id_ = 0;
    std::string schema_;
    std::uint64_t schema_changes_ = 0;
    Statement* arriving_ = nullptr;  // whose rows are on their way
    std::vector<Statement*> statements_;
    std::vector<MYSQL_STMT*> doomed_;
};

}  // namespace azoth::inline v0::mariadb
