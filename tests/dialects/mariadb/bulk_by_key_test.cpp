// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

// UPDATE and DELETE in bulk, each row by its key: the server tells one sum a command, and what each
// row found is concluded from it.

namespace {

using namespace mariadb_test;
using azoth::driver::ManyResult;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;

class MariadbBulkByKey : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(
            "CREATE OR REPLACE TABLE k (id BIGINT PRIMARY KEY, n BIGINT UNIQUE, t LONGTEXT)");
        const auto insert = prepare(*connection, {.sql = "INSERT INTO k (id) VALUES (?)"});
        auto rows = numbers(1000);
        insert->execute_many(rows, ManyResult::none, nullptr);
        connection->begin({});
    }
    void TearDown() override {
        connection->rollback();
        connection->run("DROP TABLE k");
    }
    /// How many commands the server has got.
    std::int64_t questions() {
        return std::stoll(text_of(*connection,
                                  "SELECT variable_value FROM information_schema.session_status "
                                  "WHERE variable_name = 'QUESTIONS'"));
    }
    /// Runs a statement of one parameter for the keys from 1 upwards.
    std::int64_t run_for_keys(const char* sql, std::int64_t count, Sink& sink) {
        const auto statement = prepare(*connection, {.sql = sql});
        auto rows = numbers(count);
        return statement->execute_many(rows, ManyResult::affected_by_key, &sink);
    }

    ConnectionPtr connection = connect();
};

const Value one(number(1));
const Value none(number(0));
const Value unknown;

TEST_F(MariadbBulkByKey, each_of_many_is_counted_in_few_commands) {
    Sink sink;
    const std::int64_t before = questions();
    EXPECT_EQ(run_for_keys("UPDATE k SET t = 'x' WHERE id = ?", 1000, sink), 1000);
    EXPECT_EQ(run_for_keys("DELETE FROM k WHERE id = ?", 1000, sink), 1000);
    EXPECT_LT(questions() - before, 10);
    EXPECT_THAT(sink.cells(), AllOf(SizeIs(2000), Each(one)));
    EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM k"), 0);
}

TEST_F(MariadbBulkByKey, rows_that_an_update_leaves_as_they_are_count_too) {
    query(*connection, "UPDATE k SET t = 'x' WHERE id % 2 = 0");
    Sink sink;
    EXPECT_EQ(run_for_keys("UPDATE k SET t = 'x' WHERE id = ?", 1000, sink), 1000);
    EXPECT_EQ(run_for_keys("UPDATE k SET t = 'x' WHERE id = ?", 1000, sink), 1000);
    EXPECT_THAT(sink.cells(), AllOf(SizeIs(2000), Each(one)));
}

TEST_F(MariadbBulkByKey, where_one_of_many_is_missing_none_is_known) {
    query(*connection, "DELETE FROM k WHERE id = 500");
    Sink sink;
    EXPECT_EQ(run_for_keys("UPDATE k SET t = 'x' WHERE id = ?", 1000, sink), 999);
    EXPECT_THAT(sink.cells(), AllOf(SizeIs(1000), Each(unknown)));
    EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM k WHERE t = 'x'"), 999);
    Sink of_delete;
    EXPECT_EQ(run_for_keys("DELETE FROM k WHERE id = ?", 1000, of_delete), 999);
    EXPECT_THAT(of_delete.cells(), AllOf(SizeIs(1000), Each(unknown)));
}

TEST_F(MariadbBulkByKey, that_all_are_missing_is_known) {
    query(*connection, "DELETE FROM k");
    Sink sink;
    EXPECT_EQ(run_for_keys("UPDATE k SET t = 'x' WHERE id = ?", 1000, sink), 0);
    EXPECT_THAT(sink.cells(), AllOf(SizeIs(1000), Each(none)));
}

TEST_F(MariadbBulkByKey, a_row_that_meets_several_is_never_taken_for_two_that_meet_one) {
    const auto update = prepare(*connection, {.sql = "UPDATE k SET t = 'x' WHERE id <= ?"});
    auto rows = rows_of({{number(2)}, {number(1)}});
    Sink sink;  // as nobody should ask
    EXPECT_EQ(update->execute_many(rows, ManyResult::affected_by_key, &sink), 3);
    EXPECT_THAT(sink.cells(), AllOf(SizeIs(2), Each(unknown)));
}

TEST_F(MariadbBulkByKey, nulls_and_long_texts_are_spread_over_commands_that_are_counted_apart) {
    const std::string text_of_page(400'000, 'm');
    query(*connection, "DELETE FROM k WHERE id = 5");
    const auto update = prepare(*connection, {.sql = "UPDATE k SET t = ? WHERE id = ?"});
    auto rows = Source([&, id = std::int64_t{0}](ValueView* row) mutable {
        if (id == 30) return false;
        ++id;
        row[0] = id % 3 == 0 ? ValueView() : id % 3 == 1 ? text(text_of_page) : text("");
        row[1] = number(id);
        return true;
    });
    Sink sink;
    EXPECT_EQ(update->execute_many(rows, ManyResult::affected_by_key, &sink), 29);
    ASSERT_EQ(sink.cells().size(), 30U);
    const auto doubtful = std::count(sink.cells().begin(), sink.cells().end(), unknown);
    EXPECT_GT(doubtful, 1);
    EXPECT_LT(doubtful, 10);
    EXPECT_EQ(sink.cells()[4], unknown);
    EXPECT_EQ(std::count(sink.cells().begin(), sink.cells().end(), one), 30 - doubtful);
    EXPECT_EQ(to_string(query(*connection,
                              "SELECT COUNT(*), COUNT(t), SUM(t = ''), SUM(LENGTH(t)) FROM k "
                              "WHERE id <= 30",
                              {}, {}, {Kind::int64, Kind::int64, Kind::int64, Kind::int64})),
              "29, 19, 9, 4000000");
}

TEST_F(MariadbBulkByKey, rows_are_written_in_their_order) {
    // each takes the unique value that the one before it gives up
    query(*connection, "UPDATE k SET n = id WHERE id <= 100");
    const auto update = prepare(*connection, {.sql = "UPDATE k SET n = ? WHERE id = ?"});
    auto rows = Source([id = std::int64_t{101}](ValueView* row) mutable {
        if (--id == 0) return false;
        row[0] = number(id + 1);
        row[1] = number(id);
        return true;
    });
    Sink sink;
    EXPECT_EQ(update->execute_many(rows, ManyResult::affected_by_key, &sink), 100);
    EXPECT_THAT(sink.cells(), AllOf(SizeIs(100), Each(one)));
    EXPECT_EQ(integer(*connection, "SELECT SUM(n = id + 1) FROM k"), 100);
}

TEST_F(MariadbBulkByKey, an_error_in_the_middle_is_told_with_the_statement_and_its_rows) {
    connection->rollback();
    connection->run(
        "CREATE TRIGGER refusing BEFORE UPDATE ON k FOR EACH ROW IF NEW.id = 500 THEN "
        "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF");
    connection->begin({});
    Sink sink;
    const auto error = caught<azoth::DatabaseError>(
        [&] { run_for_keys("UPDATE k SET t = 'x' WHERE id = ?", 1000, sink); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), AllOf(HasSubstr("not this one"), HasSubstr("UPDATE k SET t = 'x'"),
                                     HasSubstr("parameter rows 0 to 999")));
    EXPECT_THAT(sink.cells(), SizeIs(0));
    connection->rollback();
    EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM k WHERE t = 'x'"), 0);
    connection->begin({});
    EXPECT_EQ(run_for_keys("UPDATE k SET t = 'x' WHERE id = ?", 499, sink), 499);
}

TEST_F(MariadbBulkByKey, a_unique_key_that_is_taken_in_the_middle_is_an_integrity_error) {
    query(*connection, "UPDATE k SET n = 500 WHERE id = 1000");
    Sink sink;
    const auto error = caught<azoth::IntegrityError>(
        [&] { run_for_keys("UPDATE k SET n = id WHERE id = ?", 1000, sink); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1062);
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::nothing);
}

}  // namespace
