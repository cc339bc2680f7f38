// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/core.hpp>
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/databases.hpp>
#include <tests/support/message_of.hpp>
#include <tests/support/requirements.hpp>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

// What the compliance tests share: an engine for the database under test with tables that go when
// the test ends, a few tables to work on, and the messages of exceptions. Every test runs on every
// database of the run.

namespace compliance {

using namespace azoth;  // NOLINT: tests read as programs of users do
using azoth::test::Database;
using azoth::test::message_of;
using azoth::test::Requirements;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Strings = std::vector<std::string>;
using Integers = std::vector<std::int64_t>;

/// What an engine logs. Safe from any thread.
class Log {
  public:
    [[nodiscard]] LogCallback callback();
    /// Everything since the last call.
    [[nodiscard]] Strings take();
    /// The same as one text.
    [[nodiscard]] std::string text();

  private:
    std::mutex mutex_;
    Strings lines_;
};

/// The base of all suites: a database, an engine, and a MetaData whose tables are dropped at the
/// end.
class ComplianceTest : public testing::TestWithParam<Database> {
  protected:
    ComplianceTest();
    ~ComplianceTest() override;

    /// Another engine for the same database; in memory it has a database of its own.
    [[nodiscard]] Engine make_engine(EngineOptions options = {}) const;
    /// Creates the tables of `metadata`, empty.
    void create_tables();

    const Requirements requirements;
    MetaData metadata;
    Log log;
    Engine engine;
};

#define AZOTH_ON_ALL_DATABASES(Suite)                                                       \
    INSTANTIATE_TEST_SUITE_P(Databases, Suite, testing::ValuesIn(azoth::test::databases()), \
                             azoth::test::label_of)

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{30}};
    Column<std::optional<std::string>> fullname{*this, "fullname"};
    Column<int> age{*this, "age", server_default(7)};
};

struct Addresses : Table {
    Addresses(std::string_view table_name, const MetaData& where, const Users& users)
        : Table(table_name, where), user_id{*this, "user_id", ForeignKey{users.id}} {}
    explicit Addresses(const schema::AliasOf& alias) : Table(alias), user_id{*this, "user_id"} {}
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> email{*this, "email"};
    Column<std::int64_t> user_id;
};

/// A suite with users and their addresses: 1 sandy (30, two addresses), 2 patrick (20, none), 3
/// squidward (40, one address; without a full name).
class UsersTest : public ComplianceTest {
  protected:
    UsersTest();

    Users users{"user_account", metadata};
    Addresses addresses{"address", metadata, users};
};

/// The exception of class E that `call` throws; a failure and nothing where it throws none.
template <class E, class Call>
std::optional<E> caught(Call&& call) {
    try {
        call();
    } catch (const E& error) {
        return error;
    } catch (const std::exception& error) {
        ADD_FAILURE() << "another exception: " << error.what();
        return std::nullopt;
    }
    ADD_FAILURE() << "no exception";
    return std::nullopt;
}

}  // namespace compliance
