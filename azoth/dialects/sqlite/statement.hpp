// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/sqlite/decode.hpp>
#include <azoth/dialects/sqlite/linked.hpp>
#include <azoth/driver/arena.hpp>
#include <azoth/driver/driver.hpp>

#include <exception>
#include <span>
#include <string>
#include <vector>

struct sqlite3_stmt;

namespace azoth::inline v0::sqlite {

using driver::Arena;

class ConversionProblem;
class DriverConnection;

/// A prepared statement over SQLite's C API. One thread at a time, together with its connection.
///
/// A statement that reads is stepped as its rows are fetched. One that writes runs to its end in
/// `execute`, and what it returns is kept in memory: so an autocommitted write is committed when
/// `execute` returns, and its parameters need no copies.
class DriverStatement final : public driver::Statement {
  public:
    /// Takes over `statement`, unless it throws.
    DriverStatement(DriverConnection& connection, sqlite3_stmt* statement,
                    const driver::StatementRequest& request);
    DriverStatement(const DriverStatement&) = delete;
    DriverStatement& operator=(const DriverStatement&) = delete;
    ~DriverStatement() override;

    void execute(std::span<const ValueView> parameters) override;
    std::int64_t execute_many(driver::RowSource& rows, driver::ManyResult result,
                              driver::RowSink* sink) override;
    bool fetch(ValueView* cells) override;
    void reset() noexcept override;
    std::span<const driver::ColumnInfo> columns() const override { return columns_; }
    std::int64_t rows_affected() const override { return rows_affected_; }
    bool is_valid() const noexcept override { return statement_ != nullptr && !is_stale_; }

    // --- for the connection

    /// R21: reads the remaining rows into memory and ends SQLite's part of the execution.
    void read_ahead() noexcept;
    /// The connection closes: reads ahead and frees SQLite's part.
    void detach() noexcept;
    /// The process has forked: leaves SQLite's part where it is (R23).
    void abandon() noexcept;

    Links<DriverStatement> among_all;
    Links<DriverStatement> among_readers;

  private:
    enum class State : std::uint8_t {
        ended,      // or not begun
        first_row,  // SQLite stands on the first row, which has not been fetched
        stepping,   // SQLite stands on the row fetched last
        in_memory   // the remaining rows are in kept_rows_
    };

    DriverConnection& usable_connection();
    void read_columns(std::span<const Kind> wanted);
    void check_columns(std::span<const ValueView> parameters);
    void bind(std::span<const ValueView> parameters, bool keep, std::int64_t row);
    void execute_after(std::span<const ValueView> parameters);
    void start_reading();
    void run_to_end(std::span<const ValueView> parameters);
    std::int64_t run_each(driver::RowSource& rows, driver::ManyResult result,
                          driver::RowSink* sink);
    int deliver_row(driver::RowSink& sink, ValueView* cells,
                    const std::vector<ValueView>& parameters);
    void count_rows() noexcept;
    void decode_row(ValueView* cells, const std::vector<ValueView>& parameters);
    void decode(int column, const RawCell& raw, ValueView& cell,
                std::span<const ValueView> parameters);
    bool fetch_kept(ValueView* cells);
    void keep_row();
    void end_execution() noexcept;
    void abort_execution() noexcept;
    bool end_of_rows(int code);
    [[noreturn]] void fail(int code, std::span<const ValueView> parameters, std::int64_t row = -1);
    [[noreturn]] void refuse_cell(int column, const ConversionProblem& problem,
                                  std::span<const ValueView> parameters) const;
    [[noreturn]] void refuse(driver::ErrorClass error_class, const DriverFault& fault,
                             std::span<const ValueView> parameters) const;

    DriverConnection* connection_;  // null once the connection is closed
    sqlite3_stmt* statement_;
    int column_count_ = 0;
    State state_ = State::ended;
    bool only_reads_ = false;
    bool counts_rows_ = false;
    bool is_stale_ = false;
    int reprepared_ = 0;  // how often SQLite has prepared it anew
    std::size_t parameter_count_ = 0;
    std::int64_t rows_affected_ = -1;
    std::vector<Kind> wanted_;
    std::vector<Decimal> decimals_;  // one a column: what decimal cells point at
    std::vector<driver::ColumnInfo> columns_;
    std::string sql_;

    // What SQLite reads while it runs, and what messages about later rows show.
    Arena bound_bytes_;
    std::vector<ValueView> bound_;
    std::vector<ValueView> given_;  // the row that execute_many is at

    std::vector<RawCell> kept_rows_;
    std::size_t next_kept_ = 0;
    Arena kept_bytes_;
    std::exception_ptr kept_error_;  // thrown after the kept rows
};

}  // namespace azoth::inline v0::sqlite
