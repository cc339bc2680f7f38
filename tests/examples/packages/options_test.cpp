// SPDX-License-Identifier: MIT
#include "packages/options.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace packages {
namespace {

struct Outcome {
    ParsedCommandLine parsed{};
    std::string out{};
    std::string err{};
};

Outcome parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "packages");
    std::ostringstream out;
    std::ostringstream err;
    Outcome outcome;
    outcome.parsed =
        parse_command_line(static_cast<int>(arguments.size()), arguments.data(), out, err);
    outcome.out = out.str();
    outcome.err = err.str();
    return outcome;
}

TEST(CommandLine, Has_defaults_for_everything) {
    const ParsedCommandLine parsed = parse({}).parsed;
    EXPECT_TRUE(parsed.run);
    EXPECT_EQ(parsed.options.database, "sqlite:///packages.db");
    EXPECT_TRUE(parsed.options.sources.empty());
    EXPECT_EQ(parsed.options.limit, 10);
    EXPECT_FALSE(parsed.options.json);
}

TEST(CommandLine, Takes_every_option) {
    const ParsedCommandLine parsed =
        parse({"--db", "postgresql:///x", "--source", "a", "b", "--closure-of", "bash", "--limit",
               "3", "--batch", "50", "--problems", "0", "--echo", "--json", "--quiet", "--verify"})
            .parsed;
    EXPECT_TRUE(parsed.run);
    EXPECT_EQ(parsed.options.database, "postgresql:///x");
    EXPECT_EQ(parsed.options.sources, (std::vector<std::filesystem::path>{"a", "b"}));
    EXPECT_EQ(parsed.options.closure_of, "bash");
    EXPECT_EQ(parsed.options.limit, 3);
    EXPECT_EQ(parsed.options.batch, 50U);
    EXPECT_EQ(parsed.options.problems, 0U);
    EXPECT_TRUE(parsed.options.echo && parsed.options.json && parsed.options.quiet &&
                parsed.options.verify);
}

TEST(CommandLine, Help_is_no_error_and_names_the_options) {
    const Outcome outcome = parse({"--help"});
    EXPECT_FALSE(outcome.parsed.run);
    EXPECT_EQ(outcome.parsed.exit_code, 0);
    for (const char* name : {"--db", "--echo", "--json", "--limit", "--source", "--closure-of",
                             "--verify", "--quiet", "--batch", "--problems", "--ask-only"}) {
        EXPECT_NE(outcome.out.find(name), std::string::npos) << name;
    }
}

TEST(CommandLine, What_it_does_not_understand_is_told_with_exit_code_2) {
    const std::vector<std::vector<const char*>> wrong{{"--nonsense"},
                                                      {"--limit", "0"},
                                                      {"--limit", "many"},
                                                      {"--batch", "-1"},
                                                      {"--db"},
                                                      {"stray"},
                                                      {"--ask-only", "--source", "x"}};
    for (const auto& arguments : wrong) {
        const Outcome outcome = parse(arguments);
        EXPECT_FALSE(outcome.parsed.run) << arguments[0];
        EXPECT_EQ(outcome.parsed.exit_code, 2) << arguments[0];
        EXPECT_FALSE(outcome.err.empty()) << arguments[0];
    }
}

}  // namespace
}  // namespace packages
