// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/types/decimal.hpp>
#include <azoth/types/uuid.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

// execute_many: many rows in few round trips, all or nothing, as arrays and as pipelined commands.

namespace {

using namespace postgresql_test;
using azoth::driver::ManyResult;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view insert_arrays =
    "INSERT INTO b (x) SELECT u.x FROM unnest($1::bigint[]) WITH ORDINALITY AS u (x, n) ORDER BY "
    "u.n RETURNING id";
constexpr std::string_view insert_row = "INSERT INTO b (x) VALUES ($1) RETURNING id";

std::vector<std::int64_t> one_to(std::int64_t last) {
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(last));
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

std::string form_of(const testing::TestParamInfo<bool>& form) {
    return form.param ? "arrays" : "commands";
}

/// The parameter says whether rows travel as arrays.
class PostgresqlBatch : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        connection->run(
            "CREATE TEMPORARY TABLE b (id serial PRIMARY KEY, x bigint UNIQUE CHECK (x > 0))");
    }
    StatementPtr inserter() {
        return prepare(*connection, {.sql = GetParam() ? insert_arrays : insert_row,
                                     .types = {azoth::BigInteger{}},
                                     .arrays = GetParam()});
    }
    std::int64_t insert(azoth::driver::Statement& statement, std::int64_t count,
                        Sink* sink = nullptr) {
        auto source = numbers(count);
        return statement.execute_many(source, sink ? ManyResult::returned_rows : ManyResult::none,
                                      sink);
    }
    std::int64_t count() { return integer(*connection, "SELECT count(*) FROM b"); }

    ConnectionPtr connection = connect();
};

INSTANTIATE_TEST_SUITE_P(Forms, PostgresqlBatch, testing::Bool(), form_of);

TEST_P(PostgresqlBatch, a_hundred_thousand_rows_return_their_keys_in_order) {
    const auto statement = inserter();
    Sink sink;
    connection->begin({});
    EXPECT_EQ(insert(*statement, 100'000, &sink), 100'000);
    connection->commit();
    EXPECT_EQ(statement->rows_affected(), 100'000);
    EXPECT_EQ(sink.integers(), one_to(100'000));
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM b WHERE id = x"), 100'000);
}

TEST_P(PostgresqlBatch, sizes_around_the_units_are_right) {
    const auto statement = inserter();
    for (const std::int64_t size :
         {1, 2, 499, 500, 501, 1000, 1001, 9'999, 10'000, 10'001, 20'000}) {
        connection->run("TRUNCATE b RESTART IDENTITY");
        Sink sink;
        EXPECT_EQ(insert(*statement, size, &sink), size);
        EXPECT_EQ(sink.integers(), one_to(size));
        EXPECT_EQ(count(), size);
    }
}

TEST_P(PostgresqlBatch, no_rows_send_nothing) {
    const auto statement = inserter();
    EXPECT_EQ(statement->columns().size(), 1U);
    connection->begin({});
    Trace trace(*connection);
    EXPECT_EQ(insert(*statement, 0), 0);
    connection->commit();
    EXPECT_EQ(trace.sent(), "");
}

TEST_P(PostgresqlBatch, a_small_batch_is_one_round_trip_with_begin_and_parse) {
    connection->begin({});
    const auto statement = inserter();
    Trace trace(*connection);
    EXPECT_EQ(insert(*statement, 1), 1);
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Parse Bind Describe Execute Sync");
    connection->run("TRUNCATE b");
    EXPECT_EQ(trace.sent(), "Query");
    EXPECT_EQ(insert(*statement, 2), 2);
    EXPECT_EQ(trace.sent(), GetParam() ? "Bind Describe Execute Sync"
                                       : "Bind Describe Execute Bind Describe Execute Sync");
    connection->commit();
}

TEST_P(PostgresqlBatch, a_failing_row_in_the_middle_spoils_the_transaction) {
    const auto statement = inserter();
    connection->begin({});
    query(*connection, "INSERT INTO b (x) VALUES (2345)");
    const auto error = caught<azoth::IntegrityError>([&] { insert(*statement, 5000); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "23505");
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::transaction);
    if (GetParam()) {
        EXPECT_THAT(error->what(), HasSubstr("one of the rows number 1 to 5000 of the batch"));
    } else {
        EXPECT_THAT(error->what(), HasSubstr("row number 2345 of the batch: duplicate key"));
        EXPECT_EQ(error->parameters(), "(2345)");
    }
    connection->rollback();
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(insert(*statement, 5000), 5000);
}

TEST_P(PostgresqlBatch, without_a_transaction_a_batch_is_one_by_itself) {
    const auto statement = inserter();
    query(*connection, "INSERT INTO b (x) VALUES (23456)");
    EXPECT_THROW(insert(*statement, 30'000), azoth::IntegrityError);
    EXPECT_EQ(count(), 1);
    EXPECT_FALSE(connection->in_transaction());
}

TEST_P(PostgresqlBatch, a_source_that_throws_leaves_nothing_behind) {
    std::vector<std::string> heard;
    ConnectOptions options = server_options();
    options.on_notice = [&](std::string_view notice) { heard.emplace_back(notice); };
    connection = azoth::postgresql::connect(options);
    SetUp();
    const auto statement = inserter();
    for (const std::int64_t last : {0, 700, 25'000}) {
        auto source = Source([&, i = std::int64_t{0}](ValueView* row) mutable {
            if (i == last) throw std::runtime_error("the source is broken");
            row[0] = number(++i);
            return true;
        });
        EXPECT_THROW(statement->execute_many(source, ManyResult::none, nullptr),
                     std::runtime_error);
        EXPECT_EQ(count(), 0) << last;
        EXPECT_FALSE(connection->in_transaction());
    }
    EXPECT_TRUE(heard.empty()) << heard[0];
}

TEST_P(PostgresqlBatch, a_sink_that_throws_leaves_nothing_behind) {
    struct Full final : azoth::driver::RowSink {
        explicit Full(int room_) : room(room_) {}
        void row(const ValueView*) override {
            if (room-- == 0) throw std::length_error("the sink is full");
        }
        int room;
    };
    const auto statement = inserter();
    for (const int room : {0, 3, 700, 15'000}) {
        Full sink(room);
        auto source = numbers(20'000);
        EXPECT_THROW(statement->execute_many(source, ManyResult::returned_rows, &sink),
                     std::length_error);
        EXPECT_EQ(count(), 0) << room;
    }
    Full last(19'999);
    auto source = numbers(20'000);
    EXPECT_THROW(statement->execute_many(source, ManyResult::returned_rows, &last),
                 std::length_error);
    EXPECT_EQ(count(), 0);
}

TEST_P(PostgresqlBatch, in_a_transaction_a_broken_source_is_for_the_transaction_to_undo) {
    const auto statement = inserter();
    connection->begin({});
    auto source = Source([i = std::int64_t{0}](ValueView* row) mutable {
        if (i == 15'000) throw std::runtime_error("the source is broken");
        row[0] = number(++i);
        return true;
    });
    EXPECT_THROW(statement->execute_many(source, ManyResult::none, nullptr), std::runtime_error);
    EXPECT_TRUE(connection->in_transaction());
    connection->rollback();
    EXPECT_EQ(count(), 0);
}

TEST_P(PostgresqlBatch, a_value_that_can_t_be_sent_names_its_row) {
    const auto statement = inserter();
    auto source = Source([i = 0](ValueView* row) mutable {
        row[0] = ++i == 12'345 ? text("oops") : number(i);
        return true;
    });
    const auto error = caught<azoth::DataError>(
        [&] { statement->execute_many(source, ManyResult::none, nullptr); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(),
                HasSubstr("row number 12345 of the batch: parameter 1 is of type bigint"));
    EXPECT_EQ(error->parameters(), "('oops')");
    EXPECT_EQ(count(), 0);
}

TEST_P(PostgresqlBatch, what_the_end_of_the_batch_finds_out_is_its_error) {
    connection->run(
        "DROP TABLE b; CREATE TEMPORARY TABLE b (id serial, x bigint UNIQUE DEFERRABLE INITIALLY "
        "DEFERRED); INSERT INTO b (x) VALUES (7)");
    const auto statement = inserter();
    EXPECT_THROW(insert(*statement, 10), azoth::IntegrityError);
    Sink sink;
    EXPECT_THROW(insert(*statement, 10, &sink), azoth::IntegrityError);
    EXPECT_EQ(count(), 1);
}

TEST_P(PostgresqlBatch, errors_of_the_statement_itself_name_no_row) {
    const auto statement = prepare(*connection, {.sql = "INSERT INTO nowhere VALUES ($1)",
                                                 .types = {azoth::BigInteger{}},
                                                 .arrays = GetParam()});
    for (const bool in_transaction : {false, true}) {
        if (in_transaction) connection->begin({});
        const auto error = caught<azoth::ProgrammingError>([&] { insert(*statement, 1000); });
        ASSERT_TRUE(error);
        EXPECT_EQ(error->sqlstate(), "42P01");
        EXPECT_THAT(error->what(), Not(HasSubstr("row number")));
        connection->rollback();
    }
}

TEST_P(PostgresqlBatch, a_statement_that_became_out_of_date_is_prepared_again) {
    const auto statement = inserter();
    Sink first;
    insert(*statement, 1, &first);
    for (const bool in_transaction : {false, true}) {
        connection->run("TRUNCATE b RESTART IDENTITY");
        query(*connection, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
        if (in_transaction) connection->begin({});
        Sink sink;
        EXPECT_EQ(insert(*statement, 12'000, &sink), 12'000);
        EXPECT_EQ(sink.integers(), one_to(12'000));
        connection->commit();
    }
    connection->begin({});
    query(*connection, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
    EXPECT_THROW(insert(*statement, 10), azoth::OperationalError);
    EXPECT_FALSE(statement->is_valid());
    connection->rollback();
}

TEST_P(PostgresqlBatch, a_statement_that_isn_t_kept_works_too) {
    const auto statement = prepare(*connection, {.sql = GetParam() ? insert_arrays : insert_row,
                                                 .types = {azoth::BigInteger{}},
                                                 .arrays = GetParam(),
                                                 .keep = false});
    for (int round = 0; round < 2; ++round) {
        connection->run("TRUNCATE b RESTART IDENTITY");
        Sink sink;
        EXPECT_EQ(insert(*statement, 11'000, &sink), 11'000);
        EXPECT_EQ(sink.integers(), one_to(11'000));
    }
    EXPECT_EQ(integer(*connection,
                      "SELECT count(*) FROM pg_prepared_statements WHERE name <> '' AND statement "
                      "LIKE 'INSERT%'"),
              0);
}

TEST_P(PostgresqlBatch, updates_and_deletes_count_what_they_matched) {
    insert(*inserter(), 1000);
    const auto statement = prepare(
        *connection,
        {.sql = GetParam() ? "DELETE FROM b USING unnest($1::bigint[]) u (v) WHERE x % 10 = v"
                           : "DELETE FROM b WHERE x % 10 = $1",
         .types = {azoth::BigInteger{}},
         .arrays = GetParam()});
    EXPECT_EQ(insert(*statement, 3), 300);
    EXPECT_EQ(insert(*statement, 3), 0);
}

TEST_P(PostgresqlBatch, impossible_results_are_refused) {
    const auto statement = inserter();
    auto source = numbers(1);
    EXPECT_THROW(statement->execute_many(source, ManyResult::last_insert_id, nullptr),
                 azoth::ArgumentError);
    EXPECT_THROW(statement->execute_many(source, ManyResult::returned_rows, nullptr),
                 azoth::ArgumentError);
    EXPECT_EQ(count(), 0);
}

TEST_P(PostgresqlBatch, rows_of_every_type_and_null_arrive) {
    connection->run("DROP TYPE IF EXISTS batch_mood; CREATE TYPE batch_mood AS ENUM ('sad', 'ok')");
    const azoth::Decimal decimal{"-123.450"};
    const auto uuid = azoth::Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    const std::vector<Type> types{azoth::Boolean{},
                                  azoth::SmallInteger{},
                                  azoth::Integer{},
                                  azoth::BigInteger{},
                                  azoth::Float{},
                                  azoth::Double{},
                                  azoth::Numeric{},
                                  azoth::Text{},
                                  azoth::LargeBinary{},
                                  azoth::Date{},
                                  azoth::TimeOfDay{},
                                  azoth::DateTime{},
                                  azoth::DateTime{.timezone = true},
                                  azoth::UuidType{},
                                  azoth::JSONB{},
                                  azoth::Enum{"batch_mood", {"sad", "ok"}},
                                  Type{}};
    const char* const sql_types[] = {"boolean",    "int2",      "int4",        "int8",  "float4",
                                     "float8",     "numeric",   "text",        "bytea", "date",
                                     "time",       "timestamp", "timestamptz", "uuid",  "jsonb",
                                     "batch_mood", "int8"};
    std::string columns, row, arrays, names, casts;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const std::string n = std::to_string(i), comma = i == 0 ? "" : ", ",
                          sql_type = sql_types[i];
        const bool cast = i >= 14;
        const std::string placeholder = "$" + std::to_string(i + 1);
        columns += comma + "c" + n + " " + sql_type;
        row += comma + placeholder + (cast ? "::" + sql_type : "");
        arrays += comma + placeholder + "::" + (cast ? "text" : sql_type) + "[]";
        names += comma + "c" + n;
        casts += comma + "c" + n + (cast ? "::" + sql_type : "");
    }
    connection->run("CREATE TEMPORARY TABLE every (" + columns + ")");
    const std::string sql = GetParam() ? "INSERT INTO every SELECT " + casts + " FROM unnest(" +
                                             arrays + ") WITH ORDINALITY AS u (" + names +
                                             ", n) ORDER BY n RETURNING *"
                                       : "INSERT INTO every VALUES (" + row + ") RETURNING *";
    const Parameters values{ValueView::of_bool(true),
                            number(-2),
                            number(3),
                            number(1L << 40),
                            ValueView::of_real(1.5),
                            ValueView::of_real(0.1),
                            ValueView::of_decimal(decimal),
                            text("Grüße"),
                            ValueView::of_bytes(std::as_bytes(std::span("\0x", 2))),
                            ValueView::of_integer(-1, Kind::date),
                            ValueView::of_integer(5, Kind::time),
                            ValueView::of_integer(6, Kind::datetime),
                            ValueView::of_integer(7, Kind::timestamp),
                            ValueView::of_uuid(uuid.bytes.data()),
                            text("[1]"),
                            text("ok"),
                            number(8)};
    const auto statement = prepare(*connection, {.sql = sql, .types = types, .arrays = GetParam()});
    struct All final : azoth::driver::RowSink {
        void row(const ValueView* cells) override { rows.emplace_back(cells, cells + 17); }
        Rows rows;
    } sink;
    auto source = Source([&, i = 0](ValueView* out) mutable {
        if (i == 3) return false;
        for (std::size_t c = 0; c < values.size(); ++c) out[c] = i == 1 ? ValueView{} : values[c];
        ++i;
        return true;
    });
    EXPECT_EQ(statement->execute_many(source, ManyResult::returned_rows, &sink), 3);
    const std::string full =
        "true, -2, 3, 1099511627776, 1.5, 0.1, -123.450, 'Grüße', x'0078', '1969-12-31', "
        "'00:00:00.000005', '1970-01-01 00:00:00.000006', "
        "'1970-01-01 00:00:00.000007Z', '6ba7b810-9dad-11d1-80b4-00c04fd430c8', '[1]', 'ok', 8";
    std::string nulls = "NULL";
    for (int i = 1; i < 17; ++i) nulls += ", NULL";
    EXPECT_EQ(to_string(sink.rows), full + "; " + nulls + "; " + full);
    connection->run("DROP TABLE every; DROP TYPE batch_mood");
}

TEST_P(PostgresqlBatch, long_texts_fill_a_unit_before_its_rows_do) {
    connection->run("CREATE TEMPORARY TABLE long_texts (x text)");
    const std::string big(1'000'000, 'x');
    const auto statement = prepare(
        *connection, {.sql = GetParam() ? "INSERT INTO long_texts SELECT * FROM unnest($1::text[])"
                                        : "INSERT INTO long_texts VALUES ($1)",
                      .types = {azoth::Text{}},
                      .arrays = GetParam()});
    auto source = Source([&, i = 0](ValueView* row) mutable {
        if (i++ == 30) return false;
        row[0] = text(big);
        return true;
    });
    EXPECT_EQ(statement->execute_many(source, ManyResult::none, nullptr), 30);
    EXPECT_EQ(integer(*connection, "SELECT sum(length(x)) FROM long_texts"), 30'000'000);
}

TEST_P(PostgresqlBatch, answers_larger_than_any_buffer_don_t_block) {
    const auto statement = prepare(
        *connection, {.sql = GetParam() ? "SELECT repeat('x', 10000) FROM unnest($1::bigint[])"
                                        : "SELECT repeat('x', 10000) WHERE $1 > 0",
                      .types = {azoth::BigInteger{}},
                      .arrays = GetParam()});
    struct Lengths final : azoth::driver::RowSink {
        void row(const ValueView* cells) override { total += cells[0].chars.size; }
        std::size_t total = 0;
    } sink;
    auto source = numbers(3000);
    EXPECT_EQ(statement->execute_many(source, ManyResult::returned_rows, &sink), -1);
    EXPECT_EQ(sink.total, 30'000'000U);
}

TEST(PostgresqlBatchForms, a_statement_with_array_parameters_runs_only_as_a_batch) {
    const auto connection = connect();
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM unnest($1::bigint[])",
                                                 .types = {azoth::BigInteger{}},
                                                 .arrays = true});
    EXPECT_THROW(statement->execute(Parameters{number(1)}), azoth::ProgrammingError);
}

TEST(PostgresqlBatchForms, errors_show_the_parameters_of_the_row_whatever_their_types) {
    const auto connection = connect();
    connection->run(
        "CREATE TEMPORARY TABLE kinds (a bool, b numeric, c text, d bytea, e date, f uuid, g text "
        "NOT NULL)");
    const azoth::Decimal decimal{"1.50"};
    const auto uuid = azoth::Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    const auto statement = prepare(
        *connection, {.sql = "INSERT INTO kinds VALUES ($1, $2, $3, $4, $5, $6, $7)",
                      .types = {azoth::Boolean{}, azoth::Numeric{}, azoth::Text{},
                                azoth::LargeBinary{}, azoth::Date{}, azoth::UuidType{}, Type{}}});
    auto source = Source([&, i = 0](ValueView* row) mutable {
        if (++i > 20) return false;
        row[0] = ValueView::of_bool(true);
        row[1] = ValueView::of_decimal(decimal);
        row[2] = text("it's");
        row[3] = ValueView::of_bytes(std::as_bytes(std::span("\1\2", 2)));
        row[4] = ValueView::of_integer(0, Kind::date);
        row[5] = ValueView::of_uuid(uuid.bytes.data());
        row[6] = i == 13 ? ValueView{} : text("g");
        return true;
    });
    const auto error = caught<azoth::IntegrityError>(
        [&] { statement->execute_many(source, ManyResult::none, nullptr); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("row number 13 of the batch"));
    EXPECT_EQ(error->parameters(),
              "(true, 1.50, 'it''s', x'0102', '1970-01-01', "
              "'6ba7b810-9dad-11d1-80b4-00c04fd430c8', NULL)");
    EXPECT_EQ(error->fault().column, "g");
}

TEST(PostgresqlBatchOfCommands, says_how_many_rows_each_parameter_row_affected) {
    const auto connection = connect();
    connection->run("CREATE TEMPORARY TABLE b (x bigint)");
    connection->run("INSERT INTO b VALUES (1), (2), (3)");
    const auto update = prepare(
        *connection, {.sql = "UPDATE b SET x = x WHERE x >= $1", .types = {azoth::BigInteger{}}});
    auto source = numbers(4);
    Sink sink;
    connection->begin({});
    EXPECT_EQ(update->execute_many(source, ManyResult::affected_rows, &sink), 6);
    connection->commit();
    EXPECT_EQ(sink.integers(), (std::vector<std::int64_t>{3, 2, 1, 0}));
}

TEST(PostgresqlBatchOfCommands, knows_of_each_key_whether_it_was_there) {
    const auto connection = connect();
    connection->run("CREATE TEMPORARY TABLE b (x bigint primary key)");
    connection->run("INSERT INTO b VALUES (1), (3)");
    const auto update = prepare(
        *connection, {.sql = "UPDATE b SET x = x WHERE x = $1", .types = {azoth::BigInteger{}}});
    auto source = numbers(4);
    Sink sink;
    EXPECT_EQ(update->execute_many(source, ManyResult::affected_by_key, &sink), 2);
    EXPECT_EQ(sink.integers(), (std::vector<std::int64_t>{1, 0, 1, 0}));
}

TEST(PostgresqlBatchOfArrays, knows_no_count_of_a_single_row) {
    const auto connection = connect();
    connection->run("CREATE TEMPORARY TABLE b (id serial, x bigint)");
    const auto insert = prepare(
        *connection, {.sql = insert_arrays, .types = {azoth::BigInteger{}}, .arrays = true});
    auto source = numbers(2);
    Sink sink;
    for (const auto counts : {ManyResult::affected_rows, ManyResult::affected_by_key})
        EXPECT_THROW(insert->execute_many(source, counts, &sink), azoth::ArgumentError);
}

}  // namespace
