// SPDX-License-Identifier: MIT
#include "packages/store.hpp"

#include "fixture.hpp"
#include "packages/core_questions.hpp"
#include "packages/input.hpp"
#include "packages/model.hpp"
#include "packages/questions.hpp"
#include "packages/verify.hpp"
#include "support.hpp"
#include <azoth/mariadb.hpp>
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
    PackagesDatabase() : engine(create_engine(GetParam().url)) { model.drop_all(engine); }
    ~PackagesDatabase() override { model.drop_all(engine); }

    LoadCounts load(const std::string& list, std::size_t batch = 5) {
        std::ostringstream out;
        Progress progress(ProgressStyle::none, out);
        ProblemLog problems;
        const Input input = read_input(
            {directory.write("list", list), directory.write("status", test::fixture_status)},
            problems, progress);
        return store(engine, model, input.packages, problems.count(), batch, progress);
    }
    LoadCounts load_fixture(std::size_t batch = 5) { return load(std::string(fixture), batch); }

    template <class T>
    std::int64_t count() {
        Session session(engine, model);
        return session.scalars(select(func::count()).select_from(entity<T>)).one();
    }

    Verification verified() {
        Session session(engine, model);
        return verify(session);
    }

    template <class T>
    T only(const Select<T>& query) {
        Session session(engine, model);
        return session.scalars(query).one();
    }

    Engine engine;
    Model model = make_model();
    test::TemporaryDirectory directory;
};

INSTANTIATE_TEST_SUITE_P(Databases, PackagesDatabase, testing::ValuesIn(azoth::test::databases()),
                         azoth::test::label_of);

TEST_P(PackagesDatabase, Answers_are_those_worked_out_on_paper) {
    load_fixture();
    Session session(engine, model);
    constexpr std::int64_t all = 100;

    const Answer most = most_depended_on(session, 4);
    EXPECT_EQ(most.rows,
              (Rows{{t("base"), n(4), t("the base of all — \"quoted\", 'twice'; -- 100%")},
                    {t("nowhere"), n(2), none},
                    {t("ring1"), n(2), t("one of three")},
                    {t("liba"), n(1), t("library a")}}));
    EXPECT_EQ(most.total, 11U);

    const Answer needs = closure(session, "app", all);
    EXPECT_EQ(needs.rows, (Rows{{t("app"), t("3:1.0~rc1-1"), n(300), none},
                                {t("liba"), t("2.0"), n(200), none},
                                {t("base"), t("1.0"), n(100), t("installed")},
                                {t("postman"), t("1"), n(40), none},
                                {t("ring3"), t("1"), n(7), none},
                                {t("ring2"), t("1"), n(6), none},
                                {t("ring1"), t("1"), n(5), none}}));
    EXPECT_EQ(needs.total, 7U);

    EXPECT_EQ(maintainers_by_packages(session, all).rows,
              (Rows{{t("Dee"), t("dee@x.org"), n(4), n(23)},
                    {t("Bob"), t("bob@x.org"), n(3), n(250)},
                    {t("cy"), t(""), n(3), n(18)},
                    {t("Ann"), t("ann@x.org"), n(2), n(400)}}));
    EXPECT_EQ(
        maintainers_by_size(session, 2).rows,
        (Rows{{t("Ann"), t("ann@x.org"), n(2), n(400)}, {t("Bob"), t("bob@x.org"), n(3), n(250)}}));

    EXPECT_EQ(most_used_tags(session, all).rows, (Rows{{t("role::shared-lib"), n(2), n(1)},
                                                       {t("role::program"), n(1), n(0)},
                                                       {t("use::editing"), n(1), n(0)}}));

    EXPECT_EQ(missing_dependencies(session, all).rows,
              (Rows{{t("nowhere"), n(2), t("broken")}, {t("nowhere-else"), n(1), t("broken")}}));

    EXPECT_EQ(mutual_dependencies(session, all).rows, (Rows{{t("pair1"), t("pair2")}}));

    const Answer circles = circular_dependencies(session, 1);
    EXPECT_EQ(circles.rows, (Rows{{n(3), t("ring1, ring2, ring3")}}));
    EXPECT_EQ(circles.total, 2U);
}

TEST_P(PackagesDatabase, The_closure_of_what_is_not_there_is_empty) {
    load_fixture();
    Session session(engine, model);
    for (const std::string name : {"nothing", "", "x' OR '1'='1", "%", "base\n"}) {
        EXPECT_EQ(closure(session, name, 10).rows, Rows{}) << name;
    }
}

TEST_P(PackagesDatabase, A_closure_ends_in_a_ring_of_dependencies) {
    load_fixture();
    Session session(engine, model);
    EXPECT_EQ(closure(session, "ring2", 10).total, 3U);
    EXPECT_EQ(closure(session, "pair1", 10).total, 2U) << "base is a second choice";
    EXPECT_EQ(closure(session, "broken", 10).total, 2U) << "nowhere leads nowhere";
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
    EXPECT_EQ(count<Package>(), 12);
    EXPECT_EQ(count<Dependency>(), 14) << "six went with app, one with the old liba";
    EXPECT_EQ(count<PackageTag>(), 2);
    EXPECT_EQ(count<Tag>(), 1) << "only app had the other two";
    EXPECT_EQ(count<Section>(), 1);
    EXPECT_EQ(count<Maintainer>(), 5);
    EXPECT_TRUE(verified().passed());
}

TEST_P(PackagesDatabase, A_changed_package_keeps_its_key) {
    load_fixture();
    const auto key = [&] {
        return only(select(col<&Package::id>).where(col<&Package::name> == "liba"));
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
    EXPECT_EQ(only(select(col<&Maintainer::name>).where(col<&Maintainer::email> == "bob@x.org")),
              "Robert");
}

TEST_P(PackagesDatabase, The_size_of_a_batch_makes_no_difference) {
    for (const std::size_t batch : {std::size_t{1}, std::size_t{5}, std::size_t{1000}}) {
        model.drop_all(engine);
        EXPECT_EQ(load_fixture(batch).inserted, 12U);
        EXPECT_TRUE(verified().passed()) << batch;
    }
}

TEST_P(PackagesDatabase, Verification_finds_what_was_changed_behind_its_back) {
    load_fixture();
    {
        Session session(engine, model);
        auto needy = session.scalars(select<Package>().where(col<&Package::name> == "needy"));
        needy.one()->summary = "other";
        for (const auto& dependency :
             session.scalars(select<Dependency>().where(col<&Dependency::target_name> == "ring1")))
            session.delete_(dependency);
        session.commit();
    }
    const Verification verification = verified();
    EXPECT_FALSE(verification.passed());
    EXPECT_EQ(verification.differing,
              (std::vector<std::string>{"needy:all", "postman:all", "ring3:all"}));
}

TEST_P(PackagesDatabase, Verification_finds_a_dependency_that_leads_elsewhere_or_nowhere) {
    load_fixture();
    EXPECT_EQ(verified().wrong_targets, 0U);
    {
        Session session(engine, model);
        const auto base =
            session.scalars(select<Package>().where(col<&Package::name> == "base")).one();
        auto wants = [&](std::string_view name) {
            return session
                .scalars(select<Dependency>().where(col<&Dependency::target_name> == name))
                .one();
        };
        wants("ring2")->target = base;
        wants("ring3")->target = nullptr;
        session.commit();
    }
    const Verification verification = verified();
    EXPECT_EQ(verification.wrong_targets, 2U);
    EXPECT_EQ(verification.differing, std::vector<std::string>{});
    EXPECT_FALSE(verification.passed());
}

TEST(Comparison, Names_the_answers_that_differ_in_rows_or_totals_or_are_missing) {
    const Answer one{"one", "a title", {"column"}, {{n(1)}}, 1};
    const Answer more{"one", "", {}, {{n(1)}}, 2};
    const Answer other{"one", "", {}, {{n(2)}}, 1};
    const auto differing = [](const std::vector<Answer>& answers, const std::vector<Answer>& core) {
        Verification verification;
        compare(verification, answers, core);
        EXPECT_EQ(verification.answers, answers.size());
        return verification.differing_answers;
    };
    EXPECT_EQ(differing({one}, {{"one", "", {}, {{n(1)}}, 1}}), std::vector<std::string>{});
    EXPECT_EQ(differing({one}, {more}), std::vector<std::string>{"one"});
    EXPECT_EQ(differing({one}, {other}), std::vector<std::string>{"one"});
    EXPECT_EQ(differing({one}, {}), std::vector<std::string>{"one"});
}

TEST_P(PackagesDatabase, Verification_finds_an_interrupted_load_until_one_is_complete) {
    load_fixture();
    {
        Session session(engine, model);
        session.scalars(select<Load>()).one()->finished_at = std::nullopt;
        session.commit();
    }
    EXPECT_EQ(verified().unfinished_loads, 1U);
    load_fixture();
    EXPECT_TRUE(verified().passed());
}

TEST_P(PackagesDatabase, Tables_of_another_version_are_left_alone_and_named) {
    {
        Connection connection = engine.connect();
        connection.exec_driver_sql("CREATE TABLE dependency (package_id BIGINT)");
        connection.commit();
    }
    EXPECT_THROW(load_fixture(), InputError);
    EXPECT_EQ(count<Package>(), 0);
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
    const auto summary = [&](std::string_view name) {
        return only(select(col<&Package::summary>).where(col<&Package::name> == name));
    };
    EXPECT_EQ(summary("app"), "changed") << "stored before the failure";
    EXPECT_EQ(summary("zpostman"), "the second provider") << "would have come after the failure";
}

}  // namespace
}  // namespace packages
