// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/bulk_page_internal.hpp>
#include <azoth/dialects/mariadb/connection_internal.hpp>
#include <azoth/dialects/mariadb/encode_internal.hpp>
#include <azoth/dialects/mariadb/patience_internal.hpp>
#include <azoth/dialects/mariadb/result_plan_internal.hpp>
#include <azoth/dialects/mariadb/row_reader_internal.hpp>
#include <azoth/dialects/mariadb/statement_form_internal.hpp>
#include <azoth/driver/arena.hpp>
#include <azoth/driver/driver.hpp>

#include <mysql.h>

#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::mariadb {

using driver::Arena;

/// A prepared statement over libmariadb. One thread at a time, together with its connection.
///
/// The rows of a statement that only reads arrive as they are fetched, inside a transaction;
/// without one they are stored in memory at once, because the statement would otherwise hold its
/// locks for as long as the program dwells on its rows. What a writing statement returns is stored.
/// Streamed, the rows are in a cursor of the server's, and come over in windows.
class Statement final : public driver::Statement {
  public:
    Statement(Connection& connection, const driver::StatementRequest& request);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() override;

    void execute(std::span<const ValueView> parameters) override;
    void execute_streaming(std::span<const ValueView> parameters,
                           const driver::RowWindow& window) override;
    std::int64_t execute_many(driver::RowSource& rows, driver::ManyResult result,
                              driver::RowSink* sink) override;
    bool fetch(ValueView* cells) override;
    void reset() noexcept override;
    [[nodiscard]] std::span<const driver::ColumnInfo> columns() const override {
        return plan_.columns();
    }
    [[nodiscard]] std::int64_t rows_affected() const override { return rows_affected_; }
    [[nodiscard]] bool is_valid() const noexcept override {
        return handle_ != nullptr && connection_ != nullptr && !is_stale_ &&
               schema_changes_ == connection_->schema_changes();
    }

    // --- for the connection

    /// Reads the rows that have still to arrive into memory, an error into this result (R21).
    void settle() noexcept;
    /// The connection closes.
    void forget_connection() noexcept;
    /// The connection is given up without a word (R23): nothing of libmariadb may be touched.
    void abandon() noexcept;

  private:
    enum class State : std::uint8_t {
        ended,     // or not begun
        windows,   // from a cursor of the server's
        arriving,  // the connection is waiting for the rows to be taken
        stored     // the remaining rows begin at next_stored_
    };

    void prepare(const driver::StatementRequest& request);
    Connection& usable_connection();

    void encode_parameters(std::span<const ValueView> parameters, std::int64_t row);
    void bind(std::span<const ValueView> parameters, std::int64_t row);
    void send(std::span<const ValueView> parameters, std::int64_t row);
    void start(std::span<const ValueView> parameters, const driver::RowWindow* window);
    void start_after(std::span<const ValueView> parameters, const driver::RowWindow* window);
    void choose_cursor(const driver::RowWindow* window) noexcept;
    void announce_window() noexcept;
    void open_rows(std::span<const ValueView> parameters);
    void store_rows(std::span<const ValueView> parameters, std::string_view context);
    void check_columns(std::span<const ValueView> parameters);
    [[noreturn]] void refuse_procedure(std::span<const ValueView> parameters);
    [[noreturn]] void refuse_changed_columns(std::span<const ValueView> parameters);
    [[nodiscard]] Poisoned poisoned_by_refusal() const noexcept;
    void give_up_result(std::string_view why);
    [[nodiscard]] bool fetch_window(ValueView* cells);
    [[nodiscard]] bool fetch_arriving(ValueView* cells);
    [[nodiscard]] bool fetch_stored(ValueView* cells);
    void decode_row(ValueView* cells);
    void end_execution() noexcept;
    void free_stored_rows() noexcept;
    void close_cursor() noexcept;

    // execute_many
    [[nodiscard]] bool goes_in_bulk(driver::ManyResult result) const noexcept;
    [[nodiscard]] std::int64_t run_in_bulk(driver::RowSource& rows, driver::ManyResult result,
                                           driver::RowSink* sink);
    [[nodiscard]] std::int64_t run_page(std::int64_t first_row, driver::ManyResult result,
                                        driver::RowSink* sink);
    void send_page(std::string_view context);
    void deliver_counts(std::int64_t affected, driver::RowSink& sink) const;
    [[nodiscard]] std::int64_t run_one_by_one(driver::RowSource& rows, driver::ManyResult result,
                                              driver::RowSink* sink);
    [[nodiscard]] std::int64_t deliver_rows(driver::RowSink* sink);
    [[noreturn]] void refuse_no_rows();

    [[noreturn]] void fail(std::span<const ValueView> parameters, std::string_view context = {});
    [[noreturn]] void fail_to_store(std::span<const ValueView> parameters,
                                    std::string_view context);
    [[noreturn]] void refuse(driver::ErrorClass error_class, std::string message,
                             std::span<const ValueView> parameters = {}) const;

    Connection* connection_;  // null once it is closed
    MYSQL_STMT* handle_ = nullptr;
    std::string sql_;
    std::vector<Type> types_;  // of the parameters
    std::vector<Kind> wanted_;
    StatementForm form_;
    State state_ = State::ended;
    bool is_stale_ = false;
    const std::uint64_t schema_changes_;  // of the connection when it was prepared
    bool is_announced_ = false;           // plan_ knows the columns' names
    bool has_rows_ = false;               // the last execution returned some, or none of them
    bool has_cursor_ = false;             // executions open one on the server
    std::int64_t rows_affected_ = -1;

    Arena arena_;
    std::vector<Parameter> parameters_;
    std::vector<MYSQL_BIND> binds_;
    BulkPage page_;

    ResultPlan plan_;
    RowReader reader_;
    Patience patience_;
    driver::RowWindow window_;
    std::size_t window_left_ = 0;  // of its rows
    // libmariadb's own number of rows counts those before them too.
    const MYSQL_ROWS* first_stored_ = nullptr;
    const MYSQL_ROWS* next_stored_ = nullptr;
    std::exception_ptr settled_error_;  // thrown in place of the rows that it ended
};

}  // namespace azoth::inline v0::mariadb
