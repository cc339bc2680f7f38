// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

#include <type_traits>

namespace {

using namespace azoth;

template <class Class, class Base>
constexpr bool derives = std::is_base_of_v<Base, Class> && !std::is_same_v<Base, Class>;

// SQLAlchemy's tree: who catches a class catches what stands below it there.
static_assert(derives<Error, std::runtime_error>);
static_assert(derives<AmbiguousForeignKeysError, ArgumentError> && derives<ArgumentError, Error>);
static_assert(derives<NoForeignKeysError, ArgumentError>);
static_assert(derives<DuplicateColumnError, ArgumentError>);
static_assert(derives<NoSuchModuleError, ArgumentError>);
static_assert(derives<InvalidRequestError, Error>);
static_assert(derives<AmbiguousColumnError, InvalidRequestError>);
static_assert(derives<NoSuchColumnError, InvalidRequestError>);
static_assert(derives<NoSuchTableError, InvalidRequestError>);
static_assert(derives<NoReferencedTableError, NoReferenceError>);
static_assert(derives<NoReferencedColumnError, NoReferenceError>);
static_assert(derives<NoReferenceError, InvalidRequestError>);
static_assert(derives<NoResultFound, InvalidRequestError>);
static_assert(derives<MultipleResultsFound, InvalidRequestError>);
static_assert(derives<PendingRollbackError, InvalidRequestError>);
static_assert(derives<ResourceClosedError, InvalidRequestError>);
static_assert(derives<IllegalStateChangeError, InvalidRequestError>);
static_assert(derives<UnsupportedCompilationError, CompileError> && derives<CompileError, Error>);
static_assert(derives<CircularDependencyError, Error> && derives<IdentifierError, Error>);
static_assert(derives<DisconnectionError, Error> && derives<TimeoutError, Error>);
static_assert(derives<DBAPIError, StatementError> && derives<StatementError, Error>);
static_assert(derives<InterfaceError, DBAPIError> && !derives<InterfaceError, DatabaseError>);
static_assert(derives<DatabaseError, DBAPIError>);
static_assert(derives<DataError, DatabaseError> && derives<OperationalError, DatabaseError>);
static_assert(derives<IntegrityError, DatabaseError> && derives<InternalError, DatabaseError>);
static_assert(derives<ProgrammingError, DatabaseError> &&
              derives<NotSupportedError, DatabaseError>);
static_assert(derives<CommitInDoubtError, OperationalError>);

/// The code of the error that was thrown and is caught as one of its bases.
template <class E, class Base, class... Args>
std::string code_as(const Args&... args) {
    try {
        throw E(args...);
    } catch (const Base& error) {
        return std::string(error.code());
    }
}

TEST(ErrorTree, an_error_caught_as_its_root_keeps_its_code) {
    EXPECT_EQ((code_as<NoReferencedTableError, Error>(std::string("no table"))),
              "azoth-no-referenced-table");
    EXPECT_EQ((code_as<TimeoutError, Error>(std::string("too late"))), "azoth-pool-timeout");
    EXPECT_EQ((code_as<IntegrityError, DBAPIError>(DriverFault())), "azoth-integrity");
    EXPECT_EQ((code_as<CommitInDoubtError, OperationalError>(DriverFault())),
              "azoth-commit-in-doubt");
}

TEST(ErrorTree, a_message_is_followed_by_the_statement_and_its_parameters) {
    const IntegrityError error({.message = "taken"}, "INSERT", "(1)");
    EXPECT_STREQ(error.what(), "taken\n[SQL: INSERT]\n[parameters: (1)]");
    EXPECT_EQ(error.statement(), "INSERT");
    EXPECT_EQ(error.parameters(), "(1)");
    EXPECT_STREQ(IntegrityError({.message = "taken"}).what(), "taken");
}

TEST(ErrorTree, who_knows_better_what_an_error_spoilt_changes_this_copy_alone) {
    OperationalError error({.message = "gone", .poisoned = Poisoned::transaction});
    const OperationalError copy = error;
    error.set_poisoned(Poisoned::connection);
    EXPECT_TRUE(error.connection_invalidated());
    EXPECT_EQ(error.fault().message, "gone");
    EXPECT_EQ(copy.poisoned(), Poisoned::transaction);
}

}  // namespace
