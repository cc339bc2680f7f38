// SPDX-License-Identifier: MIT
// The program itself, started as a user starts it.
#include "fixture.hpp"
#include "packages/model.hpp"
#include "packages/progress.hpp"
#include "packages/verify.hpp"
#include "process.hpp"
#include "support.hpp"
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace packages {
namespace {

using namespace azoth;
using test::Outcome;
using test::Process;
using test::run_program;
using test::TemporaryDirectory;

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string answers_of(const std::string& json) {
    const std::size_t begin = json.find("\"answers\"");
    return begin == std::string::npos ? "no answers" : json.substr(begin);
}

class Program : public testing::Test {
  protected:
    Program() {
        directory.write("list", test::fixture);
        directory.write("status", test::fixture_status);
    }

    Outcome run(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"--db", "sqlite:///test.db"};
        if (std::find(more.begin(), more.end(), "--ask-only") == more.end()) {
            arguments.insert(arguments.end(), {"--source", "list", "status"});
        }
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_program(directory.path(), arguments);
    }

    TemporaryDirectory directory;
};

TEST_F(Program, Loads_answers_and_does_not_load_twice) {
    const Outcome first = run({"--json", "--closure-of", "app", "--verify"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
    EXPECT_TRUE(holds(first.out, "\"inserted\": 12,")) << first.out;
    EXPECT_TRUE(holds(first.out, "\"remnants\": 1")) << first.out;
    EXPECT_TRUE(holds(first.out, "\"count\": 3,")) << "three maintainers without an address";
    EXPECT_TRUE(holds(first.out, "\"passed\": true")) << first.out;
    EXPECT_TRUE(holds(first.out, "\"answers_compared\": 8,")) << first.out;
    EXPECT_EQ(first.err, "") << "JSON goes with silence";

    const Outcome second = run({"--json", "--closure-of", "app", "--verify"});
    EXPECT_EQ(second.exit_code, 0) << second.err;
    EXPECT_TRUE(holds(second.out, "\"inserted\": 0,")) << second.out;
    EXPECT_TRUE(holds(second.out, "\"unchanged\": 12,")) << second.out;
    EXPECT_TRUE(holds(second.out, "\"dependencies_written\": 0")) << second.out;
    EXPECT_EQ(answers_of(second.out), answers_of(first.out));
}

TEST_F(Program, Prints_aligned_tables_for_people) {
    const Outcome outcome = run({"--closure-of", "app", "--limit", "2"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_TRUE(holds(outcome.out, "Stored: 12 new packages, 0 changed, 0 unchanged, 0 removed"))
        << outcome.out;
    EXPECT_TRUE(holds(outcome.out,
                      "All that app needs, itself included\n"
                      "package  version      installed KiB  state\n"
                      "-------  -----------  -------------  -----\n"
                      "app      3:1.0~rc1-1            300\n"
                      "liba     2.0                    200\n"
                      "… 7 in all\n"))
        << outcome.out;
}

TEST_F(Program, Tells_broken_lines_with_file_and_line_and_counts_them) {
    directory.write("list", std::string(test::fixture) + "what is this\n");
    const Outcome outcome = run({"--problems", "2"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_TRUE(holds(outcome.err, "list:57: maintainer without an address: \"cy\"\n"))
        << outcome.err;
    EXPECT_FALSE(holds(outcome.err, "what is this")) << "only two were asked for";
    EXPECT_TRUE(holds(outcome.out, "Broken input lines: 4 (no colon 1, bad maintainer 3)\n"))
        << outcome.out;
}

TEST_F(Program, Elsewhere_than_on_a_terminal_progress_comes_in_plain_lines) {
    const Outcome outcome = run();
    EXPECT_TRUE(holds(outcome.err, "store: 12 packages in ")) << outcome.err;
    EXPECT_EQ(outcome.err.find('\r'), std::string::npos);
    EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
}

TEST_F(Program, Quiet_says_nothing_but_the_answers) {
    EXPECT_EQ(run({"--quiet"}).err, "");
}

TEST_F(Program, Echo_shows_the_sql) {
    const Outcome outcome = run({"--echo"});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_TRUE(holds(outcome.err, "CREATE TABLE")) << outcome.err;
    EXPECT_TRUE(holds(outcome.err, "WITH RECURSIVE")) << outcome.err;
}

TEST_F(Program, Answers_again_without_reading_files) {
    const Outcome loaded = run({"--json"});
    std::filesystem::remove(directory.path() / "list");
    const Outcome asked = run({"--json", "--ask-only"});
    EXPECT_EQ(asked.exit_code, 0) << asked.err;
    EXPECT_EQ(answers_of(asked.out), answers_of(loaded.out));
}

TEST_F(Program, Questions_to_an_empty_database_say_what_is_missing) {
    const Outcome asked = run({"--ask-only"});
    EXPECT_EQ(asked.exit_code, 1);
    EXPECT_TRUE(holds(asked.err, "the database holds no package data")) << asked.err;
}

TEST_F(Program, An_unreadable_file_changes_nothing) {
    EXPECT_EQ(run().exit_code, 0);
    std::filesystem::remove(directory.path() / "list");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_TRUE(holds(outcome.err, "cannot read list: No such file or directory")) << outcome.err;
    const std::string verified = run({"--ask-only", "--verify"}).out;
    EXPECT_TRUE(holds(verified, "Verified: 12 packages")) << verified;
    EXPECT_TRUE(holds(verified,
                      "Checked: 8 answers of the ORM, to the last row: the Core gives "
                      "the same\n"))
        << verified;
}

TEST_F(Program, A_file_without_packages_does_not_empty_the_database) {
    EXPECT_EQ(run().exit_code, 0);
    directory.write("list", "");
    directory.write("status", "rubbish\n");
    EXPECT_EQ(run().exit_code, 1);
    EXPECT_TRUE(holds(run({"--ask-only", "--verify"}).out, "Verified: 12 packages"));
}

TEST_F(Program, Errors_of_the_database_are_told_without_the_password) {
    const Outcome outcome =
        run_program(directory.path(),
                    {"--db", "postgresql://user:secret@127.0.0.1:1/none", "--source", "list"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_TRUE(holds(outcome.err, "packages: ")) << outcome.err;
    EXPECT_FALSE(holds(outcome.err + outcome.out, "secret")) << outcome.err;
}

TEST_F(Program, A_wrong_option_is_an_error_of_its_own_code) {
    EXPECT_EQ(run({"--nonsense"}).exit_code, 2);
    EXPECT_EQ(run_program(directory.path(), {"--db", "nonsense:"}).exit_code, 1);
}

// --- interrupted loads ---------------------------------------------------------------------------

constexpr std::int64_t many = 2000;

std::string many_packages() {
    std::string text;
    for (int i = 0; i < many; ++i) {
        const std::string number = std::to_string(i);
        text += "Package: p" + number + "\nVersion: 1\nArchitecture: all\nMaintainer: M" +
                std::to_string(i % 50) + " <m" + std::to_string(i % 50) +
                "@x.org>\nSection: s\nTag: a::b, c::d" + std::to_string(i % 7) + "\nDepends: p" +
                std::to_string((i + 1) % many) + " | q, p" + std::to_string(i / 2) + "\n\n";
    }
    return text;
}

// Databases that several processes can see.
std::vector<azoth::test::Database> shared_databases() {
    std::vector<azoth::test::Database> shared = azoth::test::databases();
    std::erase_if(shared, [](const auto& database) { return database.label == "sqlite_memory"; });
    return shared;
}

class InterruptedLoad : public testing::TestWithParam<azoth::test::Database> {
  protected:
    InterruptedLoad() : engine(create_engine(GetParam().url)) {
        directory.write("list", many_packages());
    }
    ~InterruptedLoad() override { model.drop_all(engine); }

    [[nodiscard]] std::vector<std::string> arguments() const {
        return {"--db", GetParam().url, "--source", "list", "--batch", "5", "--quiet", "--verify"};
    }

    // As long as the program has not made the tables, there are none.
    std::int64_t stored_packages() {
        try {
            Session session(engine, model);
            return session.scalars(select(func::count(col<&Package::id>))).one();
        } catch (const DBAPIError&) {
            return 0;
        }
    }

    // Starts a load, sends the signal as soon as `enough` packages are stored, and tells how it
    // ended. On a busy machine the signal may come after the end of the load: then once more.
    Outcome interrupt(int signal, std::int64_t enough) {
        Outcome outcome;
        for (int attempt = 0; attempt < 10; ++attempt) {
            model.drop_all(engine);
            Process process(directory.path(), arguments());
            while (process.running() && stored_packages() < enough) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            process.send(signal);
            outcome = process.wait();
            if (stored_packages() < many) break;
        }
        return outcome;
    }

    void expect_consistent_part(std::int64_t at_least) {
        Session session(engine, model);
        const Verification verification = verify(session);
        EXPECT_EQ(verification.differing, std::vector<std::string>{});
        EXPECT_EQ(verification.unfinished_loads, 1U);
        EXPECT_GE(verification.packages, static_cast<std::uint64_t>(at_least));
        EXPECT_LT(verification.packages, static_cast<std::uint64_t>(many))
            << "the load was over before the signal came";
        EXPECT_EQ(verification.dependencies, 3 * verification.packages);
        EXPECT_EQ(verification.tags, 2 * verification.packages);
    }

    void expect_the_next_run_to_finish() {
        const auto before = static_cast<std::uint64_t>(stored_packages());
        const Outcome outcome = run_program(directory.path(), arguments());
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_TRUE(holds(outcome.out, "Stored: " + grouped(many - before) + " new packages, " +
                                           "0 changed, " + grouped(before) + " unchanged"))
            << outcome.out;
        EXPECT_TRUE(holds(outcome.out,
                          "Verified: 2,000 packages, 6,000 dependencies, 4,000 tags: "
                          "all as stored"))
            << outcome.out;
    }

    Engine engine;
    Model model = make_model();
    TemporaryDirectory directory;
};

INSTANTIATE_TEST_SUITE_P(Databases, InterruptedLoad, testing::ValuesIn(shared_databases()),
                         azoth::test::label_of);

TEST_P(InterruptedLoad,
       Killed_in_the_middle_it_leaves_a_consistent_part_and_the_next_run_the_rest) {
    for (const std::int64_t enough : {1, 300, 700}) {
        const Outcome outcome = interrupt(SIGKILL, enough);
        EXPECT_EQ(outcome.signal, SIGKILL);
        expect_consistent_part(enough);
        expect_the_next_run_to_finish();
    }
}

TEST_P(InterruptedLoad, Ctrl_C_ends_it_between_two_batches_and_says_so) {
    const Outcome outcome = interrupt(SIGINT, 100);
    EXPECT_EQ(outcome.exit_code, 130);
    EXPECT_TRUE(holds(outcome.err, "interrupted; what is stored is consistent")) << outcome.err;
    expect_consistent_part(100);
    expect_the_next_run_to_finish();
}

}  // namespace
}  // namespace packages
