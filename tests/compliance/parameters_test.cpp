// SPDX-License-Identifier: MIT
// The forms in which a statement gets its values: none, its own, one set by name, many sets, rows.
#include <tests/compliance/support.hpp>
#include <tests/support/driver_statements.hpp>

namespace compliance {
namespace {

class ParameterForms : public UsersTest {
  protected:
    Strings names() { return conn.scalars(select(users.name).order_by(users.id)).all(); }

    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(ParameterForms);

TEST_P(ParameterForms, are_none_or_the_values_of_the_statement_itself_or_a_set_by_name) {
    EXPECT_EQ(conn.scalar(text("select count(*) from user_account").columns<std::int64_t>()), 3);
    EXPECT_EQ(conn.scalar(select(users.name).where(users.age == 20)), "patrick");
    EXPECT_EQ(
        conn.scalar(select(users.name).where(users.age == bindparam<int>("age")), {{"age", 20}}),
        "patrick");
    EXPECT_EQ(conn.scalars(text("select name from user_account where age = :age or name = :name")
                               .columns<std::string>(),
                           {{"name", "patrick"}, {"age", 20}})
                  .all(),
              Strings{"patrick"});
}

TEST_P(ParameterForms, by_name_stand_beside_the_statements_own_and_may_be_used_twice) {
    const auto between =
        select(users.name)
            .where(users.id < 3, users.age == bindparam<int>("age") || users.id == 1,
                   users.age >= bindparam<int>("age"))
            .order_by(users.id);
    EXPECT_EQ(conn.scalars(between, {{"age", 20}}).all(), (Strings{"sandy", "patrick"}));
    EXPECT_EQ(conn.scalars(between, {{"age", 30}}).all(), Strings{"sandy"});
}

TEST_P(ParameterForms, many_sets_are_executed_one_for_each_in_their_order) {
    const auto rename = update(users)
                            .values(users.name = bindparam<std::string>("to"))
                            .where(users.name == bindparam<std::string>("from"));
    EXPECT_EQ(conn.execute_many(rename, {{{"from", "sandy"}, {"to", "pearl"}},
                                         {{"to", "gary"}, {"from", "pearl"}},
                                         {{"from", "nobody"}, {"to", "somebody"}}}),
              2);
    EXPECT_EQ(names(), (Strings{"gary", "patrick", "squidward"}));
    EXPECT_EQ(conn.execute_many(rename, {{{"from", "gary"}, {"to", "sandy"}}}), 1);
    EXPECT_EQ(conn.execute_many(rename, {}), 0);
    EXPECT_EQ(names().front(), "sandy");
}

TEST_P(ParameterForms, many_sets_of_a_text_may_begin_with_null) {
    EXPECT_EQ(conn.execute_many(
                  text("insert into user_account (name, fullname, age) values (:n, :f, :a)"),
                  {{{"n", "pearl"}, {"f", nullptr}, {"a", 16}},
                   {{"n", "gary"}, {"f", "Gary the Snail"}, {"a", 3}}}),
              2);
    EXPECT_EQ(conn.scalar(select(users.fullname).where(users.name == "gary")), "Gary the Snail");
}

TEST_P(ParameterForms, of_a_set_among_many_a_missing_or_unknown_name_is_refused) {
    const auto put = insert(users).values(users.name = bindparam<std::string>("n"),
                                          users.age = bindparam<int>("a"));
    EXPECT_THAT(
        message_of<Error>([&] { conn.execute_many(put, {{{"n", "x"}, {"a", 1}}, {{"n", "y"}}}); }),
        HasSubstr("parameter :a"));
    conn.rollback();
    EXPECT_THAT(
        message_of<Error>([&] { conn.execute_many(put, {{{"n", "x"}, {"a", 1}, {"b", 2}}}); }),
        HasSubstr("parameter :b"));
    conn.rollback();
    EXPECT_EQ(names().size(), 3U);
}

TEST_P(ParameterForms, many_sets_don_t_go_with_an_IN_list) {
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    conn.execute_many(
                        delete_(users).where(users.id.in({1, 2}), users.age == bindparam<int>("a")),
                        {{{"a", 1}}, {{"a", 2}}});
                }),
                HasSubstr("execute() it for each"));
    EXPECT_EQ(names().size(), 3U);
}

TEST_P(ParameterForms, a_failing_set_among_many_is_undone_by_a_savepoint) {
    conn.execute(text("create unique index one_of_a_name on user_account (name)"));
    conn.execute(insert(users).values(users.name = "number 777", users.age = 1));
    std::vector<Parameters> sets;
    for (int i = 0; i < 2000; ++i) sets.push_back({{"n", "number " + std::to_string(i)}});
    const auto put = insert(users).values(users.name = bindparam<std::string>("n"));
    for (int round = 0; round < 2; ++round) {
        auto savepoint = conn.begin_nested();
        EXPECT_THROW(conn.execute_many(put, sets), IntegrityError);
        savepoint.rollback();
        EXPECT_EQ(names().size(), 4U) << "what came before the savepoint is there";
    }
    EXPECT_EQ(conn.execute_many(put, {{{"n", "afterwards"}}}), 1);
    conn.commit();
    EXPECT_EQ(names(), (Strings{"sandy", "patrick", "squidward", "number 777", "afterwards"}));
}

TEST_P(ParameterForms, by_position_are_the_drivers_and_take_part_in_the_transaction) {
    conn.execute(insert(users).values(users.name = "pearl", users.age = 16));
    auto& driver = conn.driver_connection();
    const std::string mark = requirements.postgresql ? "$1" : "?";
    EXPECT_EQ(driver_test::to_string(
                  driver_test::query(driver, "select name from user_account where age = " + mark,
                                     {ValueView::of_integer(16)}, {Integer{}})),
              "'pearl'");
    conn.rollback();
    EXPECT_EQ(names().size(), 3U);
}

}  // namespace
}  // namespace compliance
