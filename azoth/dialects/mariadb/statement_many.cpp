// SPDX-License-Identifier: MIT
// execute_many: in one command for many rows where the server can and what is to be delivered
// allows it, else one command a row.

#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/statement_internal.hpp>

#include <algorithm>

namespace azoth::inline v0::mariadb {

using driver::ErrorClass;
using driver::ManyResult;

namespace {

my_bool fill_row(void* page, MYSQL_BIND* binds, unsigned row) {
    static_cast<BulkPage*>(page)->fill(binds, row);
    return 0;
}

std::string in_rows(std::int64_t first, std::size_t count) {
    return "in one of the parameter rows " + std::to_string(first) + " to " +
           std::to_string(first + static_cast<std::int64_t>(count) - 1) + ", counting from 0: ";
}

/// As long as it lives, the statement's next execution is one for a page of rows. libmariadb has
/// one pointer for both of its callbacks, that for rows to send and that for rows that come.
class ManyRows {
  public:
    ManyRows(MYSQL_STMT* statement, BulkPage& page, RowReader& reader)
        : statement_(statement), usual_data_(&reader) {
        set(static_cast<unsigned>(page.rows()), reinterpret_cast<void*>(&fill_row), &page);
    }
    ManyRows(const ManyRows&) = delete;
    ManyRows& operator=(const ManyRows&) = delete;
    ~ManyRows() { set(0, nullptr, usual_data_); }

  private:
    void set(unsigned rows, void* callback, void* data) noexcept {
        mysql_stmt_attr_set(statement_, STMT_ATTR_ARRAY_SIZE, &rows);
        mysql_stmt_attr_set(statement_, STMT_ATTR_CB_PARAM, callback);
        mysql_stmt_attr_set(statement_, STMT_ATTR_CB_USER_DATA, data);
    }

    MYSQL_STMT* statement_;
    void* usual_data_;
};

}  // namespace

std::int64_t Statement::execute_many(driver::RowSource& rows, ManyResult result,
                                     driver::RowSink* sink) {
    Connection& connection = usable_connection();
    end_execution();
    if (has_cursor_) choose_cursor(nullptr);
    connection.make_ready_in_transaction(sql_);
    if (result == ManyResult::returned_rows && sink == nullptr)
        throw ArgumentError("ManyResult::returned_rows needs a RowSink");
    driver::RowSink* const receiver = result == ManyResult::none ? nullptr : sink;
    rows_affected_ = goes_in_bulk(result) ? run_in_bulk(rows, result, receiver)
                                          : run_one_by_one(rows, result, receiver);
    return rows_affected_;
}

bool Statement::goes_in_bulk(ManyResult result) const noexcept {
    // The server tells neither keys nor counts of single rows then, only the sum of the counts.
    const bool needs_each =
        result == ManyResult::last_insert_id || result == ManyResult::affected_rows;
    return !needs_each && form_ == StatementForm::writes && !types_.empty() &&
           connection_->has_bulk();
}

std::int64_t Statement::run_in_bulk(driver::RowSource& rows, ManyResult result,
                                    driver::RowSink* sink) {
    constexpr std::size_t usual_size = std::size_t{512} * 1024;
    const std::size_t limit = std::min(usual_size, connection_->largest_packet() / 2);
    std::vector<ValueView> given(types_.size());
    std::int64_t affected = 0;
    std::int64_t row = rows.first_row();
    std::int64_t first_of_page = row;
    const auto send = [&] {
        affected += run_page(first_of_page, result, sink);
        first_of_page = row;
        page_.begin(types_.size());
    };
    page_.begin(types_.size());
    for (; rows.next(given.data()); ++row) {
        encode_parameters(given, row);
        if (!page_.takes(parameters_, limit)) send();
        if (page_.is_empty()) bind(given, row);  // refuses a row too long for any command
        page_.add(parameters_);
    }
    if (!page_.is_empty()) send();
    return affected;
}

std::int64_t Statement::run_page(std::int64_t first_row, ManyResult result, driver::RowSink* sink) {
    const std::string context = in_rows(first_row, page_.rows());
    send_page(context);
    std::int64_t affected = 0;
    if (has_rows_) {
        check_columns({});
        store_rows({}, context);
        affected = deliver_rows(result == ManyResult::returned_rows ? sink : nullptr);
    } else {
        if (result == ManyResult::returned_rows) refuse_no_rows();
        affected = static_cast<std::int64_t>(mysql_stmt_affected_rows(handle_));
    }
    if (sink != nullptr && result == ManyResult::affected_by_key) deliver_counts(affected, *sink);
    return affected;
}

void Statement::send_page(std::string_view context) {
    const ManyRows many(handle_, page_, reader_);
    page_.describe(binds_);
    if (mysql_stmt_bind_param(handle_, binds_.data()) != 0) fail({}, context);
    if (mysql_stmt_execute(handle_) != 0) fail({}, context);
    connection_->note_success();
    connection_->note_insert_id(mysql_stmt_insert_id(handle_));
    has_rows_ = mysql_stmt_field_count(handle_) != 0;
}

/// Where none affects more than one row, the sum says all if it counts each of them or none.
void Statement::deliver_counts(std::int64_t affected, driver::RowSink& sink) const {
    const auto count = static_cast<std::int64_t>(page_.rows());
    ValueView each;
    if (affected == count) each = ValueView::of_integer(1);
    if (affected == 0) each = ValueView::of_integer(0);
    for (std::int64_t row = 0; row < count; ++row) sink.row(&each);
}

void Statement::refuse_no_rows() {
    DriverFault fault;
    fault.message = "the statement returns no rows, and ManyResult::returned_rows wants some";
    fault.poisoned = poisoned_by_refusal();
    give_up_result(fault.message);
    driver::raise(ErrorClass::programming, fault, sql_);
}

std::int64_t Statement::run_one_by_one(driver::RowSource& rows, ManyResult result,
                                       driver::RowSink* sink) {
    std::vector<ValueView> given(types_.size());
    std::int64_t affected = 0;
    for (std::int64_t row = rows.first_row(); rows.next(given.data()); ++row) {
        // the transaction may have been committed by what ran just now
        connection_->make_ready_in_transaction(sql_);
        encode_parameters(given, row);
        bind(given, row);
        send(given, row);
        std::int64_t changed = std::max<std::int64_t>(rows_affected_, 0);
        if (!has_rows_ && result == ManyResult::returned_rows) refuse_no_rows();
        if (has_rows_) {
            check_columns(given);
            store_rows(given, {});
            changed = deliver_rows(result == ManyResult::returned_rows ? sink : nullptr);
        }
        affected += changed;
        if (sink == nullptr || result == ManyResult::returned_rows) continue;
        const std::uint64_t id = mysql_stmt_insert_id(handle_);
        ValueView cell;  // NULL for a row that INSERT IGNORE left out
        if (driver::delivers_counts(result))
            cell = ValueView::of_integer(changed);
        else if (id != 0 && changed != 0)
            cell = ValueView::of_integer(static_cast<std::int64_t>(id));
        sink->row(&cell);
    }
    return form_ == StatementForm::writes ? affected : -1;
}

std::int64_t Statement::deliver_rows(driver::RowSink* sink) {
    std::vector<ValueView> cells(plan_.columns().size());
    std::int64_t count = 0;
    for (; fetch_stored(cells.data()); ++count)
        if (sink != nullptr) sink->row(cells.data());
    return count;
}

}  // namespace azoth::inline v0::mariadb
