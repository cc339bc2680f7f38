// SPDX-License-Identifier: MIT
// Results as mappings from names and columns to values.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

class Mappings : public UsersTest {
  protected:
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Mappings);

TEST_P(Mappings, typed_rows_are_read_by_name_and_by_column) {
    const auto total = (users.age + 1).label("next");
    const auto row =
        conn.execute(select(users.id, users.name, total).where(users.id == 2)).mappings().one();
    EXPECT_EQ(row.size(), 3U);
    EXPECT_THAT(row.keys(), ElementsAre("id", "name", "next"));
    EXPECT_EQ(row.get<std::int64_t>("id"), 2);
    EXPECT_EQ(row.get<std::string>(users.name), "patrick");
    EXPECT_EQ(row.get<int>(total), 21);
    EXPECT_EQ(row["name"], to_value("patrick"));
    EXPECT_EQ(row[users.name], to_value("patrick"));
    EXPECT_EQ(row.get<std::string>(std::string("name")), "patrick");
}

TEST_P(Mappings, dynamic_rows_and_those_of_text_are_mappings_too) {
    const auto all = conn.execute(select(users).order_by(users.id)).mappings().all();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2].get<std::string>("name"), "squidward");
    EXPECT_EQ(all[2].get<int>(users.age), 40);
    const auto row =
        conn.execute(text("select name as who, age from user_account where id = :id"), {{"id", 1}})
            .mappings()
            .one();
    EXPECT_EQ(row.get<std::string>("who"), "sandy");
    EXPECT_FALSE(row.contains(users.name));
    EXPECT_THROW((void)row.get<std::string>(users.name), NoSuchColumnError);
    const RowMapping same(conn.execute(select(users).where(users.id == 3)).one());
    EXPECT_EQ(same, all[2]);
}

TEST_P(Mappings, a_mapping_is_a_sequence_of_names_and_values) {
    std::string seen;
    for (const RowMapping& row :
         conn.execute(select(users.id, users.fullname).where(users.id != 2).order_by(users.id))
             .mappings())
        for (auto [name, value] : row) seen += name + "=" + to_display(value.view()) + " ";
    EXPECT_EQ(seen, "id=1 fullname='Sandy Cheeks' id=3 fullname=NULL ");
}

TEST_P(Mappings, mappings_outlive_result_and_connection) {
    const auto rows = conn.execute(select(users.name).order_by(users.id)).mappings().all();
    conn.close();
    EXPECT_EQ(rows.at(1).get<std::string>("name"), "patrick");
}

TEST_P(Mappings, equal_mappings_have_equal_names_and_values) {
    const auto read = [&](const auto& column) {
        return conn.execute(select(column).where(users.id == 1)).mappings().one();
    };
    EXPECT_EQ(read(users.name), read(users.name));
    EXPECT_FALSE(read(users.name) == read(users.name.label("n")));
    EXPECT_FALSE(read(users.name) == read(users.fullname.label("name")));
}

TEST_P(Mappings, a_name_that_is_not_there_is_told_with_those_that_are) {
    const auto row = conn.execute(select(users.id, users.name)).mappings().first().value();
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)row.get<int>("nme"); }),
                testing::AllOf(HasSubstr("'nme'"), HasSubstr("'id', 'name'")));
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)row["NAME"]; }), HasSubstr("NAME"));
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)row[addresses.email]; }),
                HasSubstr("email"));
    EXPECT_TRUE(row.contains("name") && row.contains(users.name));
    EXPECT_FALSE(row.contains("fullname") || row.contains(users.age) || row.contains(""));
}

TEST_P(Mappings, a_name_that_several_columns_have_is_ambiguous_only_when_used) {
    const auto row =
        conn.execute(text("select u.id, a.id, a.email from user_account u join address a "
                          "on a.user_id = u.id where a.id = 3"))
            .mappings()
            .one();
    EXPECT_TRUE(row.contains("id"));
    EXPECT_EQ(row.get<std::string>("email"), "squid@example.org");
    EXPECT_THAT(message_of<AmbiguousColumnError>([&] { (void)row.get<int>("id"); }),
                HasSubstr("'id'"));
    EXPECT_THROW((void)row["id"], AmbiguousColumnError);
    EXPECT_THAT(row.keys(), ElementsAre("id", "id", "email"));
}

TEST_P(Mappings, R5_null_needs_an_optional_and_says_so) {
    const auto row = conn.execute(select(users.fullname).where(users.id == 3)).mappings().one();
    EXPECT_TRUE(row["fullname"].is_null());
    EXPECT_EQ(row.get<std::optional<std::string>>(users.fullname), std::nullopt);
    EXPECT_THAT(message_of<NullValueError>([&] { (void)row.get<std::string>("fullname"); }),
                testing::AllOf(HasSubstr("fullname"), HasSubstr("optional")));
    EXPECT_THAT(message_of<DataError>([&] {
                    (void)conn.execute(select(users.name)).mappings().first()->get<int>("name");
                }),
                HasSubstr("sandy"));
}

TEST_P(Mappings, have_the_methods_of_other_results) {
    const auto query = select(users.id).order_by(users.id);
    EXPECT_EQ(conn.execute(query).mappings().first()->get<int>("id"), 1);
    EXPECT_THROW((void)conn.execute(query).mappings().one(), MultipleResultsFound);
    EXPECT_THROW((void)conn.execute(query).mappings().one_or_none(), MultipleResultsFound);
    auto result = conn.execute(query).mappings();
    EXPECT_THAT(result.keys(), ElementsAre("id"));
    EXPECT_EQ(result.fetchone()->get<int>("id"), 1);
    EXPECT_EQ(result.fetchmany(1).at(0).get<int>("id"), 2);
    EXPECT_EQ(result.fetchmany(9).size(), 1U);
    EXPECT_TRUE(result.fetchmany(9).empty());
    auto begun = conn.execute(query);
    EXPECT_EQ(begun.next()->get<0>(), 1);
    EXPECT_EQ(std::move(begun).mappings().all().size(), 2U);
}

TEST_P(Mappings, of_no_rows_are_none_but_have_names) {
    const auto query = select(users.id, users.name).where(users.id == 99);
    auto result = conn.execute(query).mappings();
    EXPECT_TRUE(result.all().empty());
    EXPECT_THAT(result.keys(), ElementsAre("id", "name"));
    EXPECT_FALSE(conn.execute(query).mappings().first().has_value());
    EXPECT_FALSE(conn.execute(query).mappings().one_or_none().has_value());
    EXPECT_THROW((void)conn.execute(query).mappings().one(), NoResultFound);
}

TEST_P(Mappings, of_closed_results_are_not_read) {
    auto closed = conn.execute(select(users.id));
    closed.close();
    EXPECT_THAT(message_of<ResourceClosedError>([&] { (void)std::move(closed).mappings().all(); }),
                HasSubstr("closed"));
    auto result = conn.execute(select(users.id)).mappings();
    (void)result.first();
    EXPECT_THROW((void)result.fetchone(), ResourceClosedError);
    EXPECT_THAT(message_of<ResourceClosedError>(
                    [&] { (void)conn.execute(delete_(addresses)).mappings().all(); }),
                HasSubstr("returning"));
}

TEST_P(Mappings, returned_rows_are_mappings) {
    const auto row =
        conn.execute(insert(addresses)
                         .values(addresses.email = "new@example.org", addresses.user_id = 2)
                         .returning(addresses.id))
            .mappings()
            .one();
    EXPECT_EQ(row.get<std::int64_t>("id"), row.get<std::int64_t>(addresses.id));
    EXPECT_GT(row.get<std::int64_t>("id"), 3);
}

}  // namespace
}  // namespace compliance
