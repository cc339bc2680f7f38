// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/batch_internal.hpp>
#include <azoth/dialects/postgresql/errors_internal.hpp>
#include <azoth/dialects/postgresql/statement_internal.hpp>

#include <charconv>

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
      plan_(request.results) {
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
    connection_.require_usable(preparation_.sql());
    bind(parameters);
    Outcome outcome = fly();
    if (!outcome.parsed && connection_.rewind(outcome)) {
        preparation_.forget();
        outcome = fly();
    }
    if (!outcome.is_good()) fail(outcome, parameters);
    accept(std::move(outcome.answer));
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
    connection_.take_off(parses);
    Flight& flight = connection_.flight();
    if (parses) preparation_.parse();
    if (preparation_.is_named())
        flight.execute(Step::execute, preparation_.name(), binding_.arguments());
    else
        flight.execute_once(preparation_.sql().c_str(), types_, binding_.arguments());
    Outcome outcome = connection_.land();
    if (outcome.parsed) preparation_.set_parsed();
    return outcome;
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

void Statement::accept(ResultPtr result) {
    rows_affected_ = affected_rows(result.get());
    if (!plan_.fits(result.get())) plan_.make(connection_, result.get(), preparation_.sql());
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) return;
    result_ = std::move(result);
    row_count_ = PQntuples(result_.get());
}

std::int64_t Statement::execute_many(driver::RowSource& rows, driver::ManyResult result,
                                     driver::RowSink* sink) {
    reset();
    connection_.require_usable(preparation_.sql());
    const bool wants_rows = result == driver::ManyResult::returned_rows;
    if (result == driver::ManyResult::last_insert_id)
        throw ArgumentError(
            "PostgreSQL doesn't know the last inserted key: use INSERT … RETURNING and "
            "ManyResult::returned_rows");
    if (wants_rows && !sink) throw ArgumentError("ManyResult::returned_rows needs a RowSink");

    // Types that only the server knows can't be asked about in the middle of a batch.
    if (wants_rows && (!plan_.is_known() || preparation_.needs_parse())) describe();
    Batch batch(connection_, preparation_, plan_, codecs_, arrays_, rows,
                wants_rows ? sink : nullptr);
    rows_affected_ = batch.run();
    return rows_affected_;
}

// --- results

bool Statement::fetch(ValueView* cells) {
    if (row_ == row_count_) {
        reset();
        return false;
    }
    const std::size_t failed = plan_.decode(result_.get(), row_, cells);
    if (failed != ResultPlan::npos) [[unlikely]]
        plan_.raise_cell(connection_, result_.get(), row_, failed, preparation_.sql());
    ++row_;
    return true;
}

void Statement::reset() noexcept {
    result_.reset();
    row_ = row_count_ = 0;
}

std::span<const driver::ColumnInfo> Statement::columns() const {
    // What it returns is the same statement's property before and after: only learnt here.
    if (!plan_.is_known()) const_cast<Statement*>(this)->describe();
    return plan_.columns();
}

void Statement::describe() {
    connection_.require_usable(preparation_.sql());
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

std::int64_t affected_rows(PGresult* result) noexcept {
    const std::string_view tag = command_tag(result);
    const bool counts = tag.starts_with("INSERT") || tag.starts_with("UPDATE") ||
                        tag.starts_with("DELETE") || tag.starts_with("MERGE");
    if (!counts) return -1;
    std::int64_t count = -1;
    const std::size_t last_word = tag.rfind(' ') + 1;
    std::from_chars(tag.data() + last_word, tag.data() + tag.size(), count);
    return count;
}

}  // namespace azoth::inline v0::postgresql
