// SPDX-License-Identifier: MIT
// Joins: what is joined to what, and on which condition.
#include <tests/compliance/support.hpp>

#include <algorithm>

namespace compliance {
namespace {

struct Employees : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
    Column<std::optional<std::int64_t>> manager_id{*this, "manager_id", ForeignKey{"employee.id"}};
};

/// Two foreign keys to users: nobody can tell which one a join means.
struct Letters : Table {
    Letters(std::string_view table_name, const MetaData& where, const Users& users)
        : Table(table_name, where),
          sender{*this, "sender", ForeignKey{users.id}},
          receiver{*this, "receiver", ForeignKey{users.id}} {}
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::int64_t> sender;
    Column<std::int64_t> receiver;
};

class Joins : public UsersTest {
  protected:
    Joins() {
        metadata.create_all(engine);
        const std::vector<std::tuple<std::string, std::optional<std::int64_t>>> staff{
            {"ann", std::nullopt}, {"bob", 1}, {"cat", 1}, {"dan", 2}};
        conn.execute(insert(employees).columns(employees.name, employees.manager_id), staff);
        conn.execute(insert(letters).columns(letters.sender, letters.receiver),
                     std::vector<std::pair<int, int>>{{1, 2}, {3, 1}});
        conn.commit();
    }
    /// Pairs as "a-b", with "?" for what is not there.
    template <class Query>
    Strings pairs(const Query& query) {
        Strings all;
        for (const auto& row : conn.execute(query)) {
            const auto text = [](const auto& value) {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::string>)
                    return value;
                else
                    return value.value_or("?");
            };
            all.push_back(text(row.template get<0>()) + "-" + text(row.template get<1>()));
        }
        return all;
    }

    Employees employees{"employee", metadata};
    Letters letters{"letter", metadata, users};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Joins);

TEST_P(Joins, the_condition_comes_from_the_foreign_key_in_either_direction) {
    EXPECT_THAT(pairs(select(users.name, addresses.email).join(addresses).order_by(addresses.id)),
                ElementsAre("sandy-sandy@example.org", "sandy-cheeks@example.org",
                            "squidward-squid@example.org"));
    EXPECT_THAT(pairs(select(addresses.email, users.name).join(users).order_by(addresses.id)),
                ElementsAre("sandy@example.org-sandy", "cheeks@example.org-sandy",
                            "squid@example.org-squidward"));
    EXPECT_EQ(conn.execute(select(users.name).join(addresses)).all().size(), 3U);
    EXPECT_EQ(conn.execute(select(users.name).select_from(users).join(addresses)).all().size(), 3U);
    EXPECT_EQ(conn.execute(select(addresses.email).select_from(users).join(addresses)).all().size(),
              3U);
}

TEST_P(Joins, an_explicit_condition_stands_instead) {
    EXPECT_THAT(pairs(select(users.name, addresses.email)
                          .join(addresses,
                                users.id == addresses.user_id && addresses.email.startswith("c"))),
                ElementsAre("sandy-cheeks@example.org"));
    EXPECT_EQ(
        conn.execute(select(users.name, addresses.email).join(addresses, true_())).all().size(),
        9U);
    EXPECT_EQ(
        conn.execute(
                select(users.name, addresses.email).join(addresses, users.id > addresses.user_id))
            .all()
            .size(),
        4U);
}

TEST_P(Joins, R5_an_outer_join_wants_nullable_columns) {
    EXPECT_THAT(pairs(select(users.name, nullable(addresses.email))
                          .outer_join(addresses)
                          .order_by(users.id, addresses.id)),
                ElementsAre("sandy-sandy@example.org", "sandy-cheeks@example.org", "patrick-?",
                            "squidward-squid@example.org"));
    EXPECT_THAT(
        message_of<ArgumentError>([&] {
            (void)conn.execute(select(users.name, addresses.email).outer_join(addresses)).all();
        }),
        testing::AllOf(HasSubstr("email"), HasSubstr("nullable")));
    EXPECT_THAT(
        message_of<ArgumentError>([&] {
            (void)conn
                .execute(select(users.name, addresses.email.label("mail")).outer_join(addresses))
                .all();
        }),
        testing::AllOf(HasSubstr("email"), HasSubstr("nullable")));
    // a dynamic row has room for NULL
    const auto rows =
        conn.execute(select(users, addresses).outer_join(addresses).order_by(users.id)).all();
    EXPECT_EQ(rows.size(), 4U);
}

TEST_P(Joins, an_outer_join_with_a_condition_and_counts) {
    Strings seen;
    for (auto [name, count] : conn.execute(select(users.name, func::count(addresses.id))
                                               .outer_join(addresses)
                                               .group_by(users.id, users.name)
                                               .order_by(users.id)))
        seen.push_back(name + std::to_string(count));
    EXPECT_THAT(seen, ElementsAre("sandy2", "patrick0", "squidward1"));
    EXPECT_THAT(conn.execute(select(users.name).outer_join(addresses).where(addresses.id.is_null()))
                    .scalars()
                    .all(),
                ElementsAre("patrick"));
    EXPECT_THAT(pairs(select(users.name, nullable(addresses.email))
                          .outer_join(addresses, users.id == addresses.user_id &&
                                                     addresses.email.startswith("c"))
                          .order_by(users.id)),
                ElementsAre("sandy-cheeks@example.org", "patrick-?", "squidward-?"));
}

TEST_P(Joins, a_full_outer_join_keeps_both_sides) {
    const auto query = select(nullable(users.name), nullable(addresses.email))
                           .full_outer_join(addresses, users.id == addresses.id + 1);
    if (!requirements.full_outer_join) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)conn.execute(query); }),
                    HasSubstr("FULL"));
        return;
    }
    auto found = pairs(query);
    std::sort(found.begin(), found.end());
    EXPECT_THAT(found, ElementsAre("?-squid@example.org", "patrick-sandy@example.org", "sandy-?",
                                   "squidward-cheeks@example.org"));
    EXPECT_THROW(
        (void)conn.execute(select(users.name).full_outer_join(addresses, users.id == addresses.id))
            .all(),
        ArgumentError);
}

TEST_P(Joins, a_cross_join_pairs_everything) {
    EXPECT_EQ(conn.execute(select(users.name, addresses.email).cross_join(addresses)).all().size(),
              9U);
    EXPECT_EQ(conn.execute(select(users.name, addresses.email)).all().size(), 9U);
}

TEST_P(Joins, a_table_joins_itself_by_alias) {
    const auto boss = alias(employees, "boss");
    EXPECT_THAT(pairs(select(employees.name, boss.name)
                          .join(boss, employees.manager_id == boss.id)
                          .order_by(employees.id)),
                ElementsAre("bob-ann", "cat-ann", "dan-bob"));
    EXPECT_THAT(pairs(select(employees.name, nullable(boss.name))
                          .outer_join(boss, employees.manager_id == boss.id)
                          .order_by(employees.id)),
                ElementsAre("ann-?", "bob-ann", "cat-ann", "dan-bob"));
    const auto one = alias(employees);
    const auto two = alias(employees);
    EXPECT_THAT(
        pairs(select(one.name, two.name).join(two, one.manager_id == two.id).order_by(one.id)),
        ElementsAre("bob-ann", "cat-ann", "dan-bob"));
    EXPECT_THAT(
        pairs(select(one.name, two.name).join(two, two.manager_id == one.id).order_by(two.id)),
        ElementsAre("ann-bob", "ann-cat", "bob-dan"));
}

TEST_P(Joins, aliases_have_the_foreign_keys_of_their_tables) {
    const auto a = alias(addresses, "a");
    const auto u = alias(users);
    EXPECT_EQ(conn.execute(select(users.name, a.email).join(a)).all().size(), 3U);
    EXPECT_EQ(conn.execute(select(u.name, a.email).join(a)).all().size(), 3U);
    EXPECT_EQ(conn.execute(select(a.email, u.name).join(u)).all().size(), 3U);
}

TEST_P(Joins, three_tables_and_a_second_alias) {
    const auto other = alias(addresses, "other");
    EXPECT_EQ(conn.execute(select(users.name, addresses.email, other.email)
                               .join(addresses)
                               .join(other, other.user_id == users.id && other.id > addresses.id))
                  .all()
                  .size(),
              1U);
    Strings seen;
    for (auto [name, email, letter] :
         conn.execute(select(users.name, nullable(addresses.email), letters.id)
                          .join(letters, letters.receiver == users.id)
                          .outer_join(addresses, addresses.user_id == users.id)
                          .order_by(letters.id, addresses.id)))
        seen.push_back(name + email.value_or("?") + std::to_string(letter));
    EXPECT_THAT(seen,
                ElementsAre("patrick?1", "sandysandy@example.org2", "sandycheeks@example.org2"));
}

TEST_P(Joins, two_foreign_keys_are_ambiguous) {
    EXPECT_THAT(message_of<AmbiguousForeignKeysError>(
                    [&] { (void)conn.execute(select(users.name).join(letters)).all(); }),
                testing::AllOf(HasSubstr("letter"), HasSubstr("ON condition")));
    EXPECT_THAT(
        conn.execute(
                select(users.name).join(letters, letters.sender == users.id).order_by(letters.id))
            .scalars()
            .all(),
        ElementsAre("sandy", "squidward"));
    const auto receiver = alias(users, "receiver");
    EXPECT_THAT(pairs(select(users.name, receiver.name)
                          .select_from(letters)
                          .join(users, letters.sender == users.id)
                          .join(receiver, letters.receiver == receiver.id)
                          .order_by(letters.id)),
                ElementsAre("sandy-patrick", "squidward-sandy"));
}

TEST_P(Joins, no_foreign_key_is_an_error_that_says_so) {
    EXPECT_THAT(
        message_of<NoForeignKeysError>(
            [&] { (void)conn.execute(select(employees.name).join(addresses)).all(); }),
        testing::AllOf(HasSubstr("address"), HasSubstr("employee"), HasSubstr("ON condition")));
    EXPECT_THROW((void)conn.execute(select(users.name).join(users)).all(), ArgumentError);
    EXPECT_THROW(
        (void)conn.execute(select(users.name, addresses.email).join(addresses).join(addresses))
            .all(),
        ArgumentError);
    EXPECT_THROW((void)conn.execute(select(literal(1)).join(addresses)).all(), ArgumentError);
}

TEST_P(Joins, a_condition_may_be_a_constant) {
    const auto count = [&](bool on, bool outer) {
        auto query = select(func::count()).select_from(users);
        query = outer ? std::move(query).outer_join(employees, literal(on))
                      : std::move(query).join(employees, literal(on));
        return conn.scalar(query).value();
    };
    EXPECT_EQ(count(true, false), 12);
    EXPECT_EQ(count(false, false), 0);
    EXPECT_EQ(count(true, true), 12);
    EXPECT_EQ(count(false, true), 3);
}

TEST_P(Joins, a_composite_foreign_key_joins_on_all_of_its_columns) {
    struct Orders : Table {
        using Table::Table;
        Column<int> year{*this, "year", primary_key};
        Column<int> number{*this, "number", primary_key};
    } orders{"orders", metadata};
    struct Lines : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<int> year{*this, "year"};
        Column<int> number{*this, "number"};
        ForeignKeyConstraint order{*this, {year, number}, {"orders.year", "orders.number"}};
    } lines{"line", metadata};
    metadata.create_all(conn);
    conn.execute(insert(orders).columns(orders.year, orders.number),
                 std::vector<std::pair<int, int>>{{2024, 1}, {2024, 2}, {2025, 1}});
    conn.execute(insert(lines).columns(lines.year, lines.number),
                 std::vector<std::pair<int, int>>{{2024, 2}, {2025, 1}});
    std::string seen;
    for (auto [id, year, number] :
         conn.execute(select(lines.id, orders.year, orders.number).join(orders).order_by(lines.id)))
        seen +=
            std::to_string(id) + ":" + std::to_string(year) + "/" + std::to_string(number) + " ";
    EXPECT_EQ(seen, "1:2024/2 2:2025/1 ");
    conn.rollback();
}

TEST_P(Joins, tables_of_one_name_in_two_schemas_are_told_apart) {
    const Engine own = make_engine({.isolation_level = "AUTOCOMMIT"});
    Connection both = own.connect();
    both.exec_driver_sql(requirements.sqlite ? "ATTACH ':memory:' AS other_schema"
                                             : "CREATE SCHEMA other_schema");
    MetaData twins;
    const Table here{
        "twin", twins, {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"n", Integer{}}}};
    const Table there{"twin",
                      twins,
                      {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"n", Integer{}}},
                      {.schema = "other_schema"}};
    twins.create_all(both);
    const auto n_here = here.c<int>("n");
    const auto n_there = there.c<int>("n");
    both.execute(insert(here).columns(n_here), std::vector<std::tuple<int>>{{1}, {2}});
    both.execute(insert(there).columns(n_there), std::vector<std::tuple<int>>{{20}, {10}});

    const auto on_ids = here.c<int>("id") == there.c<int>("id");
    const auto joined = select(n_here, n_there).join(there, on_ids).order_by(n_here);
    Integers sums;
    for (auto [a, b] : both.execute(joined)) sums.push_back(a + b);
    EXPECT_THAT(sums, ElementsAre(21, 12));
    EXPECT_EQ(both.scalar(select(func::max(n_there)).where(n_here == 2, on_ids)), 10);
    const auto nested = joined.subquery("nested");
    EXPECT_EQ(both.execute(select(nested[n_there]).where(nested[n_here] == 1)).scalar_one(), 20);

    EXPECT_EQ(
        both.scalar(select(func::count())
                        .select_from(here)
                        .where(exists(select(there.c<int>("id")).where(on_ids, n_there == 10)))),
        1);
    EXPECT_EQ(both.execute(delete_(here).where(
                               exists(select(there.c<int>("id")).where(on_ids, n_there == 20))))
                  .rowcount(),
              1);
    twins.drop_all(both);
    if (!requirements.sqlite) both.exec_driver_sql("DROP SCHEMA other_schema");
}

TEST_P(Joins, subqueries_are_joined_like_tables) {
    const auto counts = select(addresses.user_id, func::count().label("n"))
                            .group_by(addresses.user_id)
                            .subquery("counts");
    Strings seen;
    for (auto [name, n] :
         conn.execute(select(users.name, nullable(counts.get<1>()))
                          .outer_join(counts, counts[addresses.user_id] == users.id)
                          .order_by(users.id)))
        seen.push_back(name + (n ? std::to_string(*n) : "?"));
    EXPECT_THAT(seen, ElementsAre("sandy2", "patrick?", "squidward1"));
}

}  // namespace
}  // namespace compliance
