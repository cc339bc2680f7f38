// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/types/decimal.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

// execute_many: many parameter rows, in bulk and one by one.

namespace {

using namespace mariadb_test;
using azoth::DataError;
using azoth::IntegrityError;
using azoth::driver::ManyResult;
using testing::HasSubstr;

class MariadbBatch : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(
            "CREATE OR REPLACE TABLE b (id BIGINT PRIMARY KEY AUTO_INCREMENT, "
            "n BIGINT UNIQUE, t LONGTEXT, d DECIMAL(30, 5), m DATETIME(6), k TIME(6), "
            "f DOUBLE, x LONGBLOB)");
    }
    void TearDown() override {
        if (connection->is_open()) connection->rollback();
        connect()->run("DROP TABLE b");
    }
    /// How many commands the server has got.
    std::int64_t questions() {
        return std::stoll(text_of(*connection,
                                  "SELECT variable_value FROM information_schema.session_status "
                                  "WHERE variable_name = 'QUESTIONS'"));
    }

    ConnectionPtr connection = connect();
};

TEST_F(MariadbBatch, inserts_all_rows_in_few_commands) {
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?)"});
    auto rows = numbers(25'000);
    const std::int64_t before = questions();
    EXPECT_EQ(insert->execute_many(rows, ManyResult::none, nullptr), 25'000);
    EXPECT_LT(questions() - before, 20);
    EXPECT_EQ(insert->rows_affected(), 25'000);
    EXPECT_EQ(to_string(query(*connection, "SELECT COUNT(*), SUM(n) FROM b", {}, {},
                              {Kind::int64, Kind::int64})),
              "25000, 312512500");
}

TEST_F(MariadbBatch, returns_rows_in_the_order_of_the_parameters) {
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?) RETURNING n, id",
                                              .kinds = {Kind::int64, Kind::int64}});
    Sink sink;
    auto rows = numbers(25'000);
    EXPECT_EQ(insert->execute_many(rows, ManyResult::returned_rows, &sink), 25'000);
    std::vector<std::int64_t> expected(25'000);
    std::iota(expected.begin(), expected.end(), 1);
    EXPECT_EQ(sink.integers(), expected);
    // the statement runs alone as before
    insert->execute(Parameters{number(30'000)});
    EXPECT_EQ(fetch_row(*insert).at(0), Value(number(30'000)));
}

TEST_F(MariadbBatch, delivers_the_generated_key_of_each_row) {
    const auto insert = prepare(*connection, {.sql = "INSERT IGNORE INTO b (n) VALUES (?)"});
    Sink sink;
    auto rows = rows_of({{number(1)}, {number(2)}, {number(1)}, {number(3)}});
    connection->begin({});
    EXPECT_EQ(insert->execute_many(rows, ManyResult::last_insert_id, &sink), 3);
    connection->commit();
    ASSERT_EQ(sink.cells().size(), 4U);
    EXPECT_TRUE(sink.cells()[2].is_null());  // the row that IGNORE left out has no key
    for (const std::size_t i : {0U, 1U, 3U})
        EXPECT_EQ(
            query(*connection, "SELECT id FROM b WHERE id = ?", {sink.cells()[i].view()}).size(),
            1U);
}

TEST_F(MariadbBatch, delivers_how_many_rows_each_row_affected) {
    auto rows = numbers(10);
    prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?)"})
        ->execute_many(rows, ManyResult::none, nullptr);
    const auto update = prepare(*connection, {.sql = "UPDATE b SET f = 1 WHERE n <= ?"});
    Sink sink;
    auto limits = rows_of({{number(3)}, {number(0)}, {number(10)}});
    EXPECT_EQ(update->execute_many(limits, ManyResult::affected_rows, &sink), 13);
    EXPECT_EQ(sink.integers(), (std::vector<std::int64_t>{3, 0, 10}));
}

TEST_F(MariadbBatch, updates_and_deletes_in_bulk) {
    auto rows = numbers(100);
    prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?)"})
        ->execute_many(rows, ManyResult::none, nullptr);
    const auto update = prepare(*connection, {.sql = "UPDATE b SET f = ? WHERE n = ?"});
    auto values = rows_of({{ValueView::of_real(1.5), number(1)},
                           {ValueView(), number(2)},
                           {ValueView::of_real(2.5), number(200)}});
    EXPECT_EQ(update->execute_many(values, ManyResult::none, nullptr), 2);
    const auto remove =
        prepare(*connection, {.sql = "DELETE FROM b WHERE n <= ? RETURNING n", .kinds = {}});
    Sink sink;
    auto limits = rows_of({{number(2)}, {number(2)}, {number(4)}});
    EXPECT_EQ(remove->execute_many(limits, ManyResult::returned_rows, &sink), 4);
    EXPECT_EQ(sink.integers(), (std::vector<std::int64_t>{1, 2, 3, 4}));
}

TEST_F(MariadbBatch, sends_every_kind_of_value_and_nulls_between) {
    const auto insert = prepare(
        *connection, {.sql = "INSERT INTO b (n, t, d, m, k, f, x) VALUES (?, ?, ?, ?, ?, ?, ?)"});
    const azoth::Decimal decimal("12345.67890");
    const std::string raw("\0\xff'", 3);
    const Parameters full = {number(-5),
                             text("a\u00e4\U0001F980"),
                             ValueView::of_decimal(decimal),
                             ValueView::of_integer(1'700'000'000'123'456, Kind::datetime),
                             ValueView::of_integer(86'399'999'999, Kind::time),
                             ValueView::of_real(-0.1),
                             ValueView::of_bytes(std::as_bytes(std::span(raw)))};
    const Parameters nulls(7);
    Parameters mixed = nulls;
    mixed[1] = text("");
    mixed[3] = ValueView::of_integer(0, Kind::datetime);
    mixed[4] = ValueView::of_integer(0, Kind::time);
    auto rows = rows_of({nulls, full, mixed});
    EXPECT_EQ(insert->execute_many(rows, ManyResult::none, nullptr), 3);
    const Rows read = query(*connection, "SELECT n, t, d, m, k, f, x FROM b ORDER BY id");
    ASSERT_EQ(read.size(), 3U);
    EXPECT_EQ(read[0], Row(nulls.begin(), nulls.end()));
    EXPECT_EQ(read[1], Row(full.begin(), full.end()));
    EXPECT_EQ(read[2], Row(mixed.begin(), mixed.end()));
}

TEST_F(MariadbBatch, takes_values_of_changing_kinds) {
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (t) VALUES (?)"});
    auto rows = rows_of({{number(1)},
                         {text("two")},
                         {ValueView()},
                         {ValueView::of_natural(18'446'744'073'709'551'615U)},
                         {number(-1)}});
    EXPECT_EQ(insert->execute_many(rows, ManyResult::none, nullptr), 5);
    EXPECT_EQ(to_string(query(*connection, "SELECT t FROM b ORDER BY id")),
              "'1'; 'two'; NULL; '18446744073709551615'; '-1'");
}

TEST_F(MariadbBatch, an_empty_text_is_no_null) {
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (t) VALUES (?)"});
    auto rows = rows_of({{text("")}, {ValueView()}});
    insert->execute_many(rows, ManyResult::none, nullptr);
    EXPECT_EQ(to_string(query(*connection, "SELECT t FROM b ORDER BY id")), "''; NULL");
}

TEST_F(MariadbBatch, long_rows_are_spread_over_commands) {
    const std::string megabyte(1'000'000, 'm');
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (n, t) VALUES (?, ?)"});
    auto rows = Source([&, i = std::int64_t{0}](ValueView* row) mutable {
        if (i == 40) return false;
        row[0] = number(++i);
        row[1] = i % 2 == 0 ? text("short") : text(megabyte);
        return true;
    });
    EXPECT_EQ(insert->execute_many(rows, ManyResult::none, nullptr), 40);
    EXPECT_EQ(integer(*connection, "SELECT SUM(LENGTH(t)) FROM b"), 20'000'100);
}

TEST_F(MariadbBatch, an_error_names_the_rows_it_may_be_in_and_rolls_back_with_them) {
    connection->begin({});
    query(*connection, "INSERT INTO b (n) VALUES (500)");
    connection->run("SAVEPOINT s");
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?)"});
    auto rows = numbers(1000);
    const auto error =
        caught<IntegrityError>([&] { insert->execute_many(rows, ManyResult::none, nullptr); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1062);
    EXPECT_THAT(error->fault().message, HasSubstr("parameter rows 0 to 999"));
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::nothing);
    connection->run("ROLLBACK TO SAVEPOINT s");
    connection->commit();
    EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM b"), 1);
    // and the statement is fit for use
    auto again = numbers(3);
    EXPECT_EQ(insert->execute_many(again, ManyResult::none, nullptr), 3);
}

TEST_F(MariadbBatch, an_error_behind_returned_rows_leaves_the_statement_fit_for_use) {
    query(*connection, "INSERT INTO b (n) VALUES (500)");
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?) RETURNING n"});
    for (int i = 0; i < 2; ++i) {
        Sink sink;
        auto rows = numbers(1000);
        const auto error = caught<IntegrityError>(
            [&] { insert->execute_many(rows, ManyResult::returned_rows, &sink); });
        ASSERT_TRUE(error);
        EXPECT_THAT(error->fault().message, HasSubstr("parameter rows 0 to 999"));
        EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM b"), 1);  // all or nothing
    }
    EXPECT_TRUE(caught<IntegrityError>([&] { insert->execute(Parameters{number(500)}); }));
    insert->execute(Parameters{number(1)});
    EXPECT_EQ(to_string(fetch_all(*insert)), "1");
}

TEST_F(MariadbBatch, a_bad_value_is_refused_with_its_row) {
    const auto insert = prepare(
        *connection, {.sql = "INSERT INTO b (n) VALUES (?)", .types = {azoth::BigInteger{}}});
    auto rows = rows_of({{number(1)}, {text("two")}});
    const auto error =
        caught<DataError>([&] { insert->execute_many(rows, ManyResult::none, nullptr); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->fault().message, HasSubstr("in parameter row 1, counting from 0"));
}

TEST_F(MariadbBatch, no_rows_are_no_command) {
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?)"});
    auto none = numbers(0);
    EXPECT_EQ(insert->execute_many(none, ManyResult::none, nullptr), 0);
}

TEST_F(MariadbBatch, what_returns_no_rows_or_others_than_wanted_spoils_its_transaction) {
    Sink sink;
    const auto refused = [&](const Request& request, bool many) {
        connection->begin({});
        const auto insert = prepare(*connection, request);
        auto row = numbers(1);
        const auto error = caught<azoth::DBAPIError>([&] {
            if (many)
                insert->execute_many(row, ManyResult::returned_rows, &sink);
            else
                insert->execute(Parameters{number(1)});
        });
        ASSERT_TRUE(error) << request.sql;
        EXPECT_EQ(error->poisoned(), azoth::Poisoned::transaction);
        EXPECT_TRUE(caught<azoth::OperationalError>([&] { connection->commit(); }));
        connection->rollback();
        EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM b"), 0);
    };
    refused({.sql = "INSERT INTO b (n) VALUES (?)"}, true);
    for (const bool many : {true, false}) {
        refused({.sql = "INSERT INTO b (n) VALUES (?) RETURNING id, n", .kinds = {Kind::int64}},
                many);
        refused({.sql = "INSERT INTO b (n) VALUES (?) RETURNING n", .kinds = {Kind::date}}, many);
    }
}

TEST_F(MariadbBatch, exceptions_of_source_and_sink_come_through) {
    struct Stop {};
    const auto insert = prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?) RETURNING id"});
    auto source = Source([i = 0](ValueView* row) mutable -> bool {
        if (++i == 3) throw Stop();
        row[0] = number(i);
        return true;
    });
    Sink sink;
    EXPECT_THROW(insert->execute_many(source, ManyResult::returned_rows, &sink), Stop);
    struct Refusing final : azoth::driver::RowSink {
        void row(const ValueView*) override { throw Stop(); }
    } refusing;
    auto rows = numbers(5);
    EXPECT_THROW(insert->execute_many(rows, ManyResult::returned_rows, &refusing), Stop);
    EXPECT_EQ(integer(*connection, "SELECT 5"), 5);
    auto more = rows_of({{number(77)}});
    EXPECT_EQ(insert->execute_many(more, ManyResult::returned_rows, &sink), 1);
}

TEST_F(MariadbBatch, open_results_and_statements_without_parameters_are_no_hindrance) {
    auto rows = numbers(1000);
    prepare(*connection, {.sql = "INSERT INTO b (n) VALUES (?)"})
        ->execute_many(rows, ManyResult::none, nullptr);
    connection->begin({});
    const auto select = prepare(*connection, {.sql = "SELECT n FROM b ORDER BY n"});
    select->execute({});
    EXPECT_EQ(fetch_row(*select).at(0), Value(number(1)));
    const auto update = prepare(*connection, {.sql = "UPDATE b SET f = 1 WHERE n = ?"});
    auto some = numbers(10);
    EXPECT_EQ(update->execute_many(some, ManyResult::none, nullptr), 10);
    EXPECT_EQ(fetch_all(*select).size(), 999U);
    const auto plain = prepare(*connection, {.sql = "INSERT INTO b (f) VALUES (2)"});
    auto twice = rows_of({{}, {}});
    EXPECT_EQ(plain->execute_many(twice, ManyResult::none, nullptr), 2);
}

}  // namespace
