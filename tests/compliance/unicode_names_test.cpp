// SPDX-License-Identifier: MIT
// Names of tables, columns, constraints and labels beyond ASCII.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

struct Meters : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "méil", primary_key};
    Column<int> measured{*this, "測試", unique};
};

struct Readings : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "測試_id", primary_key, no_autoincrement};
    Column<std::optional<std::int64_t>> meter{*this, "Unitéble_мера", ForeignKey{"größe.méil"}};
    Column<std::optional<std::int64_t>> before{*this, "測試_self", ForeignKey{"測試.測試_id"}};
    Index by_meter{*this, {meter}, {.name = "ευρετήριο"}};
};

class UnicodeNames : public ComplianceTest {
  protected:
    UnicodeNames() {
        create_tables();
        conn.execute(insert(meters).values(meters.measured = 5));
        conn.execute(insert(readings).values(readings.id = 7, readings.meter = 1));
        conn.execute(
            insert(readings).values(readings.id = 8, readings.meter = 1, readings.before = 7));
        conn.commit();
    }
    ~UnicodeNames() override { conn.close(); }

    Readings readings{"測試", metadata};  // before what it refers to
    Meters meters{"größe", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(UnicodeNames);

TEST_P(UnicodeNames, give_rows_back_by_name_and_by_column) {
    auto result = conn.execute(select(readings).where(readings.id == 8));
    EXPECT_EQ(result.keys(), (Strings{"測試_id", "Unitéble_мера", "測試_self"}));
    const auto row = result.one();
    EXPECT_EQ(row.get<int>("測試_id"), 8);
    EXPECT_EQ(row.get<int>("Unitéble_мера"), 1);
    EXPECT_EQ(row.get<std::int64_t>(readings.c("測試_self")), 7);
    EXPECT_EQ(conn.execute(select(meters.measured)).scalar_one(), 5);
    EXPECT_EQ(
        conn.execute(
                text("select 測試_id from 測試 where 測試_self = :before").columns<std::int64_t>(),
                {{"before", 7}})
            .scalar_one(),
        8);
}

TEST_P(UnicodeNames, are_those_of_rows_in_great_number) {
    const std::vector<std::tuple<int>> rows{{10}, {20}};
    const auto keys = conn.execute(
        insert(meters).columns(meters.measured).returning(meters.id, meters.measured), rows);
    EXPECT_EQ(keys.all()[1].get<1>(), 20);
    EXPECT_EQ(conn.execute_many(update(meters)
                                    .values(meters.measured = bindparam<int>("new"))
                                    .where(meters.measured == bindparam<int>("old")),
                                {{{"old", 10}, {"new", 11}}, {{"old", 20}, {"new", 21}}}),
              2);
    EXPECT_EQ(conn.scalar(select(func::sum(meters.measured))), 37);
}

TEST_P(UnicodeNames, are_referred_to_and_joined_by) {
    const auto earlier = alias(readings, "früher");
    const auto pairs = select(meters.measured, readings.id, earlier.id)
                           .select_from(readings)
                           .join(meters)
                           .join(earlier, earlier.id == readings.before);
    const auto row = conn.execute(pairs).one();
    EXPECT_EQ(row.get<0>(), 5);
    EXPECT_EQ(row.get<2>(), 7);
    EXPECT_THROW(conn.execute(insert(readings).values(readings.id = 9, readings.meter = 99)),
                 IntegrityError);
    conn.rollback();
    EXPECT_THROW(conn.execute(delete_(readings).where(readings.id == 7)), IntegrityError);
    conn.rollback();
}

TEST_P(UnicodeNames, may_be_labels_aliases_subqueries_and_ctes) {
    const auto big =
        select(readings.id.label("größte")).where(readings.id > 7).subquery("подзапрос");
    EXPECT_EQ(conn.execute(select(big.c<std::int64_t>("größte"))).scalar_one(), 8);
    const auto cte = select(readings.id.label("数")).cte("表");
    auto result = conn.execute(select(cte.get<0>().label("総計")).order_by(cte.get<0>()));
    EXPECT_EQ(result.keys(), Strings{"総計"});
    EXPECT_THAT(std::move(result).scalars().all(), ElementsAre(7, 8));
}

TEST_P(UnicodeNames, are_found_again_when_tables_are_created_and_dropped) {
    metadata.create_all(engine);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(readings)), 2);
    conn.close();
    metadata.drop_all(engine);
    metadata.drop_all(engine);
    EXPECT_THROW((void)engine.connect().execute(select(meters.id)).all(), DBAPIError);
}

TEST_P(UnicodeNames, are_readable_in_messages) {
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { (void)readings.c("測試_ie"); }),
                testing::AllOf(HasSubstr("測試_ie"), HasSubstr("Unitéble_мера")));
    EXPECT_THAT(message_of<IntegrityError>(
                    [&] { conn.execute(insert(meters).values(meters.measured = 5)); }),
                testing::AllOf(HasSubstr("größe"), HasSubstr("測試")));
    conn.rollback();
    EXPECT_THAT(message_of<ArgumentError>([&] { const Table again("größe", metadata); }),
                HasSubstr("größe"));
}

TEST_P(UnicodeNames, are_told_apart_by_every_character) {
    // "é" as one character and as "e" with an accent are two names, as they are in SQL.
    MetaData own;
    const Table both{"accents",
                     own,
                     {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"é", Integer{}},
                      ColumnSpec{"e\u0301", Integer{}}}};
    own.create_all(conn);
    conn.execute(insert(both).values(set(both.c("é"), 1), set(both.c("e\u0301"), 2)));
    const auto row = conn.execute(select(both)).one();
    EXPECT_EQ(row.get<int>("é"), 1);
    EXPECT_EQ(row.get<int>("e\u0301"), 2);
    own.drop_all(conn);
    conn.commit();
}

}  // namespace
}  // namespace compliance
