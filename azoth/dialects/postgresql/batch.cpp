// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/batch_internal.hpp>
#include <azoth/dialects/postgresql/errors_internal.hpp>
#include <azoth/dialects/postgresql/statement_internal.hpp>

#include <utility>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

Batch::Batch(Connection& connection, Preparation& preparation, const ResultPlan& plan,
             const Codecs& codecs, bool arrays, driver::RowSource& source,
             driver::ManyResult result, driver::RowSink* sink)
    : connection_(connection),
      preparation_(preparation),
      plan_(plan),
      codecs_(codecs),
      source_(source),
      sink_(sink),
      counts_(driver::delivers_counts(result)),
      arrays_(arrays),
      current_(make_unit()),
      row_(codecs.size()),
      cells_(plan.columns().size()) {}

std::unique_ptr<BatchUnit> Batch::make_unit() const {
    return arrays_ ? make_array_unit(codecs_) : make_row_unit(codecs_);
}

std::int64_t Batch::run() {
    fill();
    if (current_->row_count() == 0) return 0;
    own_transaction_ = !connection_.in_transaction();
    for (;;) {
        try {
            fly();
            return affected_;
        } catch (const ServerError&) {
            abort(false);
            if (!can_start_again()) fail();
        } catch (...) {
            abort(own_transaction_);
            throw;
        }
    }
}

// --- filling

void Batch::fill() {
    current_->restart(row_number());
    while (!current_->is_full()) {
        if (!std::exchange(row_waits_, false) && !source_.next(row_.data())) {
            source_ended_ = true;
            return;
        }
        const RefusedParameter refused = current_->add(row_);
        if (refused.why) refuse(refused);
        ++rows_taken_;
    }
    // Whether this unit is the last decides how it is sent.
    row_waits_ = source_.next(row_.data());
    source_ended_ = !row_waits_;
}

void Batch::refuse(const RefusedParameter& refused) const {
    connection_.raise_own(ErrorClass::data,
                          "row number " + std::to_string(row_number() + 1) + " of the batch: " +
                              refusal_message(refused.index + 1, *codecs_[refused.index],
                                              row_[refused.index], refused.why),
                          preparation_.sql(), row_);
}

// --- flying

void Batch::fly() {
    take_off();
    send_current();
    // The first unit is awaited alone: whether the statement runs at all is known before the next
    // rows are taken from the source, which can't give them again.
    receive(*current_);
    bool awaited = true;
    while (!source_ended_) {
        if (!earlier_) earlier_ = make_unit();
        std::swap(current_, earlier_);
        fill();
        send_current();
        if (!awaited) receive(*earlier_);
        awaited = false;
    }
    if (!awaited) receive(*current_);
    land();
}

void Batch::take_off() {
    outcome_ = {};
    affected_ = -1;
    synced_ = false;
    failed_unit_ = nullptr;
    parses_ = preparation_.needs_parse();
    constexpr bool pipelined = true;
    connection_.take_off(pipelined);
    if (parses_) preparation_.parse();
}

void Batch::send_current() {
    Flight& flight = connection_.flight();
    current_->send(flight, preparation_.name());
    // The end of the flight commits what is a transaction by itself: rows that the sink may still
    // refuse must be here before.
    if (source_ended_ && !(own_transaction_ && sink_)) {
        flight.sync();
        synced_ = true;
    } else {
        flight.request_flush();
    }
    flight.send();
}

void Batch::receive(BatchUnit& unit) {
    Flight& flight = connection_.flight();
    for (std::size_t command = 0; command < unit.command_count();) {
        if (!flight.has_next()) throw ServerError{};
        Answer answer = flight.next();
        const bool is_command = answer.step == Step::execute;
        connection_.take(std::move(answer), outcome_);
        if (std::exchange(outcome_.parsed, false)) preparation_.set_parsed();
        if (outcome_.error || outcome_.lost) {
            failed_unit_ = is_command ? &unit : nullptr;
            failed_command_ = command;
            throw ServerError{};
        }
        if (!is_command) continue;  // what precedes the first unit
        deliver(outcome_.answer.get());
        ++command;
    }
}

void Batch::deliver(const PGresult* result) {
    const std::int64_t affected = affected_rows(outcome_.answer.get());
    if (affected >= 0) affected_ = (affected_ < 0 ? 0 : affected_) + affected;
    if (!sink_) return;
    if (counts_) {
        const ValueView count = ValueView::of_integer(affected);
        sink_->row(&count);
        ++rows_delivered_;
        return;
    }
    if (!plan_.fits(result))
        connection_.raise_own(ErrorClass::programming,
                              "the statement returned other columns than it was prepared for",
                              preparation_.sql());
    const int count = PQntuples(result);
    for (int row = 0; row < count; ++row) {
        const std::size_t failed = plan_.decode(result, row, cells_.data());
        if (failed != ResultPlan::npos) [[unlikely]]
            plan_.raise_field(connection_, result, row, failed, preparation_.sql());
        sink_->row(cells_.data());
        ++rows_delivered_;
    }
}

void Batch::land() {
    Flight& flight = connection_.flight();
    if (!std::exchange(synced_, true)) {
        flight.sync();
        flight.send();
    }
    while (flight.has_next()) connection_.take(flight.next(), outcome_);
    if (!outcome_.is_good()) throw ServerError{};
    flight.end();
}

// --- failing

/// Ends the flight after an error. With `undo`, what it did so far is rolled back: the server knows
/// of no error.
void Batch::abort(bool undo) {
    Flight& flight = connection_.flight();
    if (!flight.is_open()) return;
    if (!connection_.is_lost()) {
        connection_.set_muted(undo);  // it warns of a ROLLBACK without BEGIN
        if (!std::exchange(synced_, true)) {
            if (undo) flight.query(Step::control, "ROLLBACK");
            flight.sync();
        }
        flight.send();
    }
    flight.end();
    connection_.set_muted(false);
}

bool Batch::can_start_again() {
    if (outcome_.failed == Step::begin) return connection_.rewind(outcome_);
    const bool untouched = failed_unit_ == current_.get() && failed_command_ == 0 &&
                           rows_taken_ == current_->row_count() && rows_delivered_ == 0;
    if (parses_ || !untouched || !connection_.rewind(outcome_)) return false;
    preparation_.forget();
    return true;
}

void Batch::fail() {
    if (outcome_.error && !parses_ && is_out_of_date(outcome_.error.get())) preparation_.expire();
    std::string context;
    std::vector<ValueView> parameters;
    if (failed_unit_) {
        context = failed_unit_->describe(failed_command_);
        parameters = failed_unit_->parameters_of(failed_command_);
    }
    connection_.raise(outcome_, preparation_.sql(), parameters, context);
}

}  // namespace azoth::inline v0::postgresql
