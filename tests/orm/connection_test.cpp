// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

// Statements over mapped classes on connections: with a model and without one.

namespace azoth_test::blog {
namespace {

using namespace azoth;
using testing::ElementsAre;
using testing::HasSubstr;

class MappedStatements : public testing::TestWithParam<azoth::test::Database> {
  protected:
    MappedStatements() {
        model.drop_all(engine);
        model.create_all(engine);
        auto conn = engine.connect();
        const auto people = model.entity<Person>();
        const auto posts = model.entity<Post>();
        conn.execute(
            text("insert into person (id, name, mood, balance, boss_id) values "
                 "(1, 'ann', 'calm', 10.5, null), (2, 'bob', 'angry', 3, 1)"));
        conn.execute(
            text("insert into post (id, title, body, extra, author_id) values "
                 "(1, 'first', 'text', '{}', 1), (2, 'second', 'text', '{}', 1)"));
        conn.commit();
    }
    ~MappedStatements() override { model.drop_all(engine); }

    Model model = make_model();
    Engine engine = create_engine(GetParam().url);
};
INSTANTIATE_TEST_SUITE_P(Databases, MappedStatements, testing::ValuesIn(azoth::test::databases()),
                         azoth::test::label_of);

TEST_P(MappedStatements, run_on_a_connection_that_knows_the_model) {
    auto conn = engine.connect(model);
    const auto statement = select(col<&Person::name>, func::count(col<&Post::id>))
                               .outer_join<&Person::posts>()
                               .where(col<&Person::mood>.in({Mood::calm, Mood::angry}))
                               .group_by(col<&Person::id>, col<&Person::name>)
                               .order_by(col<&Person::id>);
    std::vector<std::string> lines;
    for (auto [name, count] : conn.execute(statement))
        lines.push_back(name + std::to_string(count));
    EXPECT_THAT(lines, ElementsAre("ann2", "bob0"));
    EXPECT_EQ(conn.scalar(select(col<&Person::balance>).where(col<&Person::balance> == 3)),
              Decimal(3));
    const auto boss = aliased<Person>();
    EXPECT_THAT(conn.scalars(select(boss.col<&Person::name>())
                                 .select_from(entity<Person>)
                                 .join<&Person::boss>(boss))
                    .all(),
                ElementsAre("ann"));
}

TEST_P(MappedStatements, are_found_again_by_their_values_places) {
    auto conn = engine.connect(model);
    const auto before = engine.cache_statistics().hits;
    const auto find = [&](const char* inner, const char* outer) {
        const auto titles = select(entity<Post>).where(col<&Post::title> == inner).subquery();
        return conn
            .scalars(select(col<&Person::name>)
                         .join(titles, titles[col<&Post::author_id>] == col<&Person::id>)
                         .where(col<&Person::name> == outer))
            .all();
    };
    EXPECT_THAT(find("first", "ann"), ElementsAre("ann"));
    EXPECT_THAT(find("second", "ann"), ElementsAre("ann"));
    EXPECT_THAT(find("second", "bob"), testing::IsEmpty());
    EXPECT_EQ(engine.cache_statistics().hits - before, 2U);
}

TEST_P(MappedStatements, R20_are_compiled_once_for_each_model) {
    static const auto statement = select(col<&Person::name>).where(col<&Person::id> == 1);
    const Model other = make_model("other");
    auto conn = engine.connect(model);
    auto other_conn = engine.connect(other);
    engine.clear_compiled_cache();
    const auto before = engine.cache_statistics();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(conn.scalar(statement), "ann");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(other_conn.scalar(statement), "ann");
    EXPECT_EQ(engine.cache_statistics().misses - before.misses, 2U);
    EXPECT_EQ(engine.cache_statistics().hits - before.hits, 4U);
    EXPECT_EQ(engine.cache_statistics().size, 2U);
}

TEST_P(MappedStatements, are_refused_on_a_plain_connection) {
    auto conn = engine.connect();
    try {
        (void)conn.scalar(select(col<&Person::name>));
        FAIL();
    } catch (const ArgumentError& error) {
        EXPECT_THAT(error.what(), HasSubstr("engine.connect(model)"));
        EXPECT_THAT(error.what(), HasSubstr("model.entity<azoth_test::blog::Person>()"));
    }
    const auto people = model.entity<Person>();
    EXPECT_EQ(
        conn.scalar(select(people.col<&Person::name>()).where(people.col<&Person::id>() == 2)),
        "bob");
}

TEST_P(MappedStatements, give_dynamic_rows_by_member_name_and_position) {
    auto conn = engine.connect(model);
    auto statement = Select<>().add_column(col<&Person::fullname>).add_column(col<&Person::id>);
    const auto row = conn.execute(statement.order_by(col<&Person::id>)).first();
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->get<std::int64_t>(col<&Person::id>), 1);
    EXPECT_EQ(row->get<std::optional<std::string>>("fullname"), std::nullopt);  // the member's name
    EXPECT_THROW((void)row->get<std::string>(col<&Person::name>), NoSuchColumnError);
}

TEST_P(MappedStatements, write_through_tables_of_the_model) {
    auto conn = engine.connect(model);
    const auto people = model.entity<Person>();
    EXPECT_EQ(conn.execute(delete_(people).where(col<&Person::name> == "bob")).rowcount(), 1);
    conn.rollback();
}

}  // namespace
}  // namespace azoth_test::blog
