// SPDX-License-Identifier: MIT
// Results: how rows are read.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

struct Person {
    std::int64_t id;
    std::string name;
};

class Results : public UsersTest {
  protected:
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Results);

TEST_P(Results, typed_rows_unpack_by_structured_bindings) {
    Strings seen;
    for (auto [id, name, fullname] :
         conn.execute(select(users.id, users.name, users.fullname).order_by(users.id))) {
        static_assert(std::is_same_v<decltype(id), std::int64_t>);
        static_assert(std::is_same_v<decltype(fullname), std::optional<std::string>>);
        seen.push_back(std::to_string(id) + name + fullname.value_or("-"));
    }
    EXPECT_THAT(seen, ElementsAre("1sandySandy Cheeks", "2patrickPatrick Star", "3squidward-"));
}

TEST_P(Results, R21_a_loop_over_a_temporary_chain_is_safe) {
    std::string all;
    for (const auto& name : conn.execute(select(users.name).order_by(users.id)).scalars())
        all += name + " ";
    EXPECT_EQ(all, "sandy patrick squidward ");
}

TEST_P(Results, dynamic_rows_are_read_by_name_position_and_column) {
    auto result = conn.execute(select(users));
    EXPECT_THAT(result.keys(), ElementsAre("id", "name", "fullname", "age"));
    const Row<> row = result.first().value();
    EXPECT_EQ(row.size(), 4U);
    EXPECT_EQ(row.get<std::int64_t>("id"), 1);
    EXPECT_EQ(row.get<std::string>(1), "sandy");
    EXPECT_EQ(row.get<std::string>(users.name), "sandy");
    EXPECT_EQ(row.get<std::optional<std::string>>(users.fullname), "Sandy Cheeks");
    EXPECT_EQ(row.get<int>(users.age), 30);
    EXPECT_TRUE(row.contains("age"));
    EXPECT_FALSE(row.contains("AGE"));
    EXPECT_EQ(row["name"], to_value("sandy"));
}

TEST_P(Results, keys_that_only_the_database_knows_go_with_the_connection) {
    auto asked = conn.execute(text("SELECT 1 AS a UNION ALL SELECT 2"));
    auto unasked = conn.execute(text("SELECT 1 AS a UNION ALL SELECT 2"));
    auto compiled = conn.execute(select(users.id));
    EXPECT_THAT(asked.keys(), ElementsAre("a"));
    conn.close();
    EXPECT_THAT(asked.keys(), ElementsAre("a"));
    EXPECT_THAT(compiled.keys(), ElementsAre("id"));
    EXPECT_THAT(message_of<ResourceClosedError>([&] { (void)unasked.keys(); }),
                HasSubstr("ask for keys() before"));
}

TEST_P(Results, partitions_are_lists_of_a_size_or_all_rows_at_once) {
    const auto query = select(users.id).order_by(users.id);
    std::vector<std::size_t> sizes;
    for (const auto& part : conn.execute(query).scalars().partitions(2))
        sizes.push_back(part.size());
    EXPECT_THAT(sizes, ElementsAre(2, 1));
    std::vector<std::int64_t> ids;
    for (const auto& part : conn.execute(query).partitions())
        for (const auto& [id] : part) ids.push_back(id);
    EXPECT_THAT(ids, ElementsAre(1, 2, 3));
    for (const auto& part : conn.execute(query.where(users.id < 0)).mappings().partitions(2))
        ADD_FAILURE() << part.size();
}

TEST_P(Results, unique_leaves_out_rows_that_came_before) {
    const auto twice = select(users.name, users.fullname, addresses.id)
                           .join(addresses, users.id > 0)
                           .order_by(users.id, addresses.id);
    EXPECT_THAT(conn.execute(twice).scalars().unique().all(),
                ElementsAre("sandy", "patrick", "squidward"));
    EXPECT_THAT(conn.execute(twice).unique().scalars().all(),
                ElementsAre("sandy", "patrick", "squidward"));
    EXPECT_EQ(conn.execute(twice).unique().all().size(), conn.execute(twice).all().size());
    const auto pairs =
        select(users.name, users.fullname).join(addresses, users.id > 0).order_by(users.id);
    const auto rows = conn.execute(pairs).unique().all();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[2].get<1>(), std::nullopt);
    Strings names;
    for (const auto& row : conn.execute(pairs).unique().mappings())
        names.push_back(row.get<std::string>("name"));
    EXPECT_THAT(names, ElementsAre("sandy", "patrick", "squidward"));
    EXPECT_EQ(conn.execute(text("select 1 union all select 1")).unique().all().size(), 1U);
}

TEST_P(Results, unique_compares_by_value_and_keeps_texts_apart) {
    auto result =
        conn.execute(text("select 'ab' as a, 'c' as b union all select 'a', 'bc' union "
                          "all select 'ab', 'c'"));
    result.unique();
    EXPECT_EQ(result.all().size(), 2U);
    auto one = conn.execute(text("select 1 union all select 1")).unique();
    EXPECT_EQ(one.one().get<int>(0), 1);
}

TEST_P(Results, dynamic_rows_outlive_result_and_connection) {
    const auto rows = conn.execute(select(users).order_by(users.id)).all();
    conn.close();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[2].get<std::string>("name"), "squidward");
    EXPECT_EQ(rows[2].get<std::optional<std::string>>("fullname"), std::nullopt);
}

TEST_P(Results, a_name_that_is_not_there_is_told_with_those_that_are) {
    const auto row = conn.execute(select(users)).first().value();
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)row.get<int>("nme"); }),
                testing::AllOf(HasSubstr("nme"), HasSubstr("fullname")));
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)row.get<int>(4); }), HasSubstr("4"));
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)row.get<int>(-1); }),
                HasSubstr("row has 4"));
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)row.get<std::string>(addresses.email); }),
                HasSubstr("email"));
}

TEST_P(Results, a_repeated_name_gets_a_number_and_the_column_stays_known) {
    auto result = conn.execute(select(users, addresses).join(addresses).order_by(addresses.id));
    EXPECT_THAT(result.keys(),
                ElementsAre("id", "name", "fullname", "age", "id_1", "email", "user_id"));
    const auto row = result.all().at(2);
    EXPECT_EQ(row.get<int>("id"), 3);
    EXPECT_EQ(row.get<int>("id_1"), 3);
    EXPECT_EQ(row.get<int>(users.id), 3);
    EXPECT_EQ(row.get<int>(addresses.id), 3);
    EXPECT_EQ(row.get<std::string>("email"), "squid@example.org");
}

TEST_P(Results, a_name_that_several_columns_have_is_ambiguous_only_when_used) {
    const auto row =
        conn.execute(text("select u.id, a.id, a.email from user_account u join address a "
                          "on a.user_id = u.id where a.id = 3"))
            .one();
    EXPECT_EQ(row.get<std::string>("email"), "squid@example.org");
    EXPECT_THAT(message_of<AmbiguousColumnError>([&] { (void)row.get<int>("id"); }),
                HasSubstr("id"));
    EXPECT_EQ(row.get<int>(0), 3);
}

TEST_P(Results, a_value_of_another_type_is_a_data_error_that_names_the_column) {
    const auto row = conn.execute(select(users)).first().value();
    EXPECT_THAT(message_of<DataError>([&] { (void)row.get<int>("name"); }), HasSubstr("name"));
    EXPECT_THAT(message_of<DataError>([&] { (void)row.get<Uuid>("name"); }), HasSubstr("sandy"));
    EXPECT_THROW((void)row.get<std::vector<std::byte>>("age"), DataError);
    EXPECT_EQ(row.get<double>("age"), 30.0);
    EXPECT_EQ(row.get<Decimal>("age"), Decimal(30));
    EXPECT_EQ(row.get<std::int8_t>("age"), 30);
}

TEST_P(Results, R5_null_in_a_place_without_room_for_it_names_column_and_remedy) {
    const auto query = select(users.c<std::string>("fullname")).where(users.id == 3);
    EXPECT_THAT(message_of<NullValueError>([&] { (void)conn.execute(query).one(); }),
                testing::AllOf(HasSubstr("fullname"), HasSubstr("nullable")));
    const auto row = conn.execute(select(users).where(users.id == 3)).one();
    EXPECT_THAT(message_of<NullValueError>([&] { (void)row.get<std::string>("fullname"); }),
                HasSubstr("fullname"));
}

TEST_P(Results, one_wants_exactly_one_row) {
    const auto all = select(users.name).order_by(users.id);
    const auto none = all.where(users.id == 77);
    EXPECT_EQ(conn.execute(all.where(users.id == 2)).one().get<0>(), "patrick");
    EXPECT_THROW((void)conn.execute(all).one(), MultipleResultsFound);
    EXPECT_THROW((void)conn.execute(none).one(), NoResultFound);
    EXPECT_EQ(conn.execute(none).one_or_none(), std::nullopt);
    EXPECT_THROW((void)conn.execute(all).one_or_none(), MultipleResultsFound);
    EXPECT_EQ(conn.execute(all).first().value().get<0>(), "sandy");
    EXPECT_EQ(conn.execute(none).first(), std::nullopt);
}

TEST_P(Results, scalars_are_the_first_column) {
    const auto all = select(users.name, users.id).order_by(users.id);
    EXPECT_THAT(conn.execute(all).scalars().all(), ElementsAre("sandy", "patrick", "squidward"));
    EXPECT_EQ(conn.scalar(all), "sandy");
    EXPECT_EQ(conn.execute(all.where(users.id == 3)).scalar_one(), "squidward");
    EXPECT_EQ(conn.execute(all.where(users.id == 4)).scalar_one_or_none(), std::nullopt);
    EXPECT_EQ(conn.scalar(all.where(users.id == 4)), std::nullopt);
    EXPECT_THROW((void)conn.execute(all).scalar_one(), MultipleResultsFound);
    EXPECT_THROW((void)conn.execute(all.where(users.id == 4)).scalar_one(), NoResultFound);
}

TEST_P(Results, a_scalar_of_a_nullable_column_tells_null_from_no_row) {
    const auto query = select(users.fullname);
    const std::optional<std::optional<std::string>> null = conn.scalar(query.where(users.id == 3));
    EXPECT_TRUE(null.has_value() && !null->has_value());
    EXPECT_FALSE(conn.scalar(query.where(users.id == 33)).has_value());
}

TEST_P(Results, rows_come_in_portions) {
    auto result = conn.execute(select(users.id).order_by(users.id));
    EXPECT_EQ(result.fetchone().value().get<0>(), 1);
    EXPECT_EQ(result.fetchmany(1).size(), 1U);
    EXPECT_TRUE(result.fetchmany(0).empty());
    EXPECT_EQ(result.fetchmany(100).size(), 1U);
    EXPECT_EQ(result.fetchone(), std::nullopt);
    EXPECT_TRUE(result.fetchmany(5).empty());
    EXPECT_TRUE(result.all().empty());
}

TEST_P(Results, all_gives_what_is_left) {
    auto result = conn.execute(select(users.id).order_by(users.id));
    ASSERT_NE(result.next(), nullptr);
    EXPECT_EQ(result.all().size(), 2U);
    EXPECT_EQ(result.next(), nullptr);
}

TEST_P(Results, rows_become_structs) {
    const auto people =
        conn.execute(select(users.id, users.name).order_by(users.id.desc())).as<Person>().all();
    ASSERT_EQ(people.size(), 3U);
    EXPECT_EQ(people[0].id, 3);
    EXPECT_EQ(people[0].name, "squidward");
    EXPECT_EQ(
        conn.execute(select(users.id, users.name).where(users.id == 1)).as<Person>().one().name,
        "sandy");
}

TEST_P(Results, keys_are_labels_or_names) {
    auto result =
        conn.execute(select(users.id.label("the id"), users.name, func::count(), users.age + 1)
                         .group_by(users.id, users.name, users.age));
    const auto keys = result.keys();
    ASSERT_EQ(keys.size(), 4U);
    EXPECT_EQ(keys[0], "the id");
    EXPECT_EQ(keys[1], "name");
    EXPECT_NE(keys[2], keys[3]);
}

TEST_P(Results, a_closed_result_is_not_read) {
    auto result = conn.execute(select(users.id));
    (void)result.first();
    EXPECT_THAT(message_of<ResourceClosedError>([&] { (void)result.all(); }), HasSubstr("closed"));
    auto other = conn.execute(select(users.id));
    other.close();
    other.close();
    EXPECT_THROW((void)other.fetchone(), ResourceClosedError);
    EXPECT_THAT(other.keys(), ElementsAre("id"));
}

TEST_P(Results, a_statement_without_rows_says_so) {
    auto result = conn.execute(update(users).values(users.age = 1).where(users.id == 1));
    EXPECT_FALSE(result.returns_rows());
    EXPECT_THAT(message_of<ResourceClosedError>([&] { (void)result.all(); }),
                HasSubstr("returning"));
    EXPECT_TRUE(conn.execute(select(users.id)).returns_rows());
    auto ddl = conn.execute(text("create table gone (x integer)"));
    EXPECT_FALSE(ddl.returns_rows());
    EXPECT_THROW((void)ddl.all(), ResourceClosedError);
    conn.rollback();
}

TEST_P(Results, a_statement_of_text_knows_its_columns_with_and_without_rows) {
    auto filled = conn.execute(text("select id, name as who from user_account order by id"));
    EXPECT_TRUE(filled.returns_rows());
    EXPECT_THAT(filled.keys(), ElementsAre("id", "who"));
    EXPECT_EQ(filled.all().size(), 3U);
    EXPECT_TRUE(filled.returns_rows());
    auto empty = conn.execute(text("select id, name as who from user_account where id < 0"));
    EXPECT_TRUE(empty.all().empty());
    EXPECT_TRUE(empty.returns_rows());
    EXPECT_THAT(empty.keys(), ElementsAre("id", "who"));
}

TEST_P(Results, keys_stay_after_the_last_row_of_a_text_statement) {
    auto result = conn.execute(text("select id as a, name as b from user_account"));
    (void)result.first();
    EXPECT_THAT(result.keys(), ElementsAre("a", "b"));
}

TEST_P(Results, keys_of_a_text_are_the_names_that_the_driver_gives) {
    const std::string quoted = requirements.mariadb ? "`Mixed Case`" : "\"Mixed Case\"";
    auto result = conn.execute(text("select 1 as " + quoted + ", 2 as UPPER, 3 as lower"));
    EXPECT_EQ(result.keys(),
              (Strings{"Mixed Case", requirements.postgresql ? "upper" : "UPPER", "lower"}));
    const auto row = result.one();
    EXPECT_EQ(row.get<int>("Mixed Case"), 1);
    EXPECT_THROW((void)row.get<int>("mixed case"), NoSuchColumnError);
}

TEST_P(Results, text_with_types_has_typed_rows) {
    Strings seen;
    for (auto [id, name] : conn.execute(text("select id, name from user_account order by id")
                                            .columns<std::int64_t, std::string>()))
        seen.push_back(name + std::to_string(id));
    EXPECT_THAT(seen, ElementsAre("sandy1", "patrick2", "squidward3"));
    EXPECT_THROW(
        (void)conn.execute(text("select id, name from user_account").columns<std::int64_t>()).all(),
        Error);
}

TEST_P(Results, an_empty_table_gives_no_rows_to_anybody) {
    conn.execute(delete_(addresses));
    EXPECT_TRUE(conn.execute(select(addresses.id)).all().empty());
    EXPECT_TRUE(conn.execute(select(addresses)).all().empty());
    EXPECT_EQ(conn.execute(select(addresses)).first(), std::nullopt);
    EXPECT_EQ(conn.execute(select(addresses)).fetchone(), std::nullopt);
    EXPECT_THAT(conn.execute(select(addresses)).keys(), ElementsAre("id", "email", "user_id"));
    int rows = 0;
    for ([[maybe_unused]] auto [id] : conn.execute(select(addresses.id))) ++rows;
    EXPECT_EQ(rows, 0);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(addresses)), 0);
}

TEST_P(Results, a_dynamic_select_grows_at_run_time_and_is_typed_later) {
    Select<> query;
    for (const auto& column : users.columns()) query = std::move(query).add_column(column);
    EXPECT_EQ(conn.execute(query).first().value().size(), 4U);
    const auto typed =
        select(users).typed<std::int64_t, std::string, std::optional<std::string>, int>();
    auto [id, name, fullname, age] = conn.execute(typed.where(users.id == 1)).one();
    EXPECT_EQ(name, "sandy");
    EXPECT_EQ(age, 30);
    EXPECT_EQ(id, 1);
    EXPECT_EQ(fullname, "Sandy Cheeks");
    EXPECT_THROW((void)(select(users).typed<std::int64_t, std::string>()), ArgumentError);
}

TEST_P(Results, R4_types_claimed_for_a_dynamic_select_are_checked_before_it_runs) {
    const auto query = select(users.c("id"), users.c("fullname"), func::max(addresses.id));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)query.typed<std::string, std::string, std::int64_t>(); }),
                testing::AllOf(HasSubstr("column 1"), HasSubstr("'id'"), HasSubstr("BigInteger"),
                               HasSubstr("std::string")));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)query.typed<std::int64_t, std::string, std::int64_t>(); }),
                testing::AllOf(HasSubstr("'fullname'"), HasSubstr("std::optional<std::string>")));
    // Whether max() finds a row is known when it has run.
    const auto typed = query.typed<std::int64_t, std::optional<std::string>, std::int64_t>()
                           .join(addresses)
                           .group_by(users.id, users.fullname)
                           .order_by(users.id);
    auto [id, fullname, last] = conn.execute(typed).first().value();
    EXPECT_EQ(id, 1);
    EXPECT_EQ(fullname, "Sandy Cheeks");
    EXPECT_EQ(last, 2);
    const auto nothing = select(Expr<Any>(func::max(users.age).core())).where(users.id > 99);
    EXPECT_THROW((void)conn.execute(nothing.typed<int>()).one(), NullValueError);
}

TEST_P(Results, scalars_of_dynamic_results_are_of_the_type_that_is_asked_for) {
    const auto query = text("select age, name from user_account order by id");
    EXPECT_THAT(conn.execute(query).scalars<int>().all(), ElementsAre(30, 20, 40));
    EXPECT_THAT(conn.execute(select(users).order_by(users.id)).scalars<Decimal>().all(),
                ElementsAre(Decimal(1), Decimal(2), Decimal(3)));
    EXPECT_EQ(conn.execute(query).scalar<double>(), 30.0);
    const auto one = text("select fullname from user_account where id = :id");
    EXPECT_EQ(conn.execute(one, {{"id", 1}}).scalar_one<std::string>(), "Sandy Cheeks");
    EXPECT_EQ(conn.execute(one, {{"id", 9}}).scalar_one_or_none<std::string>(), std::nullopt);
    EXPECT_EQ(conn.execute(one, {{"id", 3}}).scalar_one<std::optional<std::string>>(),
              std::nullopt);
    EXPECT_THAT(message_of<NullValueError>(
                    [&] { (void)conn.execute(one, {{"id", 3}}).scalar_one<std::string>(); }),
                HasSubstr("fullname"));
    EXPECT_THAT(
        message_of<DataError>([&] { (void)conn.execute(one, {{"id", 1}}).scalar_one<int>(); }),
        testing::AllOf(HasSubstr("fullname"), HasSubstr("Sandy")));
    EXPECT_THROW((void)conn.execute(query).scalar_one<int>(), MultipleResultsFound);
    EXPECT_THROW((void)conn.execute(one, {{"id", 9}}).scalar_one<int>(), NoResultFound);
}

TEST_P(Results, columns_are_added_and_replaced) {
    auto [id, name] =
        conn.execute(select(users.id).add_columns(users.name).where(users.id == 2)).one();
    EXPECT_EQ(id, 2);
    EXPECT_EQ(name, "patrick");
    EXPECT_EQ(
        conn.execute(select(users.name, users.age).where(users.id == 2).with_only_columns(users.id))
            .scalar_one(),
        2);
}

TEST_P(Results, a_row_finds_its_columns_also_when_the_statement_came_from_the_cache) {
    for (int round = 0; round < 3; ++round) {
        const auto boss = alias(users);
        const auto total = (users.age + boss.age).label("total");
        const auto row =
            conn.execute(select(users, boss, total).where(users.id == 1 && boss.id == 2)).one();
        EXPECT_EQ(row.get<std::string>(users.name), "sandy");
        EXPECT_EQ(row.get<std::string>(boss.name), "patrick");
        EXPECT_EQ(row.get<int>(total), 50);
    }
}

TEST_P(Results, the_columns_of_a_second_alias_are_not_those_of_the_first) {
    for (int round = 0; round < 3; ++round) {
        const auto a = alias(users);
        const auto b = alias(users);
        const auto row = conn.execute(select(a, b).where(a.id == 1 && b.id == 2)).one();
        EXPECT_EQ(row.get<std::string>(a.name), "sandy");
        EXPECT_EQ(row.get<std::string>(b.name), "patrick");
    }
}

}  // namespace
}  // namespace compliance
