// SPDX-License-Identifier: MIT
// Subqueries, common table expressions, unions and anonymous names.
#include <tests/compliance/support.hpp>

#include <algorithm>

namespace compliance {
namespace {

struct Edges : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<int> from{*this, "from"};
    Column<int> to{*this, "to"};
};

class Subqueries : public UsersTest {
  protected:
    Subqueries() {
        edges.create(engine);
        // 1 → 2 → 3 → 1 is a circle; 3 → 4 → 5 leads out of it; 7 → 8 stands apart
        conn.execute(
            insert(edges).columns(edges.from, edges.to),
            std::vector<std::pair<int, int>>{{1, 2}, {2, 3}, {3, 1}, {3, 4}, {4, 5}, {7, 8}});
        conn.commit();
    }
    template <class Query>
    Strings texts(const Query& query) {
        return conn.execute(query).scalars().all();
    }

    Edges edges{"edge", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Subqueries);

TEST_P(Subqueries, R4_in_from_with_columns_by_expression_position_and_name) {
    const auto older = select(users.id, users.name, (users.age * 2).label("twice"))
                           .where(users.age > 25)
                           .subquery();
    EXPECT_THAT(texts(select(older[users.name]).order_by(older[users.id])),
                ElementsAre("sandy", "squidward"));
    EXPECT_THAT(texts(select(older.get<1>()).where(older.get<2>() == 60)), ElementsAre("sandy"));
    EXPECT_THAT(texts(select(older.c<std::string>("name")).where(older.c<int>("twice") > 60)),
                ElementsAre("squidward"));
    EXPECT_THROW((void)older[users.age], NoSuchColumnError);
    EXPECT_THROW((void)older.c("age"), NoSuchColumnError);
    EXPECT_EQ(conn.execute(select(older)).first()->size(), 3U);
    EXPECT_EQ(conn.execute(select(func::count()).select_from(older)).scalar_one(), 2);
}

TEST_P(Subqueries, of_subqueries_with_limits_and_values_inside) {
    const auto inner = select(users.id, users.age)
                           .where(users.age > 10)
                           .order_by(users.age.desc())
                           .limit(2)
                           .subquery();
    const auto outer = select(inner[users.id], inner[users.age])
                           .where(inner[users.age] < 35)
                           .subquery("outer one");
    EXPECT_EQ(
        conn.execute(select(outer.get<0>(), literal("x")).where(outer.get<1>() > 5)).one().get<0>(),
        1);
    EXPECT_THAT(
        texts(select(users.name).join(inner, inner[users.id] == users.id).where(users.age != 30)),
        ElementsAre("squidward"));
}

TEST_P(Subqueries, R5_scalar_ones_may_be_null) {
    const auto count = select(func::count())
                           .select_from(addresses)
                           .where(addresses.user_id == users.id)
                           .scalar_subquery();
    static_assert(std::is_same_v<decltype(count), const Expr<std::optional<std::int64_t>>>);
    Strings seen;
    for (auto [name, n] : conn.execute(select(users.name, count).order_by(users.id)))
        seen.push_back(name + std::to_string(n.value()));
    EXPECT_THAT(seen, ElementsAre("sandy2", "patrick0", "squidward1"));
    const auto mail = select(addresses.email)
                          .where(addresses.user_id == users.id)
                          .order_by(addresses.id)
                          .limit(1)
                          .scalar_subquery();
    EXPECT_THAT(texts(select(func::coalesce(mail, "none")).order_by(users.id)),
                ElementsAre("sandy@example.org", "none", "squid@example.org"));
    EXPECT_THAT(
        texts(
            select(users.name).where(users.age == select(func::max(users.age)).scalar_subquery())),
        ElementsAre("squidward"));
    EXPECT_THAT(texts(select(users.name).where(count > 1)), ElementsAre("sandy"));
    EXPECT_THAT(texts(select(users.name).order_by(count.desc(), users.id)),
                ElementsAre("sandy", "squidward", "patrick"));
    EXPECT_EQ(conn.execute(select(select(literal(1)).scalar_subquery() + 1)).scalar_one(), 2);
}

TEST_P(Subqueries, exists_correlates_to_the_query_around_it) {
    const auto has_mail = exists(select(addresses.id).where(addresses.user_id == users.id));
    EXPECT_THAT(texts(select(users.name).where(has_mail).order_by(users.id)),
                ElementsAre("sandy", "squidward"));
    EXPECT_THAT(texts(select(users.name).where(!has_mail)), ElementsAre("patrick"));
    EXPECT_THAT(texts(select(users.name).where(has_mail && users.age > 35)),
                ElementsAre("squidward"));
    EXPECT_TRUE(conn.execute(select(exists(select(users.id).where(users.age == 20)))).scalar_one());
    EXPECT_FALSE(
        conn.execute(select(exists(select(users.id).where(users.age == 21)))).scalar_one());
    const auto other = alias(users);
    EXPECT_THAT(
        texts(select(users.name).where(!exists(select(other.id).where(other.age > users.age)))),
        ElementsAre("squidward"));
}

TEST_P(Subqueries, in_takes_a_select) {
    EXPECT_THAT(
        texts(select(users.name).where(users.id.in(select(addresses.user_id))).order_by(users.id)),
        ElementsAre("sandy", "squidward"));
    EXPECT_THAT(texts(select(users.name)
                          .where(users.id.not_in(
                              select(addresses.user_id).where(addresses.email.startswith("squid"))))
                          .order_by(users.id)),
                ElementsAre("sandy", "patrick"));
    EXPECT_THAT(
        texts(select(users.name).where(users.id.in(select(users.id).where(users.age > 35)))),
        ElementsAre("squidward"));
    EXPECT_THAT(
        texts(select(users.name).where(users.id.in(select(users.id).order_by(users.age).limit(1)))),
        ElementsAre("patrick"));
    EXPECT_THAT(texts(select(users.name)
                          .where(users.id.in(union_(select(literal(std::int64_t{1})),
                                                    select(literal(std::int64_t{2})))))
                          .order_by(users.id)),
                ElementsAre("sandy", "patrick"));
}

TEST_P(Subqueries, values_arrive_in_their_places_whatever_the_order_of_clauses) {
    const auto sub =
        select(users.id, literal("in from").label("tag")).where(users.age > 15).subquery();
    const auto scalar =
        select(func::count()).select_from(addresses).where(addresses.id > 1).scalar_subquery();
    auto [a, tag, n, b] =
        conn.execute(select(literal("first"), sub.get<1>(), scalar, literal("last"))
                         .where(sub.get<0>().in({1, 2, 3}), sub.get<0>() == 2,
                                sub.get<0>().in(select(users.id).where(users.name == "patrick")))
                         .limit(5))
            .one();
    EXPECT_EQ(a, "first");
    EXPECT_EQ(tag, "in from");
    EXPECT_EQ(n, 2);
    EXPECT_EQ(b, "last");
}

TEST_P(Subqueries, one_used_twice_carries_its_values_twice) {
    const auto sub =
        select(users.id, users.age).where(users.age.in({20, 30}), users.name != "x").subquery();
    EXPECT_EQ(
        conn.execute(select(func::count())
                         .select_from(sub)
                         .where(sub.get<0>().in(select(sub.get<0>()).where(sub.get<1>() == 20))))
            .scalar_one(),
        1);
    const auto scalar = select(func::max(users.age)).where(users.age < 35).scalar_subquery();
    auto [one, two] = conn.execute(select(scalar, scalar + 1)).one();
    EXPECT_EQ(one, 30);
    EXPECT_EQ(two, 31);
}

TEST_P(Subqueries, a_cte_stands_in_front) {
    const auto old = select(users.id, users.name).where(users.age >= 30).cte("old people");
    EXPECT_THAT(texts(select(old[users.name]).order_by(old[users.id].desc())),
                ElementsAre("squidward", "sandy"));
    const auto mails = select(addresses.email)
                           .join(old, old[users.id] == addresses.user_id)
                           .where(old[users.name] == "sandy")
                           .cte();
    EXPECT_EQ(texts(select(mails.get<0>())).size(), 2U);
    const auto a = alias(users);
    EXPECT_EQ(
        conn.execute(
                select(old[users.name], a.name).select_from(old).join(a, a.id == old[users.id]))
            .all()
            .size(),
        2U);
    EXPECT_EQ(texts(select(users.name).where(users.id.in(select(old[users.id])))).size(), 2U);
    EXPECT_EQ(conn.execute(select(users.name)
                               .where(exists(select(old[users.id])
                                                 .where(old[users.id] == users.id,
                                                        old[users.name] != "sandy"))))
                  .scalar_one(),
              "squidward");
}

TEST_P(Subqueries, two_ctes_of_one_name_are_an_error) {
    const auto one = select(users.id).cte("c");
    const auto two = select(addresses.id).cte("c");
    EXPECT_THAT(message_of<CompileError>(
                    [&] { (void)conn.execute(select(one.get<0>(), two.get<0>())).all(); }),
                HasSubstr("c"));
}

TEST_P(Subqueries, a_recursive_cte_counts) {
    auto numbers = select(literal(1).label("n")).cte("numbers", true);
    numbers = numbers.union_all(select(numbers.get<0>() + 1).where(numbers.get<0>() < 5));
    EXPECT_THAT(conn.execute(select(numbers.get<0>())).scalars().all(), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(
        conn.execute(select(func::sum(numbers.get<0>())).where(numbers.get<0>() > 2)).scalar_one(),
        12);
}

TEST_P(Subqueries, a_recursive_cte_over_a_circle_ends_by_union) {
    auto reach = select(edges.to).where(edges.from == 1).cte("reach", true);
    reach = reach.union_(select(edges.to).join(reach, edges.from == reach.get<0>()));
    EXPECT_THAT(conn.execute(select(reach.get<0>()).order_by(reach.get<0>())).scalars().all(),
                ElementsAre(1, 2, 3, 4, 5));
    const auto reached =
        select(users.name).join(reach, reach.get<0>() == users.id).order_by(users.id);
    EXPECT_THAT(texts(reached), ElementsAre("sandy", "patrick", "squidward"));
}

TEST_P(Subqueries, a_recursive_cte_with_depth_and_several_columns) {
    auto walk = select(edges.from, edges.to, literal(1).label("depth"))
                    .where(edges.from == 3)
                    .cte("walk", true);
    walk = walk.union_all(select(edges.from, edges.to, walk.get<2>() + 1)
                              .join(walk, edges.from == walk.get<1>())
                              .where(walk.get<2>() < 4));
    std::string seen;
    for (auto [to, depth] :
         conn.execute(select(walk.get<1>(), walk.get<2>()).order_by(walk.get<2>(), walk.get<1>())))
        seen += std::to_string(to) + "@" + std::to_string(depth) + " ";
    EXPECT_EQ(seen, "1@1 4@1 2@2 5@2 3@3 1@4 4@4 ");
}

TEST_P(Subqueries, ctes_in_insert_update_and_delete) {
    const auto old = select(users.id, users.name).where(users.age >= 30).cte("old");
    conn.execute(insert(addresses)
                     .columns(addresses.email, addresses.user_id)
                     .from_select(select(old[users.name] + "@old", old[users.id])));
    EXPECT_EQ(texts(select(addresses.email).where(addresses.email.endswith("@old"))).size(), 2U);
    const auto changed =
        update(users).values(users.age = 99).where(users.id.in(select(old[users.id])));
    if (!requirements.with_before_dml) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { conn.execute(changed); }),
                    HasSubstr("WITH"));
        return;
    }
    EXPECT_EQ(conn.execute(changed).rowcount(), 2);
    EXPECT_EQ(conn.execute(delete_(addresses).where(addresses.user_id.in(
                               select(old[users.id]).where(old[users.name] == "sandy"))))
                  .rowcount(),
              3);
}

TEST_P(Subqueries, unions_and_their_relatives) {
    const auto young = select(users.name).where(users.age < 35);
    const auto old = select(users.name).where(users.age > 25);
    const auto sorted = [&](const auto& query) {
        auto all = texts(query);
        std::sort(all.begin(), all.end());
        return all;
    };
    EXPECT_THAT(sorted(union_(young, old)), ElementsAre("patrick", "sandy", "squidward"));
    EXPECT_THAT(sorted(union_all(young, old)),
                ElementsAre("patrick", "sandy", "sandy", "squidward"));
    EXPECT_THAT(sorted(intersect(young, old)), ElementsAre("sandy"));
    EXPECT_THAT(sorted(except_(young, old)), ElementsAre("patrick"));
    EXPECT_THAT(sorted(union_(young, old, select(addresses.email).where(addresses.id == 3))),
                ElementsAre("patrick", "sandy", "squid@example.org", "squidward"));
    EXPECT_THAT(texts(union_all(young, old).order_by(users.name.desc()).limit(2).offset(1)),
                ElementsAre("sandy", "sandy"));
}

TEST_P(Subqueries, members_of_unions_keep_their_own_order_and_limit) {
    const auto youngest = select(users.name).order_by(users.age).limit(1);
    const auto oldest = select(users.name).order_by(users.age.desc()).limit(1);
    auto both = texts(union_all(youngest, oldest));
    EXPECT_THAT(both, ElementsAre("patrick", "squidward"));
    EXPECT_THAT(texts(union_(youngest, oldest).order_by(users.name.desc())),
                ElementsAre("squidward", "patrick"));
    const auto nested =
        union_all(except_(select(users.name), youngest), intersect(select(users.name), oldest));
    auto all = texts(nested);
    std::sort(all.begin(), all.end());
    EXPECT_THAT(all, ElementsAre("sandy", "squidward", "squidward"));
    EXPECT_THAT(texts(union_all(select(users.name).where(users.id == 1),
                                select(users.name).where(users.id == 2))
                          .limit(1))
                    .size(),
                1U);
}

TEST_P(Subqueries, unions_are_subqueries_and_ctes_too) {
    const auto names = union_(select(users.name.label("what")), select(addresses.email)).subquery();
    EXPECT_EQ(conn.execute(select(func::count()).select_from(names)).scalar_one(), 6);
    EXPECT_EQ(conn.execute(select(names.get<0>()).where(names.get<0>().startswith("squidw")))
                  .scalar_one(),
              "squidward");
    const auto ids = union_all(select(users.id), select(addresses.id)).cte("ids");
    EXPECT_EQ(conn.execute(select(func::sum(ids.get<0>()))).scalar_one(), 12);
    EXPECT_EQ(
        conn.scalar(select(func::count())
                        .select_from(users)
                        .where(exists(union_(select(addresses.id).where(addresses.id == 1),
                                             select(addresses.id).where(addresses.id == 99))))),
        3);
}

TEST_P(Subqueries, R20_anonymous_aliases_are_told_apart) {
    const auto a = alias(users);
    const auto b = alias(users);
    const auto count = [&](const Expr<bool>& condition) {
        return conn.execute(select(func::count()).select_from(a).cross_join(b).where(condition))
            .scalar_one();
    };
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(count(a.id < b.id), 3);
        EXPECT_EQ(count(a.id < a.id), 0);
        EXPECT_EQ(count(b.id < a.id), 3);
        EXPECT_EQ(count(a.id == b.id), 3);
        EXPECT_EQ(count(a.id == a.id), 9);
        EXPECT_EQ(count(a.id < b.id && a.id == 1), 2);
        EXPECT_EQ(count(a.id < b.id && b.id == 1), 0);
    }
    const auto left = conn.execute(select(a.name, b.name).where(a.id == 1, b.id == 2)).one();
    const auto right = conn.execute(select(b.name, a.name).where(b.id == 1, a.id == 2)).one();
    EXPECT_EQ(left, right);
}

TEST_P(Subqueries, R20_anonymous_subqueries_are_told_apart) {
    const auto make = [&](int age) { return select(users.id).where(users.age > age).subquery(); };
    const auto one = make(15);
    const auto two = make(35);
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(conn.execute(select(one.get<0>(), two.get<0>())).all().size(), 3U);
        EXPECT_EQ(conn.execute(select(one.get<0>(), one.get<0>() + 1)).all().size(), 3U);
        EXPECT_EQ(conn.execute(select(two.get<0>(), two.get<0>() + 1)).all().size(), 1U);
        EXPECT_EQ(
            conn.execute(select(one.get<0>(), two.get<0>()).where(one.get<0>() == two.get<0>()))
                .all()
                .size(),
            1U);
        EXPECT_EQ(
            conn.execute(select(two.get<0>(), one.get<0>()).where(one.get<0>() < two.get<0>()))
                .all()
                .size(),
            2U);
    }
}

TEST_P(Subqueries, an_alias_of_a_chosen_name_may_look_like_an_automatic_one) {
    const auto automatic = alias(users);
    const auto chosen = alias(users, "user_account_1");
    const auto sub = select(users.id).subquery("anon_1");
    const auto other = select(users.id).where(users.id == 1).subquery();
    EXPECT_EQ(
        conn.execute(select(automatic.name, chosen.name).where(automatic.id == 1, chosen.id == 2))
            .one()
            .get<1>(),
        "patrick");
    EXPECT_EQ(conn.execute(select(sub.get<0>(), other.get<0>())).all().size(), 3U);
}

}  // namespace
}  // namespace compliance
