// SPDX-License-Identifier: MIT
// The caches of compiled and prepared statements.
#include <tests/compliance/support.hpp>

#include <algorithm>

namespace compliance {
namespace {

class Caches : public UsersTest {
  protected:
    /// How often the compiled cache was hit and missed while `work` ran.
    template <class Work>
    std::pair<std::uint64_t, std::uint64_t> counted(const Work& work) {
        const auto before = engine.cache_statistics();
        work();
        const auto after = engine.cache_statistics();
        return {after.hits - before.hits, after.misses - before.misses};
    }
    using Counts = std::pair<std::uint64_t, std::uint64_t>;

    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Caches);

TEST_P(Caches, R20_a_statement_built_anew_is_found) {
    EXPECT_EQ(counted([&] {
                  for (int id = 1; id <= 3; ++id) {
                      const auto name =
                          conn.scalar(select(users.name).where(users.id == id, users.age > id));
                      EXPECT_TRUE(name.has_value());
                  }
              }),
              Counts(2, 1));
}

TEST_P(Caches, R20_values_are_not_part_of_the_key_but_types_and_nulls_are) {
    EXPECT_EQ(counted([&] {
                  (void)conn.execute(select(users.id).where(users.name == "a"));
                  (void)conn.execute(select(users.id).where(users.name == std::string("b")));
                  (void)conn.execute(select(users.id).where(users.age == 1));
                  (void)conn.execute(select(users.id).where(users.age == std::int64_t{1}));
                  (void)conn.execute(
                      select(users.id).where(users.fullname == std::optional<std::string>("x")));
                  (void)conn.execute(
                      select(users.id).where(users.fullname == std::optional<std::string>()));
              }),
              Counts(1, 5));
    EXPECT_EQ(conn.execute(select(users.id).where(users.fullname == std::optional<std::string>()))
                  .scalar_one(),
              3);
    EXPECT_EQ(conn.execute(select(users.id).where(users.fullname ==
                                                  std::optional<std::string>("Sandy Cheeks")))
                  .scalar_one(),
              1);
}

TEST_P(Caches, R20_what_a_connection_remembers_is_confirmed_structurally_too) {
    const Users a = alias(users);
    const Users b = alias(users);
    const auto run = [&](const auto& query) { return conn.execute(query).all().size(); };
    for (int round = 0; round < 6; ++round) {
        EXPECT_EQ(run(select(a.id).where(a.id < a.id)), 0U);
        EXPECT_EQ(run(select(a.id, b.id).where(a.id < b.id)), 3U);
        EXPECT_EQ(run(select(users.id).where(users.id == round % 3 + 1)), 1U);
        EXPECT_EQ(run(select(users.id).where(users.id != round % 3 + 1)), 2U);
        for (int i = 0; i < 40; ++i)
            EXPECT_EQ(conn.execute(select(literal(i).label("c" + std::to_string(i)))).scalar_one(),
                      i);
    }
}

TEST_P(Caches, R20_each_execution_counts_as_a_hit_or_a_miss) {
    const auto run = [&] { (void)conn.scalar(select(users.name).where(users.age == 7)); };
    EXPECT_EQ(counted([&] {
                  for (int i = 0; i < 5; ++i) run();
              }),
              Counts(4, 1));
    auto other = engine.connect();
    EXPECT_EQ(counted([&] { (void)other.scalar(select(users.name).where(users.age == 8)); }),
              Counts(1, 0));
}

TEST_P(Caches, connections_forget_what_was_cleared) {
    const auto run = [&] {
        EXPECT_EQ(conn.execute(select(users.id).where(users.id == 2)).scalar_one(), 2);
    };
    for (int i = 0; i < 3; ++i) run();
    engine.clear_compiled_cache();
    EXPECT_EQ(counted([&] {
                  for (int i = 0; i < 3; ++i) run();
              }),
              Counts(2, 1));
    EXPECT_EQ(engine.cache_statistics().size, 1U);
}

TEST_P(Caches, R20_in_lists_of_all_lengths_share_one_entry) {
    EXPECT_EQ(counted([&] {
                  for (std::size_t size = 0; size < 20; ++size) {
                      Integers ids(size, 2);
                      EXPECT_EQ(conn.execute(select(users.id).where(users.id.in(ids))).all().size(),
                                size == 0 ? 0U : 1U);
                  }
              }),
              Counts(19, 1));
}

TEST_P(Caches, R20_limits_are_values) {
    EXPECT_EQ(counted([&] {
                  for (int i = 0; i < 4; ++i)
                      EXPECT_EQ(conn.execute(select(users.id).order_by(users.id).limit(i).offset(1))
                                    .all()
                                    .size(),
                                static_cast<std::size_t>(std::min(i, 2)));
              }),
              Counts(3, 1));
}

TEST_P(Caches, R20_what_differs_in_structure_differs_in_result) {
    Strings results;
    const auto run = [&](const auto& query) {
        results.push_back(std::to_string(conn.execute(query).all().size()));
    };
    for (int round = 0; round < 2; ++round) {
        run(select(users.id).where(users.id < 2));
        run(select(users.id).where(users.id <= 2));
        run(select(users.id).where(!(users.id < 2)));
        run(select(users.age).where(users.age < 2));
        run(select(users.id).where(users.id.in({1, 2})));
        run(select(users.id).where(users.id.not_in({1, 2})));
        run(select(users.name).distinct());
        run(select(users.name));
        run(select(users.id, users.name).join(addresses));
        run(select(users.id, users.name).outer_join(addresses));
        run(union_(select(users.id), select(users.id)));
        run(union_all(select(users.id), select(users.id)));
    }
    const Strings first(results.begin(), results.begin() + 12);
    EXPECT_EQ(Strings(results.begin() + 12, results.end()), first);
    EXPECT_THAT(first, ElementsAre("1", "2", "2", "0", "2", "1", "3", "3", "3", "4", "3", "6"));
    EXPECT_EQ(conn.execute(select(users.id).order_by(users.id)).first()->get<0>(), 1);
    EXPECT_EQ(conn.execute(select(users.id).order_by(users.id.desc())).first()->get<0>(), 3);
    EXPECT_EQ(conn.execute(select(users.id.label("a"))).keys(), Strings{"a"});
    EXPECT_EQ(conn.execute(select(users.id.label("b"))).keys(), Strings{"b"});
    EXPECT_EQ(conn.execute(select(users.age)).first()->get<0>(), 30);
    EXPECT_EQ(conn.execute(select(users.c<double>("age"))).first()->get<0>(), 30.0);
    EXPECT_EQ(conn.execute(select(users.c<std::int8_t>("age"))).first()->get<0>(), 30);
    EXPECT_EQ(conn.execute(select(nullable(users.age))).first()->get<0>(), 30);
    EXPECT_EQ(conn.execute(select(literal(1))).scalar_one(), 1);
    EXPECT_EQ(conn.execute(select(literal("1"))).scalar_one(), "1");
}

TEST_P(Caches, the_statement_and_its_range_form_are_told_apart) {
    const auto statement = insert(users).columns(users.name).returning(users.id);
    EXPECT_EQ(conn.execute(statement, std::vector{std::tuple{"a"}}).size(), 1U);
    EXPECT_THROW((void)conn.execute(Insert<std::int64_t>(
                     insert(users).returning(users.id).values(users.id = 1, users.name = "x"))),
                 IntegrityError);
    conn.rollback();
    EXPECT_EQ(conn.execute(statement, std::vector{std::tuple{"b"}, std::tuple{"c"}}).size(), 2U);
}

TEST_P(Caches, tables_made_again_under_the_same_names_are_their_own) {
    for (int round = 0; round < 3; ++round) {
        MetaData own;
        Table same{"user_account",
                   own,
                   {ColumnSpec{"id", BigInteger{}, primary_key}, ColumnSpec{"name", String{30}},
                    ColumnSpec{"age", Integer{}}}};
        const auto row = conn.execute(select(same).where(same.c("id") == 1)).one();
        EXPECT_EQ(row.get<std::string>(same.c("name")), "sandy");
        EXPECT_EQ(row.get<int>(same.c("age")), 30);
        EXPECT_EQ(row.size(), 3U);
        const Users again{"user_account", MetaData{}};
        EXPECT_EQ(
            conn.execute(select(again).where(again.id == 1)).one().get<std::string>(again.name),
            "sandy");
    }
    EXPECT_EQ(conn.execute(select(users).where(users.id == 1)).one().get<std::string>(users.name),
              "sandy");
}

TEST_P(Caches, a_table_of_the_same_name_with_other_columns_has_other_statements) {
    conn.execute(text("create table shape (id integer primary key, v varchar(20) not null)"));
    for (int round = 0; round < 2; ++round) {
        MetaData one;
        Table text_table{"shape",
                         one,
                         {ColumnSpec{"id", Integer{}, primary_key, no_autoincrement},
                          ColumnSpec{"v", String{20}}}};
        const int id = 10 + round;
        const auto result = conn.execute(
            insert(text_table).values(set(text_table.c("id"), id), set(text_table.c("v"), "x")));
        EXPECT_EQ(result.rowcount(), 1);
        MetaData two;
        Table other{
            "shape", two, {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"v", Text{}}}};
        EXPECT_EQ(
            conn.execute(insert(other).values(set(other.c("id"), id + 10), set(other.c("v"), "y")))
                .inserted_primary_key(),
            id + 10);
    }
    EXPECT_EQ(conn.execute(text("select count(*) from shape").columns<std::int64_t>()).scalar_one(),
              4);
    conn.rollback();
}

TEST_P(Caches, prepared_statements_survive_ddl) {
    const auto all = select(users.id, users.name).order_by(users.id);
    const auto put = insert(users).values(users.name = "new");
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(conn.execute(all).all().size(), 3U + static_cast<unsigned>(round));
        conn.execute(put);
        conn.commit();
        const std::string column = "extra" + std::to_string(round);
        conn.exec_driver_sql("alter table user_account add column " + column + " integer");
        conn.commit();
    }
    EXPECT_EQ(conn.execute(all).all().size(), 6U);
}

TEST_P(Caches, prepared_statements_survive_a_table_dropped_and_made_again) {
    const auto all = select(users.id, users.name).order_by(users.id);
    const auto whole = text("select * from address");
    EXPECT_EQ(conn.execute(all).all().size(), 3U);
    EXPECT_EQ(conn.execute(whole).keys().size(), 3U);
    conn.rollback();
    metadata.drop_all(conn);
    metadata.create_all(conn);
    conn.commit();
    EXPECT_TRUE(conn.execute(all).all().empty());
    conn.execute(insert(users).values(users.name = "first"));
    EXPECT_EQ(conn.execute(all).all().size(), 1U);
    conn.exec_driver_sql("alter table address add column more integer");
    conn.commit();
    try {  // PostgreSQL tells that a plan of `select *` has changed; the next execution is a new
           // one
        (void)conn.execute(whole).all();
    } catch (const DBAPIError&) {
        conn.rollback();
    }
    EXPECT_EQ(conn.execute(whole).keys().size(), 4U);
}

TEST_P(Caches, a_text_statement_follows_its_columns) {
    const auto whole = text("select * from user_account where id = 1");
    EXPECT_EQ(conn.execute(whole).one().size(), 4U);
    conn.rollback();
    conn.exec_driver_sql("alter table user_account add column colour varchar(10) default 'red'");
    conn.commit();
    std::optional<Row<>> row;
    try {
        row = conn.execute(whole).one();
    } catch (const DBAPIError&) {
        conn.rollback();
        row = conn.execute(whole).one();
    }
    EXPECT_EQ(row->get<std::string>("colour"), "red");
}

TEST_P(Caches, may_be_switched_off) {
    auto without = make_engine({.query_cache_size = 0, .prepared_statements = 0});
    if (!requirements.several_connections) metadata.create_all(without);
    auto other = without.connect();
    const auto expected = requirements.several_connections ? 3U : 0U;
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(other.execute(select(users.id)).all().size(), expected);
        for (auto [id] : other.execute(select(users.id).where(users.id.in({1, 2}))))
            EXPECT_EQ(other.execute(select(users.id).where(users.id.in({id}))).all().size(), 1U);
        other.execute(insert(users).columns(users.name), std::vector{std::tuple{"x"}});
        other.rollback();
    }
    EXPECT_EQ(without.cache_statistics().size, 0U);
    EXPECT_EQ(without.cache_statistics().hits, 0U);
    EXPECT_GT(without.cache_statistics().misses, 3U);
}

TEST_P(Caches, small_ones_forget_the_oldest_and_stay_right) {
    auto small = make_engine({.query_cache_size = 4, .prepared_statements = 2});
    if (!requirements.several_connections) metadata.create_all(small);
    auto other = small.connect();
    for (int round = 0; round < 3; ++round)
        for (int i = 0; i < 20; ++i)
            EXPECT_EQ(other.execute(select(literal(i).label("c" + std::to_string(i)))).scalar_one(),
                      i);
    EXPECT_LE(small.cache_statistics().size, 6U);
    auto open = other.execute(select(literal(1).label("open")));
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(other.execute(select(literal(i).label("d" + std::to_string(i)))).scalar_one(), i);
    EXPECT_EQ(open.one().get<0>(), 1);
    small.clear_compiled_cache();
    EXPECT_EQ(small.cache_statistics().size, 0U);
    EXPECT_EQ(other.execute(select(literal(5).label("c5"))).scalar_one(), 5);
}

TEST_P(Caches, a_statement_changed_after_its_execution_is_another_one) {
    auto query = select(users.id).where(users.id > 0);
    EXPECT_EQ(conn.execute(query).all().size(), 3U);
    query = std::move(query).where(users.id > 1);
    EXPECT_EQ(conn.execute(query).all().size(), 2U);
    auto copy = query;
    copy = std::move(copy).where(users.id > 2);
    EXPECT_EQ(conn.execute(query).all().size(), 2U);
    EXPECT_EQ(conn.execute(copy).all().size(), 1U);
}

}  // namespace
}  // namespace compliance
