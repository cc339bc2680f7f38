// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/errors_internal.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What the server's errors become.

namespace {

using namespace mariadb_test;
using azoth::DataError;
using azoth::DriverFault;
using azoth::IntegrityError;
using azoth::NotSupportedError;
using azoth::Poisoned;
using azoth::ProgrammingError;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MariadbErrors : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(
            "CREATE TABLE parent (id INT PRIMARY KEY, code VARCHAR(20), n INT NOT NULL, "
            "UNIQUE KEY uq_code (code), CONSTRAINT positive CHECK (n > 0)); "
            "CREATE TABLE child (id INT PRIMARY KEY, a INT, CONSTRAINT fk_parent FOREIGN KEY (a) "
            "REFERENCES parent (id)); INSERT INTO parent VALUES (1, 'one', 1); "
            "INSERT INTO child VALUES (1, 1)");
    }
    void TearDown() override { connection->run("DROP TABLE IF EXISTS child, parent"); }

    template <typename E>
    DriverFault fault_of(std::string_view sql, const Parameters& parameters = {}) {
        const auto error = caught<E>([&] { query(*connection, sql, parameters); });
        if (!error) {
            ADD_FAILURE() << "no such error: " << sql;
            return {};
        }
        EXPECT_EQ(error->statement(), sql);
        EXPECT_EQ(error->poisoned(), Poisoned::nothing);
        return error->fault();
    }

    ConnectionPtr connection = connect();
};

TEST_F(MariadbErrors, a_duplicate_key_names_its_constraint) {
    const DriverFault fault =
        fault_of<IntegrityError>("INSERT INTO parent VALUES (2, ?, 1)", {text("one")});
    EXPECT_EQ(fault.native_code, 1062);
    EXPECT_EQ(fault.sqlstate, "23000");
    EXPECT_EQ(fault.constraint, "uq_code");
    EXPECT_EQ(fault_of<IntegrityError>("INSERT INTO parent VALUES (1, 'x', 1)").constraint,
              "PRIMARY");
    // the value may look like the words that the name stands behind
    query(*connection, "INSERT INTO parent VALUES (3, ?, 1)", {text("' for key 'other'")});
    EXPECT_EQ(
        fault_of<IntegrityError>("INSERT INTO parent VALUES (4, ?, 1)", {text("' for key 'other'")})
            .constraint,
        "uq_code");
}

TEST_F(MariadbErrors, foreign_keys_name_table_columns_and_constraint) {
    const DriverFault missing = fault_of<IntegrityError>("INSERT INTO child VALUES (2, 99)");
    EXPECT_EQ(missing.native_code, 1452);
    EXPECT_EQ(missing.table, "child");
    EXPECT_EQ(missing.constraint, "fk_parent");
    EXPECT_EQ(missing.column, "a");
    const DriverFault used = fault_of<IntegrityError>("DELETE FROM parent WHERE id = 1");
    EXPECT_EQ(used.native_code, 1451);
    EXPECT_EQ(used.table, "child");
    EXPECT_EQ(used.constraint, "fk_parent");
}

TEST_F(MariadbErrors, checks_and_nulls_are_integrity_errors) {
    const DriverFault check = fault_of<IntegrityError>("INSERT INTO parent VALUES (2, 'x', 0)");
    EXPECT_EQ(check.native_code, 4025);
    EXPECT_EQ(check.constraint, "positive");
    EXPECT_EQ(check.table, "parent");
    const DriverFault null = fault_of<IntegrityError>("INSERT INTO parent VALUES (2, 'x', NULL)");
    EXPECT_EQ(null.native_code, 1048);
    EXPECT_EQ(null.column, "n");
    EXPECT_EQ(fault_of<IntegrityError>("INSERT INTO parent (id) VALUES (2)").column, "n");
}

TEST_F(MariadbErrors, wrong_values_are_data_errors) {
    EXPECT_EQ(fault_of<DataError>("UPDATE parent SET code = REPEAT('x', 21)").native_code, 1406);
    EXPECT_EQ(fault_of<DataError>("UPDATE parent SET n = 3000000000").native_code, 1264);
    const DriverFault wrong = fault_of<DataError>("UPDATE parent SET n = 'many'");
    EXPECT_EQ(wrong.native_code, 1366);
    EXPECT_EQ(wrong.column, "n");
    EXPECT_EQ(wrong.table, "parent");
    EXPECT_EQ(fault_of<DataError>("UPDATE parent SET n = 1 / 0").native_code, 1365);
    EXPECT_EQ(fault_of<DataError>("SELECT 9223372036854775807 + 1").native_code, 1690);
}

TEST_F(MariadbErrors, wrong_sql_is_a_programming_error) {
    EXPECT_EQ(fault_of<ProgrammingError>("SELEKT 1").native_code, 1064);
    const DriverFault table = fault_of<ProgrammingError>("SELECT * FROM nowhere");
    EXPECT_EQ(table.native_code, 1146);
    EXPECT_EQ(table.sqlstate, "42S02");
    EXPECT_EQ(table.table, "nowhere");
    EXPECT_EQ(fault_of<ProgrammingError>("SELECT nothing FROM parent").column, "nothing");
    EXPECT_EQ(fault_of<ProgrammingError>("CREATE TABLE parent (a INT)").native_code, 1050);
    EXPECT_EQ(fault_of<ProgrammingError>("INSERT INTO child VALUES (1, 2, 3)").native_code, 1136);
    EXPECT_EQ(fault_of<ProgrammingError>("").native_code, 1065);
    EXPECT_EQ(fault_of<ProgrammingError>("SELECT 1; SELECT 2").native_code, 1064);
}

TEST_F(MariadbErrors, run_reports_errors_of_each_of_its_statements) {
    const auto error =
        caught<ProgrammingError>([&] { connection->run("SET @a = 1; SELEKT 1; SET @a = 2"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(integer(*connection, "SELECT @a"), 1);
    const auto zero =
        caught<ProgrammingError>([&] { connection->run(std::string_view("SET @a = 1\0;", 12)); });
    ASSERT_TRUE(zero);
    EXPECT_THAT(zero->what(), HasSubstr("zero byte"));
}

TEST_F(MariadbErrors, wrong_numbers_of_parameters_are_programming_errors) {
    const auto statement = prepare(*connection, {.sql = "SELECT ? + ?"});
    const auto few = caught<ProgrammingError>([&] { statement->execute(Parameters{number(1)}); });
    ASSERT_TRUE(few);
    EXPECT_THAT(few->fault().message, HasSubstr("has 2 parameters, and 1 values were given"));
    const auto types = caught<ProgrammingError>(
        [&] { (void)prepare(*connection, {.sql = "SELECT ?", .types = {Type{}, Type{}}}); });
    ASSERT_TRUE(types);
    EXPECT_THAT(types->fault().message, HasSubstr("types for 2"));
    const auto kinds = caught<ProgrammingError>([&] {
        (void)prepare(*connection, {.sql = "SELECT 1", .kinds = {Kind::int64, Kind::int64}});
    });
    ASSERT_TRUE(kinds);
    EXPECT_THAT(kinds->fault().message, HasSubstr("returns 1 columns where 2 are wanted"));
}

TEST_F(MariadbErrors, values_are_left_out_where_they_are_hidden) {
    connection->apply({.hide_parameters = true});
    const auto duplicate = caught<IntegrityError>([&] {
        query(*connection, "INSERT INTO parent VALUES (?, ?, ?)",
              {number(2), text("one"), number(1)});
    });
    ASSERT_TRUE(duplicate);
    EXPECT_THAT(duplicate->what(), AllOf(Not(HasSubstr("'one'")), HasSubstr("uq_code")));
    const auto wrong = caught<DataError>(
        [&] { query(*connection, "UPDATE parent SET n = ?", {text("my secret")}); });
    ASSERT_TRUE(wrong);
    EXPECT_THAT(wrong->what(), AllOf(Not(HasSubstr("secret")), HasSubstr("`n`")));
    const auto cell = caught<DataError>(
        [&] { (void)scalar(*connection, "SELECT 'my secret'", {}, {}, Kind::date); });
    ASSERT_TRUE(cell);
    EXPECT_THAT(cell->fault().message, Not(HasSubstr("'my secret' where")));
}

TEST_F(MariadbErrors, rows_of_procedures_are_refused_and_the_connection_goes_on) {
    connection->run("CREATE OR REPLACE PROCEDURE two_results() BEGIN SELECT 1; SELECT 2, 3; END");
    connection->run("CREATE OR REPLACE PROCEDURE no_result() SET @called = 1");
    for (int i = 0; i < 2; ++i) {
        const auto error =
            caught<NotSupportedError>([&] { query(*connection, "CALL two_results()"); });
        ASSERT_TRUE(error);
        EXPECT_EQ(integer(*connection, "SELECT 7"), 7);
    }
    query(*connection, "CALL no_result()");
    EXPECT_EQ(integer(*connection, "SELECT @called"), 1);
    connection->run("CALL two_results()");
    EXPECT_EQ(integer(*connection, "SELECT 8"), 8);
    connection->run("DROP PROCEDURE two_results; DROP PROCEDURE no_result");
}

TEST_F(MariadbErrors, statements_that_can_not_be_prepared_say_so) {
    const auto array = caught<NotSupportedError>([&] {
        azoth::driver::StatementRequest request;
        request.sql = "SELECT 1";
        request.array_parameters = true;
        (void)connection->prepare(request);
    });
    EXPECT_TRUE(array);
}

// --- messages alone

DriverFault subject(unsigned number, std::string_view message) {
    DriverFault fault;
    azoth::mariadb::read_subject({number, "HY000", message}, fault);
    return fault;
}

TEST(MariadbErrorMessages, of_mysql_name_table_and_key) {
    const DriverFault fault = subject(1062, "Duplicate entry 'x' for key 'users.uq_name'");
    EXPECT_EQ(fault.table, "users");
    EXPECT_EQ(fault.constraint, "uq_name");
}

TEST(MariadbErrorMessages, a_key_of_several_columns_lists_them) {
    const DriverFault fault = subject(
        1452,
        "Cannot add or update a child row: a foreign key constraint fails (`d`.`t`, CONSTRAINT "
        "`fk` FOREIGN KEY (`a`, `b`) REFERENCES `p` (`a`, `b`))");
    EXPECT_EQ(fault.column, "a, b");
    EXPECT_EQ(fault.constraint, "fk");
}

TEST(MariadbErrorMessages, what_does_not_read_as_expected_names_nothing) {
    for (const unsigned number :
         {1062U, 1451U, 1452U, 4025U, 1048U, 1364U, 1054U, 1146U, 1406U, 1264U, 1366U})
        for (const std::string_view message :
             {"", "'", "`", "for key '", " for key 'x", " for column `a`", "Column '", "Table '",
              "Un doublon \xc3\xa0 la cl\xc3\xa9", "CONSTRAINT `", "(`a`.`b"}) {
            const DriverFault fault = subject(number, message);
            EXPECT_EQ(fault.constraint + fault.column, "") << number << " " << message;
        }
}

}  // namespace
