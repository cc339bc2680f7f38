// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/statement_internal.hpp>

#include <errmsg.h>

#include <algorithm>
#include <new>
#include <utility>

namespace azoth::inline v0::mariadb {

using driver::ErrorClass;

namespace {

Report report_of(MYSQL_STMT* statement) noexcept {
    return {mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement),
            mysql_stmt_error(statement)};
}

std::string in_row(std::int64_t row) {
    return row < 0 ? std::string()
                   : " (in parameter row " + std::to_string(row) + ", counting from 0)";
}

std::span<const MYSQL_FIELD> fields_of(MYSQL_STMT* statement) noexcept {
    return {mariadb_stmt_fetch_fields(statement), mysql_stmt_field_count(statement)};
}

void take_cell(void* reader, unsigned column, unsigned char** row) {
    static_cast<RowReader*>(reader)->take(column, row);
}

}  // namespace

// --- life

Statement::Statement(Connection& connection, const driver::StatementRequest& request)
    : connection_(&connection),
      sql_(request.sql),
      types_(request.parameters.begin(), request.parameters.end()),
      wanted_(request.results.begin(), request.results.end()),
      form_(form_of(request.sql)),
      schema_changes_(connection.schema_changes()) {
    handle_ = mysql_stmt_init(connection.handle());
    if (handle_ == nullptr) throw std::bad_alloc();
    try {
        prepare(request);
        connection.add(*this);
    } catch (...) {
        connection.free_statement(handle_);
        throw;
    }
}

void Statement::prepare(const driver::StatementRequest& request) {
    if (mysql_stmt_prepare(handle_, sql_.data(), sql_.size()) != 0) fail({});
    const std::size_t count = mysql_stmt_param_count(handle_);
    if (!request.parameters.empty() && request.parameters.size() != count)
        refuse(ErrorClass::programming, "the statement has " + std::to_string(count) +
                                            " parameters, but types for " +
                                            std::to_string(request.parameters.size()));
    types_.resize(count);
    is_announced_ = mysql_stmt_field_count(handle_) != 0;
    if (is_announced_) plan_.announce(fields_of(handle_), wanted_, sql_);
    mysql_stmt_attr_set(handle_, STMT_ATTR_CB_RESULT, reinterpret_cast<void*>(&take_cell));
    mysql_stmt_attr_set(handle_, STMT_ATTR_CB_USER_DATA, &reader_);
}

Statement::~Statement() {
    if (connection_ == nullptr) {
        // closed: only memory is left of it; abandoned: that stays too
        if (handle_ != nullptr) mysql_stmt_close(handle_);
        return;
    }
    if (!connection_->is_own_process()) {
        connection_->remove(*this);
        return;
    }
    end_execution();
    connection_->remove(*this);
    connection_->free_statement(handle_);
}

void Statement::forget_connection() noexcept {
    connection_ = nullptr;
    state_ = State::ended;
    next_stored_ = nullptr;
    settled_error_ = nullptr;
}

void Statement::abandon() noexcept {
    forget_connection();
    handle_ = nullptr;
}

Connection& Statement::usable_connection() {
    if (connection_ != nullptr) {
        connection_->require_own_process();
        return *connection_;
    }
    DriverFault fault;
    fault.message = "the connection of the statement is closed";
    fault.poisoned = Poisoned::connection;
    driver::raise(ErrorClass::interface, fault, sql_);
}

// --- execution

void Statement::execute(std::span<const ValueView> parameters) {
    start(parameters, nullptr);
}

void Statement::execute_streaming(std::span<const ValueView> parameters,
                                  const driver::RowWindow& window) {
    // MySQL's cursors could not be tried: libmariadb has ways of its own where the server opens
    // none.
    const bool may_have_cursor =
        form_ == StatementForm::reads && mariadb_connection(usable_connection().handle());
    start(parameters, may_have_cursor ? &window : nullptr);
}

/// \param window null: without a cursor of the server's
void Statement::start(std::span<const ValueView> parameters, const driver::RowWindow* window) {
    Connection& connection = usable_connection();
    if (state_ != State::ended) [[unlikely]]
        return start_after(parameters, window);
    connection.make_ready_in_transaction(sql_);
    rows_affected_ = -1;
    encode_parameters(parameters, -1);
    bind(parameters, -1);
    if (has_cursor_ || window) [[unlikely]]
        choose_cursor(window);
    send(parameters, -1);
    if (has_rows_) open_rows(parameters);
}

/// Ends the running execution first. Its cells may be the parameters: to walk up a tree, say.
void Statement::start_after(std::span<const ValueView> parameters,
                            const driver::RowWindow* window) {
    const std::vector<Value> owned(parameters.begin(), parameters.end());
    std::vector<ValueView> views;
    views.reserve(owned.size());
    for (const Value& value : owned) views.push_back(value.view());
    end_execution();
    start(views, window);
}

void Statement::choose_cursor(const driver::RowWindow* window) noexcept {
    const unsigned long type = window ? CURSOR_TYPE_READ_ONLY : CURSOR_TYPE_NO_CURSOR;
    mysql_stmt_attr_set(handle_, STMT_ATTR_CURSOR_TYPE, &type);
    has_cursor_ = window != nullptr;
    if (window) {
        window_ = *window;
        announce_window();
    } else {
        handle_->cursor_exists = 0;  // libmariadb itself never takes that back
    }
}

void Statement::announce_window() noexcept {
    constexpr std::size_t most = 0xFFFF'FFFF;  // the protocol counts them in 32 bits
    const unsigned long rows = std::min(window_.rows, most);
    mysql_stmt_attr_set(handle_, STMT_ATTR_PREFETCH_ROWS, &rows);
}

void Statement::encode_parameters(std::span<const ValueView> parameters, std::int64_t row) {
    if (parameters.size() != types_.size())
        refuse(ErrorClass::programming,
               "the statement has " + std::to_string(types_.size()) + " parameters, and " +
                   std::to_string(parameters.size()) + " values were given",
               parameters);
    arena_.clear();
    parameters_.assign(parameters.size(), {});
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (const Refusal why = encode(parameters[i], types_[i], arena_, parameters_[i]))
            refuse(ErrorClass::data,
                   refusal_message(i + 1, types_[i], parameters[i], why) + in_row(row), parameters);
}

void Statement::bind(std::span<const ValueView> parameters, std::int64_t row) {
    constexpr std::size_t header = 1024;
    std::size_t size = header;
    binds_.assign(parameters_.size(), {});
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        parameters_[i].fill(binds_[i]);
        size += parameters_[i].packet_size();
    }
    if (size > connection_->largest_packet())  // the server would break the connection off
        refuse(ErrorClass::data,
               "the parameters take " + std::to_string(size) +
                   " bytes, and the server takes at most " +
                   std::to_string(connection_->largest_packet()) +
                   " (its variable max_allowed_packet)" + in_row(row),
               parameters);
    if (!binds_.empty() && mysql_stmt_bind_param(handle_, binds_.data()) != 0)
        fail(parameters, in_row(row));
}

void Statement::send(std::span<const ValueView> parameters, std::int64_t row) {
    if (mysql_stmt_execute(handle_) != 0) fail(parameters, in_row(row));
    connection_->note_success();
    connection_->note_insert_id(mysql_stmt_insert_id(handle_));
    if (mysql_stmt_more_results(handle_) != 0) refuse_procedure(parameters);
    has_rows_ = mysql_stmt_field_count(handle_) != 0;
    if (!has_rows_ && form_ == StatementForm::writes)
        rows_affected_ = static_cast<std::int64_t>(mysql_stmt_affected_rows(handle_));
}

/// A procedure ends with a result of its own, behind those that it selects: what these are is known
/// only when it has run. One that selects nothing has no more than the last.
void Statement::refuse_procedure(std::span<const ValueView> parameters) {
    is_stale_ = true;
    mysql_stmt_reset(handle_);
    refuse(ErrorClass::not_supported,
           "the statement has several results, as a procedure that selects rows: have it write "
           "them into a table, and select them there",
           parameters);
}

void Statement::open_rows(std::span<const ValueView> parameters) {
    check_columns(parameters);
    if (has_cursor_) {
        state_ = State::windows;
        window_left_ = 0;
        return;
    }
    const bool may_arrive = form_ == StatementForm::reads && connection_->is_in_begun_transaction();
    if (!may_arrive) return store_rows(parameters, {});
    state_ = State::arriving;
    patience_.begin();
    connection_->set_arriving(this);
}

void Statement::store_rows(std::span<const ValueView> parameters, std::string_view context) {
    if (mysql_stmt_store_result(handle_) != 0) fail_to_store(parameters, context);
    state_ = State::stored;
    first_stored_ = next_stored_ = mysql_stmt_row_tell(handle_);
    // each row that a writing statement returns is one that it wrote
    if (form_ == StatementForm::writes)
        rows_affected_ = static_cast<std::int64_t>(mysql_stmt_num_rows(handle_));
}

/// The columns of INSERT … RETURNING are known only when it has run; those of others may change,
/// because the server prepares a statement anew by itself after its tables changed.
void Statement::check_columns(std::span<const ValueView> parameters) {
    if (is_announced_ &&
        !plan_.has_names_of({connection_->handle()->fields, connection_->handle()->field_count}))
        refuse_changed_columns(parameters);
    if (is_announced_ && plan_.fits(fields_of(handle_))) [[likely]]
        return;
    try {
        plan_.make(fields_of(handle_), wanted_, sql_, poisoned_by_refusal());
    } catch (const Error& error) {
        give_up_result(error.what());
        throw;
    }
    reader_.expect(plan_.forms());
    is_announced_ = true;
}

void Statement::refuse_changed_columns(std::span<const ValueView> parameters) {
    DriverFault fault;
    fault.message =
        "the columns that the statement returns changed with the schema: prepare it anew";
    fault.poisoned = poisoned_by_refusal();
    give_up_result(fault.message);
    driver::raise(ErrorClass::programming, fault, sql_, parameters,
                  connection_->settings().hide_parameters);
}

/// What a statement wrote whose result is refused must not stay.
Poisoned Statement::poisoned_by_refusal() const noexcept {
    const bool wrote = form_ != StatementForm::reads && connection_->is_in_begun_transaction();
    return wrote ? Poisoned::transaction : Poisoned::nothing;
}

void Statement::give_up_result(std::string_view why) {
    is_stale_ = true;
    mysql_stmt_reset(handle_);
    if (poisoned_by_refusal() == Poisoned::transaction) connection_->spoil_transaction(why);
}

// --- rows

bool Statement::fetch(ValueView* cells) {
    switch (state_) {
        case State::windows: return fetch_window(cells);
        case State::arriving: return fetch_arriving(cells);
        case State::stored: return fetch_stored(cells);
        case State::ended: break;
    }
    return false;
}

bool Statement::fetch_window(ValueView* cells) {
    const bool begins = window_left_ == 0;
    if (begins) {
        connection_->make_ready(sql_);
        announce_window();
        window_left_ = window_.rows;
        window_.grow();
    }
    const int result = mysql_stmt_fetch(handle_);
    if (result != 0) [[unlikely]] {
        state_ = State::ended;
        if (result == MYSQL_NO_DATA) return false;
        fail({});
    }
    --window_left_;
    decode_row(cells);
    return true;
}

bool Statement::fetch_arriving(ValueView* cells) {
    if (!connection_->is_own_process()) connection_->make_ready(sql_);  // throws
    if (patience_.is_over()) {
        connection_->set_arriving(nullptr);
        settle();
        return fetch_stored(cells);
    }
    const int result = mysql_stmt_fetch(handle_);
    if (result != 0) [[unlikely]] {
        connection_->set_arriving(nullptr);
        state_ = State::ended;
        if (result == MYSQL_NO_DATA) return false;
        fail({});
    }
    // Cells must outlive what other statements read over the same connection.
    if (plan_.borrows()) reader_.keep();
    decode_row(cells);
    patience_.hand_out();
    return true;
}

bool Statement::fetch_stored(ValueView* cells) {
    if (next_stored_ == nullptr) {
        const std::exception_ptr error = std::exchange(settled_error_, nullptr);
        end_execution();
        if (error) std::rethrow_exception(error);
        return false;
    }
    if (!reader_.read(*next_stored_))
        refuse(ErrorClass::operational, "the server sent a row that makes no sense");
    next_stored_ = next_stored_->next;
    decode_row(cells);
    return true;
}

void Statement::decode_row(ValueView* cells) {
    const std::size_t failed = plan_.decode(reader_.cells(), cells);
    if (failed != ResultPlan::npos) [[unlikely]]
        plan_.raise_cell(*connection_, reader_.cells()[failed], failed, sql_);
}

void Statement::settle() noexcept {
    state_ = State::stored;
    first_stored_ = next_stored_ = nullptr;
    if (mysql_stmt_store_result(handle_) == 0) {
        first_stored_ = next_stored_ = mysql_stmt_row_tell(handle_);
        // libmariadb counts the rows that were fetched before: where none was left it would take
        // them for outstanding, and the next execution would wait for them, until it sees the end.
        if (next_stored_ == nullptr) mysql_stmt_fetch(handle_);
        return;
    }
    try {
        fail_to_store({}, {});
    } catch (...) {
        settled_error_ = std::current_exception();
    }
}

void Statement::reset() noexcept {
    if (connection_ == nullptr || !connection_->is_own_process()) return;
    end_execution();
}

void Statement::end_execution() noexcept {
    const State state = std::exchange(state_, State::ended);
    next_stored_ = nullptr;
    settled_error_ = nullptr;
    if (state == State::arriving) {
        connection_->set_arriving(nullptr);
        mysql_stmt_free_result(handle_);  // reads the rest; what fails fails again where it matters
    } else if (state == State::stored) {
        free_stored_rows();
    } else if (state == State::windows) {
        close_cursor();
    }
}

/// Before its last row: the server has kept the rows that are left.
void Statement::close_cursor() noexcept {
    try {
        connection_->make_ready(sql_);
        mysql_stmt_reset(handle_);
    } catch (...) {  // NOLINT(bugprone-empty-catch)
        // The connection is lost, and tells so when it is used.
    }
    mysql_stmt_free_result(handle_);  // the rows of the window
}

void Statement::free_stored_rows() noexcept {
    // libmariadb would take the rows of another statement for this one's, and read them away; then
    // the memory is freed by the next execution
    const bool has_any = std::exchange(first_stored_, nullptr) != nullptr;
    if (!has_any || connection_->has_arriving()) return;
    mysql_stmt_data_seek(handle_, 0);  // else it would see nothing to free
    mysql_stmt_free_result(handle_);
}

// --- errors

void Statement::fail(std::span<const ValueView> parameters, std::string_view context) {
    Report report = report_of(handle_);
    if (report.number == 0) report = mariadb::report_of(connection_->handle());
    if (report.number == CR_NEW_STMT_METADATA) refuse_changed_columns(parameters);
    connection_->raise(report, sql_, parameters, context);
}

/// After such an error libmariadb still takes the rows for outstanding: the next execution would
/// wait for them, and for ever.
void Statement::fail_to_store(std::span<const ValueView> parameters, std::string_view context) {
    Report report = report_of(handle_);
    if (report.number == 0) report = mariadb::report_of(connection_->handle());
    const std::string sqlstate(report.sqlstate);
    const std::string message(report.message);
    mysql_stmt_reset(handle_);
    connection_->raise({report.number, sqlstate, message}, sql_, parameters, context);
}

void Statement::refuse(ErrorClass error_class, std::string message,
                       std::span<const ValueView> parameters) const {
    connection_->raise_own(error_class, std::move(message), sql_, parameters);
}

}  // namespace azoth::inline v0::mariadb
