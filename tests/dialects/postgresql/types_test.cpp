// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/core.hpp>
#include <azoth/postgresql.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/databases.hpp>
#include <tests/support/message_of.hpp>

// Types that only the database knows, by a number of its own, and texts that are compared with
// them.

enum class Weather { sunny, wet };
template <>
struct azoth::EnumNames<Weather> : azoth::Enumerators<Weather::sunny, Weather::wet> {};

namespace {

using namespace azoth;
using azoth::test::message_of;
using postgresql_test::caught;
using testing::HasSubstr;

struct Days : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<Weather> weather{*this, "weather"};
};

class PostgresqlTypes : public testing::Test {
  protected:
    void SetUp() override { metadata.create_all(engine); }
    void TearDown() override { metadata.drop_all(engine); }

    static URL url() { return make_url(azoth::test::database("postgresql").url); }
    static std::string number_of_type(Connection& conn) {
        return conn.scalar(text("SELECT 'weather'::regtype::oid::text").columns<std::string>())
            .value();
    }

    /// Writes a wet day and a sunny one, and reads them in all ways in which their type is asked
    /// for; nothing of it stays.
    void expect_use(Connection& conn) {
        conn.execute(insert(days).values(days.id = 1, days.weather = Weather::wet));
        conn.execute(insert(days).columns(days.id, days.weather),
                     std::vector{std::tuple{std::int64_t{2}, Weather::sunny}});
        EXPECT_EQ(conn.scalar(select(days.id).where(days.weather == Weather::sunny)), 2);
        EXPECT_EQ(conn.scalars(select(days.weather).order_by(days.id)).all(),
                  (std::vector{Weather::wet, Weather::sunny}));
        EXPECT_EQ(
            conn.execute(text("SELECT * FROM days WHERE id = 1")).one().get<std::string>("weather"),
            "wet");
        conn.rollback();
    }

    MetaData metadata;
    Days days{"days", metadata};
    Engine engine = create_engine(url());
};

/// A second database of the server, for as long as it lives.
class OtherDatabase {
  public:
    explicit OtherDatabase(const URL& url)
        : url_(url.set({.database = *url.database() + "_other"})), server_(create_engine(url)) {
        run("DROP DATABASE IF EXISTS ");
        run("CREATE DATABASE ");
    }
    OtherDatabase(const OtherDatabase&) = delete;
    OtherDatabase& operator=(const OtherDatabase&) = delete;
    ~OtherDatabase() { run("DROP DATABASE "); }
    [[nodiscard]] const URL& url() const { return url_; }

  private:
    void run(const std::string& command) {
        server_.pool().connect()->run(command + '"' + *url_.database() + '"');
    }

    URL url_;
    Engine server_;
};

TEST_F(PostgresqlTypes, an_enumeration_has_a_number_of_its_own_in_each_database) {
    const OtherDatabase elsewhere(url());
    const Engine other = create_engine(elsewhere.url());
    metadata.create_all(other);
    {
        auto here = engine.connect();
        auto there = other.connect();
        ASSERT_NE(number_of_type(here), number_of_type(there));
        here.rollback();
        there.rollback();
        for (int round = 0; round < 8; ++round) {  // beyond the five after which plans are generic
            expect_use(here);
            expect_use(there);
        }
    }
    other.dispose();
}

TEST_F(PostgresqlTypes, a_type_that_others_drop_and_make_again_is_found_by_a_living_connection) {
    auto living = engine.connect();
    auto other = engine.connect();
    for (int change = 0; change < 3; ++change) {
        for (int round = 0; round < 8; ++round) expect_use(living);
        const std::string before = number_of_type(other);
        metadata.drop_all(other);
        metadata.create_all(other);
        ASSERT_NE(number_of_type(other), before);
        other.commit();
        // Rows of another type than before: the transaction that finds it out has to begin again.
        EXPECT_THROW(expect_use(living), NotSupportedError);
        living.rollback();
        expect_use(living);
    }
}

TEST_F(PostgresqlTypes, a_label_that_others_add_is_known_to_a_living_connection) {
    auto living = engine.connect();
    for (int round = 0; round < 8; ++round) expect_use(living);
    engine.begin(
        [](Connection& conn) { conn.exec_driver_sql("ALTER TYPE weather ADD VALUE 'foggy'"); });
    const auto foggy = text("INSERT INTO days VALUES (3, CAST(:label AS weather))");
    living.execute(foggy, {{"label", "foggy"}});
    EXPECT_EQ(living.execute(text("SELECT weather FROM days")).scalar_one<std::string>(), "foggy");
    EXPECT_THAT(
        message_of<DataError>([&] { (void)living.execute(select(days.weather)).scalar_one(); }),
        HasSubstr("foggy"));
    living.rollback();
    expect_use(living);
}

TEST_F(PostgresqlTypes, a_text_is_taken_for_whatever_it_is_compared_with) {
    auto conn = engine.connect();
    for (const auto& [type, value] : std::initializer_list<std::pair<const char*, const char*>>{
             {"uuid", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
             {"jsonb", R"({"a": 1})"},
             {"inet", "10.0.0.1"},
             {"weather", "wet"}}) {
        const std::string equal = std::string("SELECT 1 WHERE '") + value + "'::" + type + " = ";
        for (const std::string& parameter :
             {std::string(":v"), "CAST(:v AS " + std::string(type) + ")"})
            EXPECT_EQ(conn.execute(text(equal + parameter), {{"v", value}}).all().size(), 1U)
                << type;
        const auto error = caught<DataError>(
            [&] { (void)conn.execute(text(equal + ":v"), {{"v", "{no such thing"}}); });
        ASSERT_TRUE(error) << type;
        EXPECT_EQ(error->sqlstate(), "22P02") << type;
        conn.rollback();
    }
}

}  // namespace
