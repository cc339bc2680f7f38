// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/bind.hpp>
#include <azoth/dialects/sqlite/connection.hpp>
#include <azoth/dialects/sqlite/conversion.hpp>
#include <azoth/dialects/sqlite/plain_cells.hpp>
#include <azoth/dialects/sqlite/sql_text.hpp>
#include <azoth/dialects/sqlite/statement.hpp>

#include <sqlite3.h>

#include <new>
#include <utility>

namespace azoth::inline v0::sqlite {
namespace {

constexpr std::size_t most_cells_kept_ready = 4096;

std::string column_name(sqlite3_stmt* statement, int column) {
    const char* const name = sqlite3_column_name(statement, column);
    if (name == nullptr) throw std::bad_alloc();
    return name;
}

DriverFault fault_of(std::string message) {
    DriverFault fault;
    fault.message = std::move(message);
    return fault;
}

std::string in_row(std::int64_t row) {
    return row < 0 ? std::string()
                   : " (in parameter row " + std::to_string(row) + ", counting from 0)";
}

}  // namespace

// --- life

DriverStatement::DriverStatement(DriverConnection& connection, sqlite3_stmt* statement,
                                 const driver::StatementRequest& request)
    : connection_(&connection), statement_(statement), sql_(request.sql) {
    const bool is_readonly = sqlite3_stmt_readonly(statement) != 0;
    column_count_ = sqlite3_column_count(statement);
    // COMMIT, SAVEPOINT and the like count as read-only, but return nothing
    only_reads_ = is_readonly && column_count_ != 0;
    counts_rows_ = !is_readonly && counts_rows(sql_);
    parameter_count_ = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
    if (!request.parameters.empty() && request.parameters.size() != parameter_count_)
        refuse(driver::ErrorClass::programming,
               fault_of("the statement has " + std::to_string(parameter_count_) +
                        " parameters, but types for " + std::to_string(request.parameters.size())),
               {});
    read_columns(request.results);
}

DriverStatement::~DriverStatement() {
    if (connection_ != nullptr && !connection_->is_own_process()) abandon();
    end_execution();
    unlink<DriverStatement, &DriverStatement::among_all>(*this);
    sqlite3_finalize(statement_);  // returns the last step's error, which was thrown then
}

void DriverStatement::detach() noexcept {
    if (state_ == State::first_row || state_ == State::stepping) read_ahead();
    unlink<DriverStatement, &DriverStatement::among_all>(*this);
    sqlite3_finalize(std::exchange(statement_, nullptr));
    connection_ = nullptr;
}

void DriverStatement::abandon() noexcept {
    unlink<DriverStatement, &DriverStatement::among_readers>(*this);
    unlink<DriverStatement, &DriverStatement::among_all>(*this);
    if (state_ != State::in_memory) state_ = State::ended;
    statement_ = nullptr;
    connection_ = nullptr;
}

void DriverStatement::reset() noexcept {
    if (connection_ != nullptr && !connection_->is_own_process()) abandon();
    end_execution();
}

void DriverStatement::end_execution() noexcept {
    if (state_ == State::first_row || state_ == State::stepping) {
        sqlite3_reset(statement_);
        unlink<DriverStatement, &DriverStatement::among_readers>(*this);
    } else if (state_ == State::in_memory) {
        if (kept_rows_.capacity() > most_cells_kept_ready)
            kept_rows_ = {};
        else
            kept_rows_.clear();
        kept_bytes_.clear();
        next_kept_ = 0;
        kept_error_ = nullptr;
    }
    state_ = State::ended;
}

/// As end_execution, also where state_ doesn't tell that SQLite is in the middle of it.
void DriverStatement::abort_execution() noexcept {
    sqlite3_reset(statement_);
    end_execution();
}

DriverConnection& DriverStatement::usable_connection() {
    if (connection_ == nullptr) {
        DriverFault fault = fault_of("the connection of the statement is closed");
        fault.poisoned = Poisoned::connection;
        refuse(driver::ErrorClass::interface, fault, {});
    }
    connection_->require_usable(sql_);
    return *connection_;
}

// --- columns

void DriverStatement::read_columns(std::span<const Kind> wanted) {
    const auto count = static_cast<std::size_t>(column_count_);
    if (!wanted.empty() && wanted.size() != count)
        refuse(driver::ErrorClass::programming,
               fault_of("the statement returns " + std::to_string(count) + " columns where " +
                        std::to_string(wanted.size()) + " are wanted"),
               {});
    columns_.reserve(count);
    for (int i = 0; i < column_count_; ++i)
        columns_.push_back({column_name(statement_, i), Kind::null, 0});
    wanted_.assign(wanted.begin(), wanted.end());
    wanted_.resize(count, Kind::null);
    decimals_.resize(count);
}

/// SQLite prepares a statement anew by itself after the schema changed, and `SELECT *` may then
/// return other columns than those that the caller was told.
void DriverStatement::check_columns(std::span<const ValueView> parameters) {
    const int reprepared = sqlite3_stmt_status(statement_, SQLITE_STMTSTATUS_REPREPARE, 0);
    if (reprepared == reprepared_) [[likely]]
        return;
    reprepared_ = reprepared;
    bool is_same = sqlite3_column_count(statement_) == column_count_;
    for (int i = 0; is_same && i < column_count_; ++i)
        is_same = column_name(statement_, i) == columns_[static_cast<std::size_t>(i)].name;
    if (is_same) return;
    is_stale_ = true;
    DriverFault fault =
        fault_of("the columns that the statement returns changed with the schema: prepare it anew");
    // what such a statement wrote must not stay
    if (!only_reads_) fault.poisoned = Poisoned::transaction;
    refuse(driver::ErrorClass::programming, fault, parameters);
}

// --- execution

void DriverStatement::execute(std::span<const ValueView> parameters) {
    DriverConnection& connection = usable_connection();
    if (state_ != State::ended) [[unlikely]]
        return execute_after(parameters);
    rows_affected_ = -1;
    const bool keep = only_reads_ || connection.has_open_results();
    bind(parameters, keep, -1);
    if (!only_reads_) connection.read_ahead();
    connection.start_work();
    try {
        if (only_reads_)
            start_reading();
        else
            run_to_end(keep ? bound_ : parameters);
    } catch (...) {
        abort_execution();
        throw;
    }
}

/// Ends the running execution first. Its cells may be the parameters: to walk up a tree, say.
void DriverStatement::execute_after(std::span<const ValueView> parameters) {
    const std::vector<Value> owned(parameters.begin(), parameters.end());
    std::vector<ValueView> views;
    views.reserve(owned.size());
    for (const Value& value : owned) views.push_back(value.view());
    end_execution();
    execute(views);
}

/// With `keep`, what is bound are copies in bound_: for rows that are fetched when `parameters` are
/// gone, and for parameters that are cells of an open result, which reading ahead would overwrite.
void DriverStatement::bind(std::span<const ValueView> parameters, bool keep, std::int64_t row) {
    if (parameters.size() != parameter_count_)
        refuse(
            driver::ErrorClass::programming,
            fault_of("the statement has " + std::to_string(parameter_count_) + " parameters, and " +
                     std::to_string(parameters.size()) + " values were given"),
            parameters);
    bound_bytes_.clear();
    bound_.clear();
    int index = 0;
    for (const ValueView& parameter : parameters) {
        ++index;
        int code = SQLITE_OK;
        try {
            const ValueView& value =
                keep ? bound_.emplace_back(keep_in(bound_bytes_, parameter)) : parameter;
            code = bind_value(statement_, index, value, bound_bytes_);
        } catch (const ConversionProblem& problem) {
            refuse(driver::ErrorClass::data,
                   fault_of("parameter " + std::to_string(index) + " is " + problem.what() +
                            in_row(row)),
                   parameters);
        }
        if (code != SQLITE_OK) [[unlikely]]
            fail(code, parameters, row);
    }
}

void DriverStatement::start_reading() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail(code, bound_);
    check_columns(bound_);
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_);
        return;
    }
    state_ = State::first_row;
    connection_->add_reader(*this);
}

void DriverStatement::run_to_end(std::span<const ValueView> parameters) {
    int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) {
        check_columns(parameters);
        state_ = State::in_memory;
        do {
            keep_row();
            code = sqlite3_step(statement_);
        } while (code == SQLITE_ROW);
    }
    if (code != SQLITE_DONE) fail(code, parameters);
    count_rows();
    sqlite3_reset(statement_);
}

void DriverStatement::count_rows() noexcept {
    if (counts_rows_) rows_affected_ = sqlite3_changes64(connection_->handle());
}

std::int64_t DriverStatement::execute_many(driver::RowSource& rows, driver::ManyResult result,
                                           driver::RowSink* sink) {
    (void)usable_connection();
    end_execution();
    try {
        return run_each(rows, result, sink);
    } catch (...) {
        abort_execution();
        throw;
    }
}

std::int64_t DriverStatement::run_each(driver::RowSource& rows, driver::ManyResult result,
                                       driver::RowSink* sink) {
    DriverConnection& connection = *connection_;
    const bool delivers_rows = result == driver::ManyResult::returned_rows && sink != nullptr;
    const bool delivers_ids = result == driver::ManyResult::last_insert_id && sink != nullptr;
    const bool delivers_counts = driver::delivers_counts(result) && sink != nullptr;
    given_.resize(parameter_count_);
    std::vector<ValueView> cells(static_cast<std::size_t>(column_count_));
    std::int64_t affected = 0;
    for (std::int64_t row = rows.first_row(); rows.next(given_.data()); ++row) {
        const bool keep = !only_reads_ && connection.has_open_results();
        bind(given_, keep, row);
        const std::vector<ValueView>& parameters = keep ? bound_ : given_;
        if (keep) connection.read_ahead();
        connection.start_work();
        int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) check_columns(parameters);
        while (code == SQLITE_ROW)
            code = delivers_rows ? deliver_row(*sink, cells.data(), parameters)
                                 : sqlite3_step(statement_);
        if (code != SQLITE_DONE) [[unlikely]]
            fail(code, parameters, row);
        const std::int64_t changed = counts_rows_ ? sqlite3_changes64(connection.handle()) : 0;
        affected += changed;
        sqlite3_reset(statement_);
        if (delivers_ids) {
            // an INSERT that ON CONFLICT DO NOTHING skipped has no key, SQLite still has the last
            const ValueView id =
                changed == 0
                    ? ValueView()
                    : ValueView::of_integer(sqlite3_last_insert_rowid(connection.handle()));
            sink->row(&id);
        } else if (delivers_counts) {
            const ValueView count = ValueView::of_integer(changed);
            sink->row(&count);
        }
    }
    rows_affected_ = counts_rows_ ? affected : -1;
    return rows_affected_;
}

int DriverStatement::deliver_row(driver::RowSink& sink, ValueView* cells,
                                 const std::vector<ValueView>& parameters) {
    decode_row(cells, parameters);
    sink.row(cells);
    return sqlite3_step(statement_);
}

// --- rows

bool DriverStatement::fetch(ValueView* cells) {
    if (state_ == State::stepping) [[likely]] {
        const int code = sqlite3_step(statement_);
        if (code != SQLITE_ROW) [[unlikely]]
            return end_of_rows(code);
    } else if (state_ == State::first_row) {
        state_ = State::stepping;
    } else {
        return fetch_kept(cells);
    }
    decode_row(cells, bound_);
    return true;
}

bool DriverStatement::end_of_rows(int code) {
    if (code != SQLITE_DONE) fail(code, bound_);
    end_execution();
    return false;
}

void DriverStatement::decode_row(ValueView* cells, const std::vector<ValueView>& parameters) {
    sqlite3_stmt* const statement = statement_;
    const Kind* const wanted = wanted_.data();
    for (int column = 0, end = column_count_; column != end; ++column)
        if (!decode_plain_cell(statement, column, wanted[column], cells[column])) [[unlikely]]
            decode(column, read_cell(statement, column), cells[column], parameters);
}

void DriverStatement::decode(int column, const RawCell& raw, ValueView& cell,
                             std::span<const ValueView> parameters) {
    const auto i = static_cast<std::size_t>(column);
    try {
        decode_cell(raw, wanted_[i], cell, decimals_[i]);
    } catch (const ConversionProblem& problem) {
        refuse_cell(column, problem, parameters);
    }
}

void DriverStatement::keep_row() {
    for (int i = 0; i < column_count_; ++i)
        kept_rows_.push_back(keep_in(kept_bytes_, read_cell(statement_, i)));
}

void DriverStatement::read_ahead() noexcept {
    int code = SQLITE_ROW;
    try {
        if (state_ == State::stepping) code = sqlite3_step(statement_);
        state_ = State::in_memory;
        for (; code == SQLITE_ROW; code = sqlite3_step(statement_)) keep_row();
        if (code != SQLITE_DONE)
            connection_->raise(connection_->failure(code, Phase::run), sql_, bound_);
    } catch (...) {
        kept_error_ = std::current_exception();
    }
    sqlite3_reset(statement_);
    unlink<DriverStatement, &DriverStatement::among_readers>(*this);
}

bool DriverStatement::fetch_kept(ValueView* cells) {
    if (state_ != State::in_memory) return false;
    if (next_kept_ == kept_rows_.size()) {
        const std::exception_ptr error = std::exchange(kept_error_, nullptr);
        end_execution();
        if (error) std::rethrow_exception(error);
        return false;
    }
    const RawCell* const row = &kept_rows_[next_kept_];
    next_kept_ += static_cast<std::size_t>(column_count_);
    for (int column = 0; column < column_count_; ++column)
        decode(column, row[column], cells[column], bound_);
    return true;
}

// --- errors

void DriverStatement::fail(int code, std::span<const ValueView> parameters, std::int64_t row) {
    Failure failed = connection_->failure(code, Phase::run);
    failed.fault.message += in_row(row);
    abort_execution();
    connection_->raise(failed, sql_, parameters);
}

void DriverStatement::refuse_cell(int column, const ConversionProblem& problem,
                                  std::span<const ValueView> parameters) const {
    const std::string& name = columns_[static_cast<std::size_t>(column)].name;
    DriverFault fault = fault_of("column " + std::to_string(column + 1) + " \"" + name +
                                 "\" holds " + problem.what());
    fault.column = name;
    refuse(driver::ErrorClass::data, fault, parameters);
}

void DriverStatement::refuse(driver::ErrorClass error_class, const DriverFault& fault,
                             std::span<const ValueView> parameters) const {
    const bool hide = connection_ == nullptr || connection_->settings().hide_parameters;
    driver::raise(error_class, fault, sql_, parameters, hide);
}

}  // namespace azoth::inline v0::sqlite
