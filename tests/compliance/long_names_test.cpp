// SPDX-License-Identifier: MIT
// Names that naming conventions make, longer than a database allows.
#include <tests/compliance/support.hpp>

#include <algorithm>
#include <set>

namespace compliance {
namespace {

/// The conventions of all kinds, each with a beginning of its own and far too long.
NamingConvention long_convention() {
    const std::string filler(60, 'x');
    const auto pattern = [&](const std::string& kind) {
        return "blowout_" + kind + "_%(table_name)s_" + filler + "_%(column_0_N_name)s_" + filler;
    };
    return {.ix = pattern("ix"),
            .uq = pattern("uq"),
            .ck = "blowout_ck_%(table_name)s_" + filler + "_%(constraint_name)s_" + filler,
            .fk = pattern("fk"),
            .pk = pattern("pk")};
}

struct Things : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id_long_column_name", primary_key};
    Column<int> one{*this, "one_long_column_name"};
    Column<int> two{*this, "two_long_column_name"};
    UniqueConstraint once{*this, {one, two}};
    UniqueConstraint again{*this, {two, one}};
    CheckConstraint above{*this, one > 5, "above"};
    CheckConstraint below{*this, one < 500, "below"};
    Index by_one{*this, {one}};
    Index by_two{*this, {two}};
};

struct Related : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::int64_t> thing{*this, "aid", ForeignKey{"a_thing_with_stuff.id_long_column_name"}};
    Column<std::int64_t> other{*this, "bid", ForeignKey{"a_thing_with_stuff.id_long_column_name"}};
};

class LongNames : public ComplianceTest {
  protected:
    /// The names in the database that begin as the conventions' do.
    [[nodiscard]] std::set<std::string> names() {
        if (requirements.sqlite) return names_in_sqlite();
        const char* const catalog =
            requirements.postgresql
                ? "select conname::text from pg_constraint where conname like 'blowout%' "
                  "union select relname::text from pg_class where relname like 'blowout%'"
                : "select constraint_name from information_schema.table_constraints "
                  "where constraint_schema = database() and constraint_name like 'blowout%' "
                  "union select index_name from information_schema.statistics "
                  "where table_schema = database() and index_name like 'blowout%'";
        const auto found =
            engine.connect().execute(text(catalog).columns<std::string>()).scalars().all();
        return {found.begin(), found.end()};
    }
    /// SQLite keeps the statements as they were written.
    [[nodiscard]] std::set<std::string> names_in_sqlite() {
        std::set<std::string> found;
        for (const std::string& sql : engine.connect()
                                          .execute(text("select sql from sqlite_master "
                                                        "where sql like '%blowout%'")
                                                       .columns<std::string>())
                                          .scalars()
                                          .all())
            for (auto at = sql.find("\"blowout"); at != std::string::npos;
                 at = sql.find("\"blowout", at + 1))
                found.insert(sql.substr(at + 1, sql.find('"', at + 1) - at - 1));
        return found;
    }
    [[nodiscard]] std::size_t limit() const {
        return engine.dialect().capabilities().max_identifier_length;
    }

    MetaData own{{.naming_convention = long_convention()}};
    const Things things{"a_thing_with_stuff", own};
    const Related related{"b_related_thing_of_value", own};
};
AZOTH_ON_ALL_DATABASES(LongNames);

TEST_P(LongNames, made_by_conventions_are_shortened_to_what_the_database_takes) {
    own.create_all(engine);
    const auto made = names();
    const auto of_kind = [&](const std::string& kind) {
        return std::count_if(made.begin(), made.end(), [&](const std::string& name) {
            return name.starts_with("blowout_" + kind + "_");
        });
    };
    EXPECT_EQ(of_kind("pk"), requirements.mariadb ? 0 : 2) << "MariaDB calls it PRIMARY";
    EXPECT_EQ(of_kind("fk"), 2);
    EXPECT_EQ(of_kind("uq"), 2);
    EXPECT_EQ(of_kind("ck"), 2);
    EXPECT_EQ(of_kind("ix"), 2);
    for (const std::string& name : made) {
        if (limit() == 0)
            EXPECT_GT(name.size(), 120U) << name;
        else
            EXPECT_EQ(name.size(), limit()) << name;
    }
    own.drop_all(engine);
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(LongNames, are_the_same_each_time_they_are_made) {
    own.create_all(engine);
    const auto first = names();
    own.drop_all(engine);
    MetaData again{{.naming_convention = long_convention()}};
    const Things same_things{"a_thing_with_stuff", again};
    const Related same_related{"b_related_thing_of_value", again};
    again.create_all(engine);
    EXPECT_EQ(names(), first);
    again.drop_all(engine);
}

TEST_P(LongNames, belong_to_constraints_that_hold) {
    own.create_all(engine);
    {
        auto conn = engine.connect();
        conn.execute(insert(things).values(things.one = 6, things.two = 1));
        conn.commit();
        const auto refuses = [&](const auto& statement) {
            const auto error = caught<IntegrityError>([&] { conn.execute(statement); });
            conn.rollback();
            return error ? error->fault().constraint : "";
        };
        const auto name = refuses(insert(things).values(things.one = 5, things.two = 1));
        EXPECT_THAT(name, testing::StartsWith("blowout_ck_a_thing_with_stuff"));
        EXPECT_TRUE(names().contains(name)) << name;
        (void)refuses(insert(things).values(things.one = 6, things.two = 1));
        (void)refuses(insert(things).values(things.one = 500, things.two = 1));
        (void)refuses(insert(related).values(related.thing = 1, related.other = 99));
    }
    own.drop_all(engine);
}

TEST_P(LongNames, that_the_program_gave_are_kept_or_refused_and_never_cut) {
    const std::string name = "blowout" + std::string(200, 'n');
    MetaData given;
    Table table{
        "given", given, {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"n", Integer{}}}};
    const UniqueConstraint key{table, {"n"}, {.name = name}};
    if (limit() == 0) {
        given.create_all(engine);
        EXPECT_THAT(names(), ElementsAre(name));
        given.drop_all(engine);
        return;
    }
    EXPECT_THAT(message_of<IdentifierError>([&] { given.create_all(engine); }),
                HasSubstr("the database allows " + std::to_string(limit())));
    EXPECT_THROW((void)engine.connect().execute(select(table.c("id"))).all(), DBAPIError);
}

}  // namespace
}  // namespace compliance
