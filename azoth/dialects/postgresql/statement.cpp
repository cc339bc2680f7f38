// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/batch_internal.hpp>
#include <azoth/dialects/postgresql/errors_internal.hpp>
#include <azoth/dialects/postgresql/statement_internal.hpp>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

namespace {

Codecs codecs_of(std::span<const Type> types) {
    Codecs codecs;
    codecs.reserve(types.size());
    for (const Type& type : types) codecs.push_back(&parameter_codec(type));
    return codecs;
}

std::vector<Oid> oids_of(const Codecs& codecs, bool arrays) {
    std::vector<Oid> oids;
    oids.reserve(codecs.size());
    for (const ParameterCodec* codec : codecs)
        oids.push_back(arrays ? codec->array_oid : codec->oid);
    return oids;
}

}  // namespace

Statement::Statement(Connection& connection, const driver::StatementRequest& request)
    : connection_(connection),
      codecs_(codecs_of(request.parameters)),
      types_(oids_of(codecs_, request.array_parameters)),
      arrays_(request.array_parameters),
      preparation_(connection, request.sql, types_, request.keep),
      binding_(codecs_),
      plan_(request.results),
      cursor_(connection, plan_, preparation_.sql()),
      form_(form_of(request.sql)) {
    constexpr std::size_t most_parameters = 65535;  // the protocol counts them in 16 bits
    if (codecs_.size() > most_parameters)
        connection.raise_own(ErrorClass::programming,
                             "PostgreSQL takes at most 65535 parameters in a statement, and this "
                             "one has " +
                                 std::to_string(codecs_.size()) +
                                 ": split it, or give it rows with execute_many",
                             request.sql);
    if (request.sql.find('\0') != std::string_view::npos)
        connection.raise_own(ErrorClass::programming, "The statement contains a zero byte",
                             request.sql);
}

// --- execution

void Statement::execute(std::span<const ValueView> parameters) {
    reset();
    connection_.make_ready(preparation_.sql());
    bind(parameters);
    Outcome outcome = fly();
    if (!outcome.parsed && connection_.rewind(outcome)) {
        preparation_.forget();
        outcome = fly();
    }
    if (arrived_) return accept_first_row(std::move(outcome));
    if (!outcome.is_good()) fail(outcome, parameters);
    accept(std::move(outcome));
}

void Statement::execute_streaming(std::span<const ValueView> parameters,
                                  const driver::RowWindow& window) {
    if (!can_have_cursor()) return execute(parameters);
    reset();
    connection_.make_ready(preparation_.sql());
    bind(parameters);
    arrived_ = false;
    if (!server_cursor_)
        server_cursor_ = std::make_unique<ServerCursor>(connection_, preparation_.sql());
    Outcome outcome = server_cursor_->open(types_, binding_.arguments(), window);
    if (!outcome.is_good()) connection_.raise(outcome, preparation_.sql(), parameters);
    rows_affected_ = -1;
    cursor_.open_windows(*server_cursor_, std::move(outcome.answer));
    const PGresult* const first = cursor_.window();
    if (plan_.fits(first)) return;
    try {
        plan_.make(connection_, first, preparation_.sql());
    } catch (...) {
        reset();
        throw;
    }
}

/// A cursor without a transaction is one of the session's: who keeps no statements there, because
/// each transaction may get another server process, keeps no cursor either.
bool Statement::can_have_cursor() {
    if (!takes_cursor_) takes_cursor_ = may_have_cursor(preparation_.sql());
    return *takes_cursor_ && (preparation_.is_named() || connection_.in_transaction());
}

void Statement::bind(std::span<const ValueView> parameters) {
    if (arrays_)
        connection_.raise_own(ErrorClass::programming,
                              "the statement was prepared with array parameters: run it with "
                              "execute_many",
                              preparation_.sql());
    if (parameters.size() != codecs_.size())
        connection_.raise_own(ErrorClass::programming,
                              "the statement was prepared with " + std::to_string(codecs_.size()) +
                                  " parameters, and " + std::to_string(parameters.size()) +
                                  " were given",
                              preparation_.sql(), parameters);
    const auto [index, why] = binding_.bind(parameters);
    if (why)
        connection_.raise_own(ErrorClass::data,
                              refusal_message(index + 1, *codecs_[index], parameters[index], why),
                              preparation_.sql(), parameters);
}

Outcome Statement::fly() {
    const bool parses = preparation_.is_named() && preparation_.needs_parse();
    const bool arrive = rows_may_arrive();
    arrived_ = false;
    connection_.take_off(parses);
    Flight& flight = connection_.flight();
    if (parses) preparation_.parse();
    if (preparation_.is_named())
        flight.execute(Step::execute, preparation_.name(), binding_.arguments());
    else
        flight.execute_once(preparation_.sql().c_str(), types_, binding_.arguments());
    Outcome outcome;
    if (arrive)
        arrived_ = connection_.land_on_row(first_row_, outcome, cursor_);
    else
        outcome = connection_.land();
    if (outcome.parsed) preparation_.set_parsed();
    return outcome;
}

/// Rows arrive one by one where there are many, or may be: each of them costs more that way, but
/// the program needn't wait for the last. In a transaction only: without one, a statement that is
/// still running would keep its locks longer than the program expects.
bool Statement::rows_may_arrive() const {
    constexpr std::int64_t many = 1000;
    return form_ != StatementForm::other && connection_.in_transaction() &&
           cursor_.last_row_count().value_or(many) >= many;
}

void Statement::fail(const Outcome& outcome, std::span<const ValueView> parameters) {
    const bool was_prepared = preparation_.is_named() && !outcome.parsed;
    if (was_prepared && outcome.error && is_out_of_date(outcome.error.get())) {
        preparation_.expire();
        connection_.raise(outcome, preparation_.sql(), parameters,
                          "The statement's tables changed since it was prepared, and the "
                          "transaction can't go on: roll it back and run it again. ");
    }
    connection_.raise(outcome, preparation_.sql(), parameters);
}

void Statement::accept(Outcome outcome) {
    PGresult* const result = outcome.answer.get();
    rows_affected_ = affected_rows(result);
    if (!plan_.fits(result)) plan_.make(connection_, result, preparation_.sql());
    if (PQresultStatus(result) == PGRES_TUPLES_OK) cursor_.open(std::move(outcome.answer));
}

void Statement::accept_first_row(Outcome outcome) {
    const PGresult* const row = first_row_.get();
    cursor_.open_arriving(std::move(first_row_), std::move(outcome));
    if (plan_.fits(row)) return;
    try {
        if (!ResultPlan::can_be_made(connection_, row)) cursor_.settle();
        plan_.make(connection_, row, preparation_.sql());
    } catch (...) {
        cursor_.close();
        throw;
    }
}

std::int64_t Statement::rows_affected() const {
    if (!arrived_) return rows_affected_;
    // Only its end says what a statement changed; one that changes nothing needn't be waited for.
    if (form_ == StatementForm::with && cursor_.is_arriving())
        const_cast<Cursor&>(cursor_).settle();
    return cursor_.rows_affected();
}

std::int64_t Statement::execute_many(driver::RowSource& rows, driver::ManyResult result,
                                     driver::RowSink* sink) {
    reset();
    connection_.make_ready(preparation_.sql());
    arrived_ = false;
    const bool wants_rows = result == driver::ManyResult::returned_rows;
    if (result == driver::ManyResult::last_insert_id)
        throw ArgumentError(
            "PostgreSQL doesn't know the last inserted key: use INSERT … RETURNING and "
            "ManyResult::returned_rows");
    if (wants_rows && !sink) throw ArgumentError("ManyResult::returned_rows needs a RowSink");
    if (driver::delivers_counts(result) && arrays_)
        throw ArgumentError(
            "rows that go as arrays are one command: how many each of them affected is not known");

    // Types that only the server knows can't be asked about in the middle of a batch.
    if (wants_rows && (!plan_.is_known() || preparation_.needs_parse())) describe();
    const bool wants_any = result != driver::ManyResult::none;
    Batch batch(connection_, preparation_, plan_, codecs_, arrays_, rows, result,
                wants_any ? sink : nullptr);
    rows_affected_ = batch.run();
    return rows_affected_;
}

// --- results

std::span<const driver::ColumnInfo> Statement::columns() const {
    // What it returns is the same statement's property before and after: only learnt here.
    if (!plan_.is_known()) const_cast<Statement*>(this)->describe();
    return plan_.columns();
}

void Statement::describe() {
    connection_.make_ready(preparation_.sql());
    Outcome outcome = ask();
    if (!outcome.parsed && connection_.rewind(outcome)) {
        preparation_.forget();
        outcome = ask();
    }
    if (!outcome.is_good()) fail(outcome, {});
    plan_.make(connection_, outcome.answer.get(), preparation_.sql());
}

Outcome Statement::ask() {
    constexpr bool with_begin = false;  // to ask is no part of the transaction
    const bool parses = preparation_.needs_parse();
    connection_.take_off(parses, with_begin);
    if (parses) preparation_.parse();
    connection_.flight().describe(preparation_.name());
    Outcome outcome = connection_.land();
    if (outcome.parsed) preparation_.set_parsed();
    return outcome;
}

}  // namespace azoth::inline v0::postgresql
