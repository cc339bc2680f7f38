// SPDX-License-Identifier: MIT
// stream_results, max_row_buffer and yield_per: rows that stay with the server until they are read.
#include <tests/compliance/support.hpp>
#include <tests/support/server_process.hpp>

#include <functional>
#include <iterator>
#include <optional>

namespace compliance {
namespace {

struct Numbers : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::int64_t> square{*this, "square"};
};

const StatementOptions streaming{.stream_results = true};

class ServerSideCursors : public ComplianceTest {
  protected:
    ServerSideCursors() {
        create_tables();
        std::vector<std::tuple<std::int64_t, std::int64_t>> rows;
        for (std::int64_t i = 1; i <= count; ++i) rows.emplace_back(i, i * i);
        conn.execute(insert(numbers).columns(numbers.id, numbers.square), rows);
        conn.commit();
    }

    [[nodiscard]] std::int64_t rows_in_table() {
        return conn.scalar(select(func::count()).select_from(numbers)).value();
    }

    static constexpr std::int64_t count = 2000;
    Numbers numbers{"number", metadata};
    Connection conn = engine.connect();
    const Select<std::int64_t> ids = select(numbers.id).order_by(numbers.id);
};
AZOTH_ON_ALL_DATABASES(ServerSideCursors);

/// The rows of a result, which must be 1, 2, 3 …: how many.
std::int64_t length_of(auto&& result) {
    std::int64_t length = 0;
    for (const std::int64_t id : result) {
        if (id != ++length) ADD_FAILURE() << "row " << length << " is " << id;
        if (id != length) break;
    }
    return length;
}

TEST_P(ServerSideCursors, give_all_rows_in_order_whatever_the_window) {
    EXPECT_EQ(length_of(conn.scalars(ids, {}, streaming)), count);
    for (const std::size_t most :
         {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{1999}, std::size_t{2000},
          std::size_t{2001}, std::size_t{5'000'000'000}, ~std::size_t{0}}) {
        EXPECT_EQ(
            length_of(conn.scalars(ids, {}, {.stream_results = true, .max_row_buffer = most})),
            count);
        EXPECT_EQ(length_of(conn.scalars(ids, {}, {.yield_per = most})), count);
    }
    EXPECT_EQ(length_of(conn.scalars(ids.limit(1000), {}, {.yield_per = 100})), 1000);
}

TEST_P(ServerSideCursors, give_none_where_there_is_none) {
    const auto nothing = ids.where(numbers.id < 0);
    EXPECT_THAT(conn.scalars(nothing, {}, streaming).all(), IsEmpty());
    EXPECT_FALSE(conn.scalars(nothing, {}, streaming).first().has_value());
    EXPECT_THAT(conn.scalars(nothing, {}, {.yield_per = 1}).all(), IsEmpty());
}

TEST_P(ServerSideCursors, are_asked_for_by_engine_connection_statement_and_call) {
    const auto parts = [&](Connection& where, const auto& statement) {
        std::vector<std::size_t> sizes;
        for (const auto& part : where.scalars(statement).partitions()) sizes.push_back(part.size());
        return sizes;
    };
    const auto few = ids.limit(7);
    EXPECT_THAT(parts(conn, few), ElementsAre(7));
    EXPECT_THAT(parts(conn, few.execution_options({.yield_per = 3})), ElementsAre(3, 3, 1));
    conn.execution_options({.yield_per = 5});
    EXPECT_THAT(parts(conn, few), ElementsAre(5, 2));
    EXPECT_THAT(parts(conn, few.execution_options({.yield_per = 3})), ElementsAre(5, 2));
    std::vector<std::size_t> sizes;
    for (const auto& part : conn.scalars(few, {}, {.yield_per = 4}).partitions())
        sizes.push_back(part.size());
    EXPECT_THAT(sizes, ElementsAre(4, 3)) << "a call goes before all others";
    if (!requirements.several_connections) return;
    conn.close();
    auto other = engine.execution_options({.yield_per = 6}).connect();
    EXPECT_THAT(parts(other, few), ElementsAre(6, 1));
}

TEST_P(ServerSideCursors, are_remembered_by_statements_with_what_else_is_said) {
    const auto said = ids.execution_options({.stream_results = true})
                          .execution_options({.max_row_buffer = 50})
                          .execution_options({.schema_translate_map = {{"a", "b"}}});
    const StatementOptions options = said.get_execution_options();
    EXPECT_EQ(options.stream_results, true);
    EXPECT_EQ(options.max_row_buffer, 50U);
    EXPECT_FALSE(options.yield_per.has_value());
    EXPECT_EQ(options.schema_translate_map.translate("a"), "b");
    EXPECT_FALSE(ids.get_execution_options().is_given());
    EXPECT_EQ(length_of(conn.scalars(said)), count);
}

TEST_P(ServerSideCursors, of_no_rows_at_a_time_are_refused_by_name) {
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)ids.execution_options({.yield_per = 0}); }),
                HasSubstr("yield_per"));
    EXPECT_THAT(message_of<ArgumentError>([&] { conn.execution_options({.max_row_buffer = 0}); }),
                HasSubstr("max_row_buffer"));
    EXPECT_THAT(
        message_of<ArgumentError>([&] { (void)conn.scalars(ids, {}, {.yield_per = 0}).all(); }),
        HasSubstr("yield_per"));
    EXPECT_THAT(
        message_of<ArgumentError>([&] { (void)engine.execution_options({.max_row_buffer = 0}); }),
        HasSubstr("max_row_buffer"));
}

TEST_P(ServerSideCursors, go_on_while_other_statements_run) {
    std::int64_t length = 0;
    for (const std::int64_t id : conn.scalars(ids, {}, {.yield_per = 300})) {
        ASSERT_EQ(id, ++length);
        if (id % 250 != 0) continue;
        EXPECT_EQ(rows_in_table(), count);
        conn.execute(update(numbers).values(numbers.square = -id).where(numbers.id == id));
    }
    EXPECT_EQ(length, count);
    EXPECT_EQ(conn.scalar(select(numbers.square).where(numbers.id == 1750)), -1750);
}

TEST_P(ServerSideCursors, do_not_see_what_is_written_meanwhile) {
    std::int64_t length = 0;
    std::int64_t sum = 0;
    for (auto [id, square] :
         conn.execute(select(numbers.id, numbers.square).order_by(numbers.id), {}, streaming)) {
        if (length++ == 0) {
            conn.execute(update(numbers).values(numbers.square = 0));
            conn.execute(delete_(numbers).where(numbers.id > 10));
        }
        sum += square;
    }
    EXPECT_EQ(length, count);
    EXPECT_EQ(sum, count * (count + 1) * (2 * count + 1) / 6);
    EXPECT_EQ(rows_in_table(), 10);
}

TEST_P(ServerSideCursors, nest_and_are_read_in_turns) {
    const auto three = ids.limit(3).execution_options({.yield_per = 2});
    std::string seen;
    for (const std::int64_t outer : conn.scalars(three))
        for (const std::int64_t inner : conn.scalars(three))
            seen += std::to_string(outer) + std::to_string(inner) + " ";
    EXPECT_EQ(seen, "11 12 13 21 22 23 31 32 33 ");

    auto streamed = conn.scalars(ids, {}, {.yield_per = 10});
    auto arriving = conn.scalars(ids);
    for (std::int64_t i = 1; i <= count; ++i) {
        ASSERT_EQ(*streamed.next(), i);
        ASSERT_EQ(*arriving.next(), i);
    }
    EXPECT_EQ(streamed.next(), nullptr);
    EXPECT_EQ(arriving.next(), nullptr);
}

TEST_P(ServerSideCursors, are_closed_early_and_opened_again) {
    const auto streamed = ids.execution_options({.yield_per = 10});
    for (int i = 0; i < 20; ++i) {
        auto result = conn.scalars(streamed);
        for (int row = 0; row < i; ++row) ASSERT_NE(result.next(), nullptr);
    }
    EXPECT_EQ(length_of(conn.scalars(streamed)), count);
    EXPECT_EQ(length_of(conn.scalars(ids)), count) << "the same statement without one";
    EXPECT_EQ(length_of(conn.scalars(streamed)), count);
    if (requirements.postgresql) {
        EXPECT_EQ(conn.execute(text("SELECT count(*) FROM pg_cursors WHERE name LIKE 'azoth%'"))
                      .scalar_one<std::int64_t>(),
                  0);
    }
}

TEST_P(ServerSideCursors, take_parameters_lists_and_texts) {
    const auto named =
        select(numbers.id)
            .where(numbers.id.in({1, 3, 5}), numbers.square > bindparam<int>("least"))
            .order_by(numbers.id);
    EXPECT_THAT(conn.scalars(named, {{"least", 1}}, streaming).all(), ElementsAre(3, 5));
    auto texts = conn.execute(text("SELECT id FROM number WHERE id <= :most ORDER BY id"),
                              {{"most", std::int64_t{500}}}, streaming);
    EXPECT_EQ(length_of(std::move(texts).scalars<std::int64_t>()), 500);
    auto with = conn.execute(
        text("WITH n AS (SELECT id FROM number) SELECT id FROM n WHERE id <= 5 ORDER BY id"), {},
        streaming);
    EXPECT_EQ(length_of(std::move(with).scalars<std::int64_t>()), 5);
}

TEST_P(ServerSideCursors, are_not_asked_of_statements_that_write) {
    conn.execution_options({.stream_results = true});
    EXPECT_EQ(
        conn.execute(insert(numbers).values(numbers.id = 9001, numbers.square = 1)).rowcount(), 1);
    EXPECT_EQ(conn.scalar(insert(numbers)
                              .values(numbers.id = 9002, numbers.square = 2)
                              .returning(numbers.square)),
              2);
    EXPECT_EQ(conn.execute(update(numbers).values(numbers.square = 3).where(numbers.id > 9000))
                  .rowcount(),
              2);
    (void)conn.execute(text("DELETE FROM number WHERE id > 9000"));
    EXPECT_EQ(length_of(conn.scalars(ids)), count);
    if (!requirements.postgresql) return;
    auto moved = conn.execute(
        text("WITH gone AS (DELETE FROM number WHERE id <= 4 RETURNING id) SELECT id FROM gone "
             "ORDER BY id"));
    EXPECT_EQ(length_of(std::move(moved).scalars<std::int64_t>()), 4);
    EXPECT_EQ(rows_in_table(), count - 4);
}

TEST_P(ServerSideCursors, leave_locked_rows_to_the_statement) {
    const auto locked = select(numbers.id, numbers.square).order_by(numbers.id).with_for_update();
    for (const bool commits_itself : {false, true}) {
        if (commits_itself) conn.execution_options({.isolation_level = "AUTOCOMMIT"});
        std::int64_t length = 0;
        for (auto [id, square] : conn.execute(locked, {}, {.yield_per = 10})) {
            if (length++ == 0) conn.execute(update(numbers).values(numbers.square = 0));
            EXPECT_EQ(square, commits_itself ? 0 : id * id);
        }
        EXPECT_EQ(length, count) << "rows that changed since are rows all the same";
        if (!commits_itself) conn.commit();
    }
}

TEST_P(ServerSideCursors, survive_an_error_where_a_savepoint_takes_it_back) {
    auto result = conn.scalars(ids, {}, {.yield_per = 10});
    for (int i = 1; i <= 10; ++i) ASSERT_EQ(*result.next(), i);
    auto savepoint = conn.begin_nested();
    EXPECT_THROW((void)conn.execute(text("SELECT * FROM no_such_table")).all(), DBAPIError);
    if (requirements.errors_end_transactions) {
        EXPECT_THROW((void)result.next(), DBAPIError);
    }
    savepoint.rollback();
    for (std::int64_t i = 11; i <= count; ++i) ASSERT_EQ(*result.next(), i);
}

TEST_P(ServerSideCursors, closed_after_a_savepoint_leave_the_table_free) {
    {
        auto result = conn.scalars(ids, {}, {.yield_per = 10});
        ASSERT_NE(result.next(), nullptr);
        conn.begin_nested().rollback();
    }
    conn.exec_driver_sql("ALTER TABLE number ADD remark VARCHAR(10)");
    EXPECT_EQ(rows_in_table(), count);
}

TEST_P(ServerSideCursors, know_of_a_transaction_that_the_program_ends_by_text) {
    auto result = conn.scalars(ids, {}, {.yield_per = 10});
    for (int i = 1; i <= 10; ++i) ASSERT_EQ(*result.next(), i);
    if (!requirements.streamed_rows_end_with_transactions) return;
    conn.exec_driver_sql("COMMIT AND CHAIN");
    EXPECT_THROW((void)result.next(), ProgrammingError);
    EXPECT_EQ(rows_in_table(), count) << "the transaction of today goes on";
}

TEST_P(ServerSideCursors, are_switched_off_by_a_call) {
    conn.execution_options({.yield_per = 5});
    std::size_t parts = 0;
    auto plain = conn.scalars(ids, {}, {.stream_results = false});
    for (const auto& part : std::move(plain).partitions()) parts += part.empty() ? 0 : 1;
    EXPECT_EQ(parts, 1U);
}

TEST_P(ServerSideCursors, work_without_a_transaction) {
    conn.execution_options({.isolation_level = "AUTOCOMMIT"});
    std::int64_t length = 0;
    for (const std::int64_t id : conn.scalars(ids, {}, {.yield_per = 100})) {
        ASSERT_EQ(id, ++length);
        if (id == 150) conn.execute(delete_(numbers).where(numbers.id > 1000));
    }
    EXPECT_EQ(length, count);
    EXPECT_EQ(rows_in_table(), 1000);
}

TEST_P(ServerSideCursors, end_with_the_transaction_or_outlive_it) {
    for (const bool commits : {true, false}) {
        auto result = conn.scalars(ids, {}, {.yield_per = 10});
        ASSERT_EQ(*result.next(), 1);
        if (commits)
            conn.commit();
        else
            conn.rollback();
        ASSERT_EQ(rows_in_table(), count) << "another has begun";
        if (requirements.streamed_rows_end_with_transactions) {
            for (int i = 2; i <= 10; ++i) ASSERT_EQ(*result.next(), i) << "what is here is here";
            EXPECT_THAT(message_of<ProgrammingError>([&] { (void)result.next(); }),
                        HasSubstr("stream_results"));
            EXPECT_THROW((void)result.next(), ProgrammingError) << "and not: the end";
            EXPECT_EQ(rows_in_table(), count) << "the transaction of today goes on";
        } else {
            for (std::int64_t i = 2; i <= count; ++i) ASSERT_EQ(*result.next(), i);
        }
    }
}

TEST_P(ServerSideCursors, end_with_their_savepoint_or_outlive_it) {
    conn.execute(update(numbers).values(numbers.square = 0).where(numbers.id == 1));
    auto before = conn.scalars(ids, {}, {.yield_per = 10});
    ASSERT_EQ(*before.next(), 1);
    auto savepoint = conn.begin_nested();
    auto within = conn.scalars(ids, {}, {.yield_per = 10});
    ASSERT_EQ(*within.next(), 1);
    savepoint.rollback();
    for (std::int64_t i = 2; i <= count; ++i) ASSERT_EQ(*before.next(), i);
    if (requirements.streamed_rows_end_with_transactions) {
        for (int i = 2; i <= 10; ++i) ASSERT_EQ(*within.next(), i);
        EXPECT_THAT(message_of<ProgrammingError>([&] { (void)within.next(); }),
                    HasSubstr("stream_results"));
    } else {
        for (std::int64_t i = 2; i <= count; ++i) ASSERT_EQ(*within.next(), i);
    }
    EXPECT_EQ(rows_in_table(), count) << "the transaction goes on";
    conn.commit();
}

TEST_P(ServerSideCursors, tell_errors_with_their_statement) {
    const auto error = caught<DBAPIError>([&] {
        (void)conn.execute(text("SELECT id FROM no_such_table WHERE id > :least"),
                           {{"least", std::int64_t{1}}}, streaming);
    });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("no_such_table"));
    EXPECT_THAT(error->statement(), testing::StartsWith("SELECT id FROM no_such_table"));
    conn.rollback();
    EXPECT_EQ(length_of(conn.scalars(ids, {}, streaming)), count);
}

TEST_P(ServerSideCursors, tell_an_error_in_a_later_row_when_they_get_there) {
    auto result =
        conn.execute(text("SELECT 100 / (50 - id) FROM number ORDER BY id"), {}, {.yield_per = 10});
    std::int64_t length = 0;
    if (!requirements.refuses_division_by_zero) {
        while (result.next()) ++length;
        EXPECT_EQ(length, count);
        return;
    }
    const auto error = caught<DataError>([&] {
        while (result.next()) ++length;
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(length, 40);
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    EXPECT_THAT(error->statement(), testing::StartsWith("SELECT 100"));
    conn.rollback();
    EXPECT_EQ(rows_in_table(), count);
}

TEST_P(ServerSideCursors, leave_their_rows_with_the_server_until_they_are_asked_for) {
    if (requirements.postgresql) {
        conn.exec_driver_sql("CREATE TEMPORARY SEQUENCE made");
        auto result = conn.execute(text("SELECT nextval('made') FROM generate_series(1, 5000)"), {},
                                   {.stream_results = true, .max_row_buffer = 100});
        const auto made = [&] {
            return conn.execute(text("SELECT last_value FROM made")).scalar_one<std::int64_t>();
        };
        EXPECT_EQ(made(), 1);
        Integers windows;
        for (int row = 1; row <= 300; ++row) {
            ASSERT_NE(result.next(), nullptr);
            if (windows.empty() || windows.back() != made()) windows.push_back(made());
        }
        EXPECT_THAT(windows, ElementsAre(1, 6, 31, 131, 231, 331)) << "1, 5, 25, 100, 100 …";
    } else if (requirements.mariadb) {
        const auto fetches = [&] {
            return conn
                .execute(text("SELECT CAST(variable_value AS SIGNED) FROM "
                              "information_schema.session_status "
                              "WHERE variable_name = 'COM_STMT_FETCH'"))
                .scalar_one<std::int64_t>();
        };
        const std::int64_t before = fetches();
        auto result = conn.scalars(ids, {}, {.stream_results = true, .max_row_buffer = 100});
        for (int row = 1; row <= 131; ++row) ASSERT_NE(result.next(), nullptr);
        EXPECT_EQ(fetches() - before, 4) << "1, 5, 25 and 100 rows";
        ASSERT_NE(result.next(), nullptr);
        EXPECT_EQ(fetches() - before, 5);
    } else {
        // SQLite computes each row when it is asked for: one that can't be computed is no error
        // before its turn.
        auto result = conn.execute(
            text("SELECT abs(CASE id WHEN 50 THEN -9223372036854775807 - 1 ELSE id END) "
                 "FROM number ORDER BY id"),
            {}, {.stream_results = true});
        for (int row = 1; row < 50; ++row) ASSERT_NE(result.next(), nullptr) << row;
        EXPECT_THROW((void)result.next(), DBAPIError);
    }
}

/// A range whose rows are made when they are asked for, by `next` up to its null.
class Lazily {
  public:
    using Row = std::tuple<std::int64_t, std::int64_t>;
    using Next = std::function<const Row*()>;
    class Iterator {
      public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        explicit Iterator(const Next& next) : next_(&next), row_(next()) {}
        const Row& operator*() const { return *row_; }
        Iterator& operator++() {
            row_ = (*next_)();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return row_ == nullptr; }

      private:
        const Next* next_;
        const Row* row_;
    };
    explicit Lazily(Next next) : next_(std::move(next)) {}
    [[nodiscard]] Iterator begin() const { return Iterator(next_); }
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

  private:
    Next next_;
};

/// Many rows are on their way over a connection while others are read from it.
class StreamsInFlight : public ServerSideCursors {
  protected:
    StreamsInFlight() {
        create_tables();  // anew, both of them
        std::vector<Lazily::Row> rows;
        for (std::int64_t i = 1; i <= many; ++i) rows.emplace_back(i, i);
        conn.execute(insert(numbers).columns(numbers.id, numbers.square), rows);
        conn.commit();
    }
    [[nodiscard]] std::int64_t copied(const Lazily& rows) {
        return conn.execute(insert(copies).columns(copies.id, copies.square), rows).rowcount();
    }

    static constexpr std::int64_t many = 30'000;
    Numbers copies{"number_copy", metadata};
};
AZOTH_ON_ALL_DATABASES(StreamsInFlight);

TEST_P(StreamsInFlight, are_read_by_an_insert_or_say_that_they_can_t) {
    auto result = conn.execute(select(numbers.id, numbers.square), {}, streaming);
    Lazily::Row row;
    const Lazily rows([&]() -> const Lazily::Row* {
        auto* next = result.next();
        if (!next) return nullptr;
        row = {next->get<0>(), next->get<1>()};
        return &row;
    });
    if (requirements.streamed_rows_end_with_transactions) {
        EXPECT_THAT(message_of<ProgrammingError>([&] { (void)copied(rows); }),
                    HasSubstr("on its way"));
        conn.rollback();
    } else {
        EXPECT_EQ(copied(rows), many);
        conn.commit();
    }
    EXPECT_EQ(rows_in_table(), many) << "the connection goes on";
}

TEST_P(StreamsInFlight, may_be_closed) {
    auto streamed = std::make_optional(conn.scalars(ids, {}, {.yield_per = 10}));
    ASSERT_NE(streamed->next(), nullptr);
    Lazily::Row row{0, 0};
    const Lazily rows([&]() -> const Lazily::Row* {
        if (++std::get<0>(row) > many) return nullptr;
        if (std::get<0>(row) == many - 10) streamed.reset();
        return &row;
    });
    EXPECT_EQ(copied(rows), many);
    conn.commit();
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(copies)), many);
}

TEST_P(ServerSideCursors, R24_of_a_lost_connection_say_so_and_a_new_one_works) {
    if (!requirements.server_processes) {
        auto result = conn.scalars(ids, {}, streaming);
        ASSERT_NE(result.next(), nullptr);
        conn.invalidate();
        EXPECT_THROW((void)result.next(), ResourceClosedError);
        return;
    }
    auto result = conn.scalars(ids, {}, {.yield_per = 10});
    ASSERT_NE(result.next(), nullptr);
    test::end_server_process(GetParam(), test::server_process_of(GetParam(), conn));
    const auto error = caught<OperationalError>([&] {
        while (result.next()) {
        }
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::connection);
    conn.rollback();
    conn.close();
    auto next = engine.connect();
    EXPECT_EQ(length_of(next.scalars(ids, {}, streaming)), count);
}

}  // namespace
}  // namespace compliance
