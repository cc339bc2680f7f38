// SPDX-License-Identifier: MIT
// A second run over thousands of packages of which thousands are gone, changed and new.
#include "packages/core_questions.hpp"
#include "packages/input.hpp"
#include "packages/model.hpp"
#include "packages/questions.hpp"
#include "packages/store.hpp"
#include "packages/verify.hpp"
#include "support.hpp"
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace packages {
namespace {

using namespace azoth;

constexpr int many = 4000;

std::string number(int i) {
    return std::to_string(i);
}

// Package i needs the next one and the one at half its number, and breaks on the one after next; a
// few offer something. `version` changes version, dependencies and tags.
std::string paragraph(int i, int version) {
    std::string text = "Package: p" + number(i) + "\nVersion: " + number(version) +
                       "\nArchitecture: " + (i % 2 == 0 ? "all" : "amd64") + "\nMaintainer: M" +
                       number(i % 50) + " <m" + number(i % 50) + "@x.org>\nSection: s" +
                       number(i % 9) + "\nInstalled-Size: " + number(i) + "\nTag: a::b, c::d" +
                       number(i % 7 + version) + "\nDepends: p" + number((i + 1) % many) +
                       " (>= " + number(version) + ") | q" + number(i % 11) + ", p" + number(i / 2);
    // Of version 1 this group goes, of version 2 the field comes.
    if (version == 1) text += ", p" + number((i + 7) % many);
    if (version == 2) text += "\nBreaks: p" + number((i + 2) % many) + " (<< 1)";
    if (i % 100 == 0) text += "\nProvides: q" + number(i / 100 % 11);
    return text + "\nDescription: number " + number(i) + "\n\n";
}

class LargeChange : public testing::TestWithParam<azoth::test::Database> {
  protected:
    LargeChange() : engine(create_engine(GetParam().url)) { model.drop_all(engine); }
    ~LargeChange() override { model.drop_all(engine); }

    LoadCounts load(const std::string& list) {
        std::ostringstream out;
        Progress progress(ProgressStyle::none, out);
        ProblemLog problems;
        const Input input = read_input({directory.write("list", list)}, problems, progress);
        EXPECT_EQ(problems.count(), 0U);
        return store(engine, model, input.packages, problems.count(), 500, progress);
    }

    template <class T>
    std::uint64_t count(const Expr<bool>& condition = {}) {
        Session session(engine, model);
        const auto query = select(func::count()).select_from(entity<T>).where(condition);
        return static_cast<std::uint64_t>(session.scalars(query).one());
    }

    Verification verified() {
        constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
        const std::string start = "p3999";
        Session session(engine, model);
        Verification verification = verify(session);
        Connection connection = engine.connect();
        compare(verification,
                {most_depended_on(session, all), closure(session, start, all),
                 maintainers_by_packages(session, all), maintainers_by_size(session, all),
                 most_used_tags(session, all), missing_dependencies(session, all),
                 mutual_dependencies(session, all), circular_dependencies(session, all)},
                core::ask(connection, start, all));
        return verification;
    }

    void expect_in_order() {
        const Verification verification = verified();
        EXPECT_EQ(verification.differing, std::vector<std::string>{});
        EXPECT_EQ(verification.wrong_targets, 0U);
        EXPECT_EQ(verification.differing_answers, std::vector<std::string>{});
        EXPECT_EQ(verification.answers, 8U);
        EXPECT_TRUE(verification.passed());
    }

    Engine engine;
    Model model = make_model();
    test::TemporaryDirectory directory;
};

INSTANTIATE_TEST_SUITE_P(Databases, LargeChange, testing::ValuesIn(azoth::test::databases()),
                         azoth::test::label_of);

TEST_P(LargeChange, Thousands_of_packages_go_change_and_come_with_all_that_belongs_to_them) {
    // First the first three quarters. Of these a third vanishes, a third changes, a third stays;
    // the last quarter comes.
    std::string before;
    std::string after;
    for (int i = 0; i < many * 3 / 4; ++i) {
        before += paragraph(i, 1);
        if (i % 3 != 0) after += paragraph(i, i % 3 == 1 ? 1 : 2);
    }
    for (int i = many * 3 / 4; i < many; ++i) after += paragraph(i, 1);

    const LoadCounts first = load(before);
    EXPECT_EQ(first.inserted, 3000U);
    EXPECT_EQ(first.dependencies, count<Dependency>());
    EXPECT_EQ(first.dependencies, 4U * 3000 + 30);
    expect_in_order();

    const LoadCounts second = load(after);
    EXPECT_EQ(second.deleted, 1000U);
    EXPECT_EQ(second.updated, 1000U);
    EXPECT_EQ(second.unchanged, 1000U);
    EXPECT_EQ(second.inserted, 1000U);
    EXPECT_EQ(count<Package>(), 3000U);
    EXPECT_EQ(count<PackageTag>(), 2U * 3000);
    EXPECT_EQ(count<Dependency>(), 4U * 3000 + 30) << "1,000 times one less and one more";
    EXPECT_EQ(count<Dependency>(col<&Dependency::kind> == RelationKind::breaks), 1000U);
    // A changed package has a new constraint and a new field; its second group stays as it is. A
    // new one has four, and ten of them offer something.
    EXPECT_EQ(second.dependencies, 2U * 1000 + 4U * 1000 + 10);
    expect_in_order();

    const LoadCounts third = load(after);
    EXPECT_EQ(third.unchanged, 3000U);
    EXPECT_EQ(third.dependencies + third.tags, 0U);
}

TEST_P(LargeChange, What_vanished_comes_back_as_the_target_of_what_needs_it) {
    std::string all;
    std::string half;
    for (int i = 0; i < 1000; ++i) {
        all += paragraph(i, 1);
        if (i % 2 == 0) half += paragraph(i, 1);
    }
    load(all);
    const auto without_target = [&] {
        return count<Dependency>(col<&Dependency::target_id> == std::nullopt);
    };
    const std::uint64_t before = without_target();
    EXPECT_EQ(load(half).deleted, 500U);
    EXPECT_EQ(count<Dependency>(), 4U * 500 + 10);
    expect_in_order();
    EXPECT_EQ(load(all).inserted, 500U);
    EXPECT_EQ(without_target(), before);
    expect_in_order();
}

TEST_P(LargeChange, A_package_of_another_architecture_takes_the_place_of_a_vanished_target) {
    const std::string needy = paragraph(1, 1);
    const auto target = [](const std::string& architecture) {
        return "Package: p2\nVersion: 1\nArchitecture: " + architecture +
               "\nMaintainer: M <m@x.org>\n\n";
    };
    load(needy + target("amd64") + target("i386"));
    const auto reached = [&] {
        Session session(engine, model);
        const auto wanted =
            session.scalars(select<Dependency>().where(col<&Dependency::target_name> == "p2"))
                .one();
        return wanted->target ? wanted->target->architecture : "nothing";
    };
    EXPECT_EQ(reached(), "amd64");
    load(needy + target("i386"));
    EXPECT_EQ(reached(), "i386");
    load(needy);
    EXPECT_EQ(reached(), "nothing");
}

}  // namespace
}  // namespace packages
