// SPDX-License-Identifier: MIT
// INSERT … ON CONFLICT.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

struct Stock : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> key{*this, "key", String{20}};
    Column<int> n{*this, "n"};
    Column<std::optional<std::string>> note{*this, "note"};
    UniqueConstraint one_key{*this, {key}, {.name = "one key each"}};
};
struct Partial : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> key{*this, "key", String{20}};
    Column<bool> active{*this, "active"};
    Column<int> n{*this, "n"};
    Index one_active{*this, {key}, {.name = "one_active", .unique = true, .where = active}};
};
struct Pairs : Table {
    using Table::Table;
    Column<int> a{*this, "a", primary_key};
    Column<int> b{*this, "b", primary_key};
    Column<int> n{*this, "n"};
};

class Upserts : public ComplianceTest {
  protected:
    Upserts() {
        create_tables();
        conn.execute(insert(stock)
                         .values(stock.key = "a", stock.n = 1)
                         .values(stock.key = "b", stock.n = 2));
    }
    /// MariaDB counts a row that it updated twice, and one that it left alone once.
    void expect_count(std::int64_t found, std::int64_t expected) const {
        if (requirements.counts_upserts)
            EXPECT_EQ(found, expected);
        else
            EXPECT_GE(found, expected);
    }
    Strings rows() {
        Strings all;
        for (auto [key, n] : conn.execute(select(stock.key, stock.n).order_by(stock.key)))
            all.push_back(key + std::to_string(n));
        return all;
    }

    Stock stock{"stock", metadata};
    Pairs pairs{"pair", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Upserts);

TEST_P(Upserts, do_nothing_for_any_conflict_or_a_named_one) {
    expect_count(
        conn.execute(insert(stock).values(stock.key = "a", stock.n = 9).on_conflict_do_nothing())
            .rowcount(),
        0);
    expect_count(
        conn.execute(insert(stock).values(stock.key = "c", stock.n = 3).on_conflict_do_nothing())
            .rowcount(),
        1);
    expect_count(conn.execute(insert(stock)
                                  .values(stock.key = "a", stock.n = 9)
                                  .on_conflict_do_nothing(index_elements(stock.key)))
                     .rowcount(),
                 0);
    EXPECT_THAT(rows(), ElementsAre("a1", "b2", "c3"));
    auto savepoint = conn.begin_nested();
    const auto other_key = insert(stock)
                               .values(stock.id = 1, stock.key = "z", stock.n = 9)
                               .on_conflict_do_nothing(index_elements(stock.key));
    if (requirements.conflict_target)
        EXPECT_THROW(conn.execute(other_key), IntegrityError);
    else
        conn.execute(other_key);
}

TEST_P(Upserts, do_nothing_returns_only_what_was_inserted) {
    if (!requirements.counts_upserts) return;  // what is there already is returned as well
    EXPECT_EQ(conn.execute(insert(stock)
                               .values(stock.key = "a", stock.n = 9)
                               .on_conflict_do_nothing()
                               .returning(stock.id))
                  .one_or_none(),
              std::nullopt);
    EXPECT_NE(conn.execute(insert(stock)
                               .values(stock.key = "d", stock.n = 9)
                               .on_conflict_do_nothing()
                               .returning(stock.id))
                  .one_or_none(),
              std::nullopt);
}

TEST_P(Upserts, do_update_with_the_excluded_row) {
    const auto put = [&](const char* key, int n) {
        return insert(stock)
            .values(stock.key = key, stock.n = n)
            .on_conflict_do_update(index_elements(stock.key), stock.n = excluded(stock.n));
    };
    expect_count(conn.execute(put("a", 10)).rowcount(), 1);
    expect_count(conn.execute(put("c", 30)).rowcount(), 1);
    EXPECT_THAT(rows(), ElementsAre("a10", "b2", "c30"));
    auto [id, n] = conn.execute(put("b", 20).returning(stock.id, stock.n)).one();
    EXPECT_EQ(id, 2);
    EXPECT_EQ(n, 20);
}

TEST_P(Upserts, the_old_row_and_the_excluded_one_are_told_apart) {
    conn.execute(insert(stock)
                     .values(stock.key = "a", stock.n = 5)
                     .on_conflict_do_update(index_elements(stock.key),
                                            stock.n = stock.n * 100 + excluded(stock.n),
                                            stock.note = "was " + cast<std::string>(stock.n)));
    EXPECT_THAT(rows(), ElementsAre("a105", "b2"));
    EXPECT_EQ(conn.execute(select(stock.note).where(stock.key == "a")).scalar_one(), "was 1");
}

TEST_P(Upserts, do_update_where) {
    const auto put = [&](int n) {
        return insert(stock)
            .values(stock.key = "a", stock.n = n)
            .on_conflict_do_update(index_elements(stock.key), stock.n = excluded(stock.n))
            .where(stock.n < excluded(stock.n));
    };
    if (!requirements.conflict_where) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { conn.execute(put(0)); }),
                    HasSubstr("WHERE in ON CONFLICT"));
        return;
    }
    expect_count(conn.execute(put(0)).rowcount(), 0);
    expect_count(conn.execute(put(5)).rowcount(), 1);
    expect_count(conn.execute(put(4)).rowcount(), 0);
    EXPECT_THAT(rows(), ElementsAre("a5", "b2"));
}

TEST_P(Upserts, several_rows_in_one_statement) {
    expect_count(conn.execute(insert(stock)
                                  .values(stock.key = "a", stock.n = 7)
                                  .values(stock.key = "x", stock.n = 8)
                                  .on_conflict_do_update(index_elements(stock.key),
                                                         stock.n = excluded(stock.n)))
                     .rowcount(),
                 2);
    EXPECT_THAT(rows(), ElementsAre("a7", "b2", "x8"));
}

TEST_P(Upserts, a_range_with_one_key_twice_keeps_the_last) {
    const std::vector<std::pair<std::string, int>> given{
        {"a", 10}, {"c", 1}, {"c", 2}, {"a", 11}, {"c", 3}};
    const auto statement =
        insert(stock)
            .columns(stock.key, stock.n)
            .on_conflict_do_update(index_elements(stock.key), stock.n = excluded(stock.n));
    expect_count(conn.execute(statement, given).rowcount(), 5);
    EXPECT_THAT(rows(), ElementsAre("a11", "b2", "c3"));
    const auto returned = conn.execute(statement.returning(stock.key, stock.n), given);
    Strings seen;
    for (const auto& [key, n] : returned) seen.push_back(key + std::to_string(n));
    EXPECT_THAT(seen, ElementsAre("a10", "c1", "c2", "a11", "c3"));
}

TEST_P(Upserts, a_range_that_does_nothing_on_conflict) {
    const std::vector<std::pair<std::string, int>> given{{"a", 10}, {"c", 1}, {"c", 2}, {"d", 4}};
    const auto statement = insert(stock).columns(stock.key, stock.n).on_conflict_do_nothing();
    expect_count(conn.execute(statement, given).rowcount(), 2);
    EXPECT_THAT(rows(), ElementsAre("a1", "b2", "c1", "d4"));
    if (!requirements.counts_upserts) return;  // what is there already is returned as well
    EXPECT_TRUE(conn.execute(statement.returning(stock.id), given).all().empty());
    const auto more = conn.execute(
        statement.returning(stock.key),
        std::vector<std::pair<std::string, int>>{{"a", 1}, {"e", 5}, {"b", 1}, {"f", 6}});
    EXPECT_THAT(more.scalars(), ElementsAre("e", "f"));
}

TEST_P(Upserts, a_range_with_a_condition) {
    if (!requirements.conflict_where) return;  // as above
    const std::vector<std::pair<std::string, int>> given{{"a", 0}, {"b", 20}, {"c", 1}};
    const auto statement =
        insert(stock)
            .columns(stock.key, stock.n)
            .on_conflict_do_update(index_elements(stock.key), stock.n = excluded(stock.n),
                                   stock.note = "changed")
            .where(excluded(stock.n) > stock.n);
    expect_count(conn.execute(statement, given).rowcount(), 2);
    EXPECT_THAT(rows(), ElementsAre("a1", "b20", "c1"));
    EXPECT_EQ(conn.execute(select(stock.key).where(stock.note == "changed")).scalar_one(), "b");
}

TEST_P(Upserts, a_range_with_values_of_the_statement_s_own) {
    if (!requirements.conflict_where) return;  // as above
    const std::vector<std::pair<std::string, int>> given{{"a", 5}, {"c", 6}, {"c", 7}};
    const auto base = insert(stock).columns(stock.key, stock.n);
    const auto returned = conn.execute(
        base.on_conflict_do_update(index_elements(stock.key), stock.n = excluded(stock.n) * 10 + 1,
                                   stock.note = "own")
            .where(stock.n.in({1, 6, 99}) && excluded(stock.n) != 100)
            .returning(stock.key, stock.n + 1000, literal("tag")),
        given);
    Strings seen;
    for (const auto& [key, n, tag] : returned) seen.push_back(key + std::to_string(n) + tag);
    EXPECT_THAT(seen, ElementsAre("a1051tag", "c1006tag", "c1071tag"));
    EXPECT_EQ(conn.execute(select(stock.key).where(stock.note == "own")).all().size(), 2U);
    const auto plain = conn.execute(base.returning(stock.n * 2),
                                    std::vector<std::pair<std::string, int>>{{"x", 1}, {"y", 2}});
    EXPECT_THAT(plain.scalars(), ElementsAre(2, 4));
    EXPECT_THROW(
        (void)conn.execute(base.on_conflict_do_update(index_elements(stock.key),
                                                      stock.n = bindparam<int>("nobody_gives")),
                           given),
        ArgumentError);
}

TEST_P(Upserts, a_composite_key) {
    const auto put = insert(pairs)
                         .columns(pairs.a, pairs.b, pairs.n)
                         .on_conflict_do_update(index_elements(pairs.a, pairs.b),
                                                pairs.n = pairs.n + excluded(pairs.n));
    conn.execute(
        put, std::vector<std::tuple<int, int, int>>{{1, 1, 1}, {1, 2, 2}, {1, 1, 10}, {2, 1, 3}});
    EXPECT_THAT(conn.execute(select(pairs.n).order_by(pairs.a, pairs.b)).scalars().all(),
                ElementsAre(11, 2, 3));
}

TEST_P(Upserts, a_partial_index) {
    if (!requirements.partial_indexes) return;  // and SchemaDDL says what happens
    const Partial partial{"partial", metadata};
    partial.create(conn);
    conn.execute(insert(partial)
                     .values(partial.key = "k", partial.active = true, partial.n = 1)
                     .values(partial.key = "k", partial.active = false, partial.n = 2));
    const auto put = insert(partial)
                         .values(partial.key = "k", partial.active = true, partial.n = 5)
                         .on_conflict_do_update(index_elements(partial.key).where(partial.active),
                                                partial.n = excluded(partial.n));
    expect_count(conn.execute(put).rowcount(), 1);
    EXPECT_THAT(conn.execute(select(partial.n).order_by(partial.id)).scalars().all(),
                ElementsAre(5, 2));
}

TEST_P(Upserts, a_constraint_by_name_or_what_the_message_advises) {
    const auto put =
        insert(stock)
            .values(stock.key = "a", stock.n = 4)
            .on_conflict_do_update(constraint("one key each"), stock.n = excluded(stock.n));
    if (requirements.conflict_constraint) {
        expect_count(conn.execute(put).rowcount(), 1);
        EXPECT_THAT(rows(), ElementsAre("a4", "b2"));
    } else {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { conn.execute(put); }),
                    HasSubstr("index_elements"));
    }
}

TEST_P(Upserts, a_target_without_a_unique_index_is_an_error) {
    if (!requirements.conflict_target) return;  // no target is said
    EXPECT_THROW(conn.execute(insert(stock)
                                  .values(stock.key = "a", stock.n = 4)
                                  .on_conflict_do_update(index_elements(stock.n),
                                                         stock.n = excluded(stock.n))),
                 DatabaseError);
}

}  // namespace
}  // namespace compliance
