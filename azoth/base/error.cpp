// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>

#include <utility>

namespace azoth::inline v0 {
namespace {

/// The whole text that what() shows: the message, then the statement and its parameters.
std::string full_message(const std::string& message, const std::string& statement,
                         const std::string& parameters) {
    std::string text = message;
    if (!statement.empty()) text += "\n[SQL: " + statement + "]";
    if (!parameters.empty()) text += "\n[parameters: " + parameters + "]";
    return text;
}

}  // namespace

struct StatementError::Text {
    std::string statement;
    std::string parameters;
};

Error::Error(const std::string& message, std::string_view code)
    : std::runtime_error(message), code_(code) {}

StatementError::StatementError(const std::string& message, std::string statement,
                               std::string parameters, std::string_view code)
    : Error(full_message(message, statement, parameters), code),
      text_(std::make_shared<const Text>(Text{std::move(statement), std::move(parameters)})) {}

const std::string& StatementError::statement() const noexcept {
    return text_->statement;
}
const std::string& StatementError::parameters() const noexcept {
    return text_->parameters;
}

DBAPIError::DBAPIError(const DriverFault& fault, std::string statement, std::string parameters,
                       std::string_view code)
    : StatementError(fault.message, std::move(statement), std::move(parameters), code),
      fault_(std::make_shared<const DriverFault>(fault)) {}

// Destructors stand here so that each class has its vtable and type_info in one place: exceptions
// thrown by the library are then caught by type in every shared object of the program.
Error::~Error() = default;
ArgumentError::~ArgumentError() = default;
AmbiguousForeignKeysError::~AmbiguousForeignKeysError() = default;
NoForeignKeysError::~NoForeignKeysError() = default;
DuplicateColumnError::~DuplicateColumnError() = default;
NoSuchModuleError::~NoSuchModuleError() = default;
InvalidRequestError::~InvalidRequestError() = default;
AmbiguousColumnError::~AmbiguousColumnError() = default;
NoSuchColumnError::~NoSuchColumnError() = default;
NoSuchTableError::~NoSuchTableError() = default;
NoReferenceError::~NoReferenceError() = default;
NoReferencedTableError::~NoReferencedTableError() = default;
NoReferencedColumnError::~NoReferencedColumnError() = default;
NoResultFound::~NoResultFound() = default;
MultipleResultsFound::~MultipleResultsFound() = default;
PendingRollbackError::~PendingRollbackError() = default;
ResourceClosedError::~ResourceClosedError() = default;
IllegalStateChangeError::~IllegalStateChangeError() = default;
ForkedProcessError::~ForkedProcessError() = default;
CompileError::~CompileError() = default;
UnsupportedCompilationError::~UnsupportedCompilationError() = default;
CircularDependencyError::~CircularDependencyError() = default;
DisconnectionError::~DisconnectionError() = default;
IdentifierError::~IdentifierError() = default;
TimeoutError::~TimeoutError() = default;
StatementError::~StatementError() = default;
DBAPIError::~DBAPIError() = default;
const DriverFault& DBAPIError::fault() const noexcept {
    return *fault_;
}
const std::string& DBAPIError::sqlstate() const noexcept {
    return fault_->sqlstate;
}
Poisoned DBAPIError::poisoned() const noexcept {
    return fault_->poisoned;
}
bool DBAPIError::retryable() const noexcept {
    return fault_->retryable;
}
bool DBAPIError::connection_invalidated() const noexcept {
    return fault_->poisoned == Poisoned::connection;
}
void DBAPIError::set_poisoned(Poisoned poisoned) {
    auto fault = std::make_shared<DriverFault>(*fault_);
    fault->poisoned = poisoned;
    fault_ = std::move(fault);
}
InterfaceError::~InterfaceError() = default;
DatabaseError::~DatabaseError() = default;
DataError::~DataError() = default;
NullValueError::~NullValueError() = default;
OperationalError::~OperationalError() = default;
CommitInDoubtError::~CommitInDoubtError() = default;
IntegrityError::~IntegrityError() = default;
InternalError::~InternalError() = default;
ProgrammingError::~ProgrammingError() = default;
NotSupportedError::~NotSupportedError() = default;

}  // namespace azoth::inline v0
