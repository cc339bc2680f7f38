// SPDX-License-Identifier: MIT
#include "packages/store.hpp"

#include "fixture.hpp"
#include "packages/input.hpp"
#include "packages/questions.hpp"
#include "packages/verify.hpp"
#include "support.hpp"
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace packages {
namespace {

using namespace std::string_literals;
using namespace azoth;
using test::fixture;
using test::replaced;
using test::without;

using Rows = std::vector<std::vector<Cell>>;

Cell n(std::int64_t number) {
    return number;
}
Cell t(std::string text) {
    return text;
}
constexpr Cell none{};

class PackagesDatabase : public testing::TestWithParam<azoth::test::Database> {
  protected:
    PackagesDatabase() : engine(create_engine(GetParam().url)) { schema.metadata.drop_all(engine); }
    ~PackagesDatabase() override { schema.metadata.drop_all(engine); }

    LoadCounts load(const std::string& list, std::size_t batch = 5) {
        std::ostringstream out;
        Progress progress(ProgressStyle::none, out);
        ProblemLog problems;
        const Input input = read_input(
            {directory.write("list", list), directory.write("status", test::fixture_status)},
            problems, progress);
        return store(engine, schema, input.packages, problems.count(), batch, progress);
    }
    LoadCounts load_fixture(std::size_t batch = 5) { return load(std::string(fixture), batch); }

    std::int64_t count(const Table& table) {
        Connection connection = engine.connect();
        return connection.execute(select(func::count()).select_from(table)).scalar_one();
    }

    Verification verified() {
        Connection connection = engine.connect();
        return verify(connection, schema);
    }

    Engine engine;
    Schema schema;
    test::TemporaryDirectory directory;
};

INSTANTIATE_TEST_SUITE_P(Databases, PackagesDatabase, testing::ValuesIn(azoth::test::databases()),
                         azoth::test::label_of);

TEST_P(PackagesDatabase, Answers_are_those_worked_out_on_paper) {
    load_fixture();
    Connection connection = engine.connect();
    constexpr std::int64_t all = 100;

    const Answer most = most_depended_on(connection, schema, 4);
    EXPECT_EQ(most.rows,
              (Rows{{t("base"), n(4), t("the base of all — \"quoted\", 'twice'; -- 100%")},
                    {t("nowhere"), n(2), none},
                    {t("ring1"), n(2), t("one of three")},
                    {t("liba"), n(1), t("library a")}}));
    EXPECT_EQ(most.total, 11U);

    const Answer needs = closure(connection, schema, "app", all);
    EXPECT_EQ(needs.rows, (Rows{{t("app"), t("3:1.0~rc1-1"), n(300), none},
                                {t("liba"), t("2.0"), n(200), none},
                                {t("base"), t("1.0"), n(100), t("installed")},
                                {t("postman"), t("1"), n(40), none},
                                {t("ring3"), t("1"), n(7), none},
                                {t("ring2"), t("1"), n(6), none},
                                {t("ring1"), t("1"), n(5), none}}));
    EXPECT_EQ(needs.total, 7U);

    EXPECT_EQ(maintainers_by_packages(connection, schema, all).rows,
              (Rows{{t("Dee"), t("dee@x.org"), n(4), n(23)},
                    {t("Bob"), t("bob@x.org"), n(3), n(250)},
                    {t("cy"), t(""), n(3), n(18)},
                    {t("Ann"), t("ann@x.org"), n(2), n(400)}}));
    EXPECT_EQ(
        maintainers_by_size(connection, schema, 2).rows,
        (Rows{{t("Ann"), t("ann@x.org"), n(2), n(400)}, {t("Bob"), t("bob@x.org"), n(3), n(250)}}));

    EXPECT_EQ(most_used_tags(connection, schema, all).rows,
              (Rows{{t("role::shared-lib"), n(2), n(1)},
                    {t("role::program"), n(1), n(0)},
                    {t("use::editing"), n(1), n(0)}}));

    EXPECT_EQ(missing_dependencies(connection, schema, all).rows,
              (Rows{{t("nowhere"), n(2), t("broken")}, {t("nowhere-else"), n(1), t("broken")}}));

    EXPECT_EQ(mutual_dependencies(connection, schema, all).rows, (Rows{{t("pair1"), t("pair2")}}));

    const Answer circles = circular_dependencies(connection, schema, 1);
    EXPECT_EQ(circles.rows, (Rows{{n(3), t("ring1, ring2, ring3")}}));
    EXPECT_EQ(circles.total, 2U);
}

TEST_P(PackagesDatabase, The_closure_of_what_is_not_there_is_empty) {
    load_fixture();
    Connection connection = engine.connect();
    for (const std::string name : {"nothing", "", "x' OR '1'='1", "%", "base\n"}) {
        EXPECT_EQ(closure(connection, schema, name, 10).rows, Rows{}) << name;
    }
}

TEST_P(PackagesDatabase, A_closure_ends_in_a_ring_of_dependencies) {
    load_fixture();
    Connection connection = engine.connect();
    EXPECT_EQ(closure(connection, schema, "ring2", 10).total, 3U);
    EXPECT_EQ(closure(connection, schema, "pair1", 10).total, 2U) << "base is a second choice";
    EXPECT_EQ(closure(connection, schema, "broken", 10).total, 2U) << "nowhere leads nowhere";
}

TEST_P(PackagesDatabase, What_was_stored_reads_back_the_same) {
    const LoadCounts counts = load_fixture();
    EXPECT_EQ(counts.inserted, 12U);
    const Verification verification = verified();
    EXPECT_TRUE(verification.passed());
    EXPECT_EQ(verification.packages, 12U);
    EXPECT_EQ(verification.dependencies, counts.dependencies);
    EXPECT_EQ(verification.dependencies, 21U);
    EXPECT_EQ(verification.tags, 4U);
}

TEST_P(PackagesDatabase, A_second_run_writes_nothing) {
    load_fixture();
    const LoadCounts counts = load_fixture();
    EXPECT_EQ(counts.unchanged, 12U);
    EXPECT_EQ(counts.inserted + counts.updated + counts.deleted, 0U);
    EXPECT_EQ(counts.dependencies + counts.tags, 0U);
    EXPECT_TRUE(verified().passed());
}

TEST_P(PackagesDatabase, A_later_run_writes_what_changed_and_removes_what_is_gone) {
    load_fixture();
    std::string list = without(fixture, "app");
    list = replaced(list, "Version: 2.0", "Version: 2.1");
    list = replaced(list, "Depends: base (>= 1.0)\n", "");
    list += "Package: new\nVersion: 1\nArchitecture: all\nMaintainer: Eve <eve@x.org>\n\n";
    const LoadCounts counts = load(list);
    EXPECT_EQ(counts.inserted, 1U);
    EXPECT_EQ(counts.updated, 1U);
    EXPECT_EQ(counts.unchanged, 10U);
    EXPECT_EQ(counts.deleted, 1U);
    EXPECT_EQ(count(schema.packages), 12);
    EXPECT_EQ(count(schema.dependencies), 14) << "six went with app, one with the old liba";
    EXPECT_EQ(count(schema.package_tags), 2);
    EXPECT_EQ(count(schema.tags), 1) << "only app had the other two";
    EXPECT_EQ(count(schema.sections), 1);
    EXPECT_EQ(count(schema.maintainers), 5);
    EXPECT_TRUE(verified().passed());
}

TEST_P(PackagesDatabase, A_changed_package_keeps_its_key) {
    load_fixture();
    const PackageTable& p = schema.packages;
    const auto key = [&] {
        Connection connection = engine.connect();
        return connection.execute(select(p.id).where(p.name == "liba")).scalar_one();
    };
    const std::int64_t before = key();
    load(replaced(fixture, "library a", "library A"));
    EXPECT_EQ(key(), before);
}

TEST_P(PackagesDatabase, A_maintainer_spelled_otherwise_is_corrected_without_touching_packages) {
    load_fixture();
    std::string list(fixture);
    for (int i = 0; i < 3; ++i) list = replaced(list, "Bob <bob@x.org>", "Robert <bob@x.org>");
    const LoadCounts counts = load(list);
    EXPECT_EQ(counts.unchanged, 12U);
    Connection connection = engine.connect();
    const MaintainerTable& m = schema.maintainers;
    EXPECT_EQ(connection.execute(select(m.name).where(m.email == "bob@x.org")).scalar_one(),
              "Robert");
}

TEST_P(PackagesDatabase, The_size_of_a_batch_makes_no_difference) {
    for (const std::size_t batch : {std::size_t{1}, std::size_t{5}, std::size_t{1000}}) {
        schema.metadata.drop_all(engine);
        EXPECT_EQ(load_fixture(batch).inserted, 12U);
        EXPECT_TRUE(verified().passed()) << batch;
    }
}

TEST_P(PackagesDatabase, Verification_finds_what_was_changed_behind_its_back) {
    load_fixture();
    {
        Connection connection = engine.connect();
        const PackageTable& p = schema.packages;
        const DependencyTable& d = schema.dependencies;
        connection.execute(update(p).values(p.summary = "other").where(p.name == "needy"));
        connection.execute(delete_(d).where(d.target == "ring1"));
        connection.commit();
    }
    const Verification verification = verified();
    EXPECT_FALSE(verification.passed());
    EXPECT_EQ(verification.differing,
              (std::vector<std::string>{"needy:all", "postman:all", "ring3:all"}));
}

TEST_P(PackagesDatabase, Verification_finds_an_interrupted_load_until_one_is_complete) {
    load_fixture();
    {
        Connection connection = engine.connect();
        const LoadTable& loads = schema.loads;
        connection.execute(update(loads).values(loads.finished_at = std::nullopt));
        connection.commit();
    }
    EXPECT_EQ(verified().unfinished_loads, 1U);
    load_fixture();
    EXPECT_TRUE(verified().passed());
}

TEST_P(PackagesDatabase, A_load_that_fails_half_way_leaves_whole_packages_only) {
    load_fixture();
    {
        // From now on one package can't be stored.
        Connection connection = engine.connect();
        connection.exec_driver_sql("CREATE UNIQUE INDEX one_summary ON package (summary)");
        connection.commit();
    }
    std::string list = replaced(fixture, "an application", "changed");
    list = replaced(list, "neither can this", "library a");  // the summary of another package
    list = replaced(list, "the second provider", "changed, too");
    EXPECT_THROW(load(list, 1), IntegrityError);
    const Verification verification = verified();
    EXPECT_EQ(verification.differing, std::vector<std::string>{});
    EXPECT_EQ(verification.packages, 12U);
    EXPECT_EQ(verification.unfinished_loads, 1U);
    Connection connection = engine.connect();
    const PackageTable& p = schema.packages;
    EXPECT_EQ(connection.execute(select(p.summary).where(p.name == "app")).scalar_one(), "changed")
        << "stored before the failure";
    EXPECT_EQ(connection.execute(select(p.summary).where(p.name == "zpostman")).scalar_one(),
              "the second provider")
        << "would have come after the failure";
    connection.exec_driver_sql("DROP INDEX one_summary");
    connection.commit();
}

}  // namespace
}  // namespace packages
