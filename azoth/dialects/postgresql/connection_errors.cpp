// SPDX-License-Identifier: MIT
// What a connection throws: errors of the server and its own, each with what it spoiled.

#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/errors_internal.hpp>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

Poisoned Connection::poisoned(Step failed) const noexcept {
    if (is_lost()) return Poisoned::connection;
    // A commit that failed has ended its transaction, but what it did is undone all the same.
    const bool spoiled = status() == PQTRANS_INERROR || begin_pending_ || failed == Step::control;
    return spoiled ? Poisoned::transaction : Poisoned::nothing;
}

void Connection::raise(const Outcome& outcome, std::string_view sql,
                       std::span<const ValueView> parameters, const std::string& context) const {
    const bool hidden = settings().hide_parameters;
    Failure failure;
    if (!outcome.refusal.empty()) {
        failure.error_class = outcome.refusal_class;
        failure.fault.message = outcome.refusal;
    } else if (outcome.error) {
        failure = failure_of(outcome.error.get(), hidden, outcome.prefix);
    } else {
        failure.fault = link_->fault();
    }
    if (outcome.failed == Step::begin || outcome.failed == Step::begin_parse)
        failure.fault.message.insert(0, "BEGIN failed: ");
    failure.fault.message.insert(0, context);
    if (is_lost() && !begun_)
        failure.fault.message += "\nWhether the statement took effect before is unknown.";
    failure.fault.poisoned = poisoned(outcome.failed);
    driver::raise(failure.error_class, failure.fault, sql, parameters, hidden);
}

void Connection::raise_own(ErrorClass error_class, std::string message, std::string_view sql,
                           std::span<const ValueView> parameters) const {
    DriverFault fault;
    fault.message = std::move(message);
    fault.poisoned = is_lost() ? Poisoned::connection : Poisoned::nothing;
    driver::raise(error_class, fault, sql, parameters, settings().hide_parameters);
}

void Connection::raise_lost(ErrorClass error_class, std::string_view sql) const {
    driver::raise(error_class, link_->fault(), sql);
}

}  // namespace azoth::inline v0::postgresql
