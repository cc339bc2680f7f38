// SPDX-License-Identifier: MIT
#include <azoth/driver/driver.hpp>

namespace azoth::inline v0::driver {

RowSource::~RowSource() = default;
std::int64_t RowSource::first_row() const noexcept {
    return 0;
}
std::size_t Connection::max_parameters() const noexcept {
    return 0;
}
RowSink::~RowSink() = default;
Statement::~Statement() = default;
void Statement::execute_streaming(std::span<const ValueView> parameters, const RowWindow&) {
    execute(parameters);
}
Connection::Connection() = default;
Connection::~Connection() = default;

namespace {

[[noreturn]] void refuse_two_phase() {
    DriverFault fault;
    fault.message = "This database has no two-phase commit";
    raise(ErrorClass::not_supported, fault, {});
}

}  // namespace

void Connection::prepare_transaction(std::string_view) {
    refuse_two_phase();
}
void Connection::commit_prepared(std::string_view) {
    refuse_two_phase();
}
void Connection::rollback_prepared(std::string_view) {
    refuse_two_phase();
}
std::vector<std::string> Connection::recover_prepared() {
    refuse_two_phase();
}

void raise_closed(std::string_view sql) {
    DriverFault fault;
    fault.message = "The connection is closed";
    fault.poisoned = Poisoned::connection;
    raise(ErrorClass::interface, fault, sql);
}

std::string display_parameters(std::span<const ValueView> parameters) {
    constexpr std::size_t most = 20;
    std::string out = "(";
    for (std::size_t i = 0; i < parameters.size() && i < most; ++i) {
        if (i != 0) out += ", ";
        out += to_display(parameters[i]);
    }
    if (parameters.size() > most)
        out += ", … " + std::to_string(parameters.size() - most) + " more";
    return out + ")";
}

void raise(ErrorClass error_class, const DriverFault& fault, std::string_view sql,
           std::span<const ValueView> parameters, bool hide_parameters) {
    std::string statement(sql);
    std::string shown;
    if (!parameters.empty())
        shown = hide_parameters ? "hidden, because the engine has hide_parameters"
                                : display_parameters(parameters);
    switch (error_class) {
        case ErrorClass::database:
            throw DatabaseError(fault, std::move(statement), std::move(shown));
        case ErrorClass::data: throw DataError(fault, std::move(statement), std::move(shown));
        case ErrorClass::operational:
            throw OperationalError(fault, std::move(statement), std::move(shown));
        case ErrorClass::commit_in_doubt:
            throw CommitInDoubtError(fault, std::move(statement), std::move(shown));
        case ErrorClass::integrity:
            throw IntegrityError(fault, std::move(statement), std::move(shown));
        case ErrorClass::internal:
            throw InternalError(fault, std::move(statement), std::move(shown));
        case ErrorClass::programming:
            throw ProgrammingError(fault, std::move(statement), std::move(shown));
        case ErrorClass::not_supported:
            throw NotSupportedError(fault, std::move(statement), std::move(shown));
        case ErrorClass::interface:
            throw InterfaceError(fault, std::move(statement), std::move(shown));
    }
    throw DatabaseError(fault, std::move(statement), std::move(shown));
}

}  // namespace azoth::inline v0::driver
