// SPDX-License-Identifier: MIT
#include "packages/maintainer_record.hpp"

#include <gtest/gtest.h>

#include <string>

namespace packages {
namespace {

void expect(const std::string& value, const std::string& name, const std::string& email,
            bool in_order = true) {
    const ParsedMaintainer parsed = parse_maintainer(value);
    EXPECT_EQ(parsed.maintainer.name, name) << value;
    EXPECT_EQ(parsed.maintainer.email, email) << value;
    EXPECT_EQ(parsed.problem.empty(), in_order) << value << ": " << parsed.problem;
}

TEST(Maintainer, Reads_name_and_address) {
    expect("Jane Doe <jane@debian.org>", "Jane Doe", "jane@debian.org");
    expect("  Jürgen  Groß\n <j@x.de> ", "Jürgen Groß", "j@x.de");
    expect("\"Powell, IV\" <p@x.org>", "Powell, IV", "p@x.org");
    expect("Language Team (Japanese) <ja@x.org>", "Language Team (Japanese)", "ja@x.org");
    expect("Barbara \"Jana\" W <b@x.de>", "Barbara \"Jana\" W", "b@x.de");
    expect("jane@debian.org (Jane Doe)", "Jane Doe", "jane@debian.org");
    expect("jane@debian.org", "", "jane@debian.org");
    expect("<jane@debian.org>", "", "jane@debian.org");
}

TEST(Maintainer, Tells_what_follows_the_first_one) {
    expect("Team <t@x.org>,", "Team", "t@x.org", false);
    expect("A <a@x.org>, B <b@x.org>", "A", "a@x.org", false);
}

TEST(Maintainer, Tells_a_missing_or_unusable_address) {
    expect("Some Body", "Some Body", "", false);
    expect("Some Body <nowhere>", "Some Body", "", false);
    expect("Some Body <a b@c>", "Some Body", "", false);
    expect("Some Body <@x>", "Some Body", "", false);
    expect("Some Body <a@x.org", "Some Body <a@x.org", "", false);
    expect("", "", "", false);
    expect("Cloud <https://example.org/>", "Cloud", "", false);
    expect("Long <" + std::string(260, 'x') + "@x>", "Long", "", false);
}

TEST(Maintainer, The_address_in_any_case_is_the_identity) {
    const MaintainerRecord a{"Jane", "Jane@Debian.org"};
    const MaintainerRecord b{"Jane Doe", "jane@debian.ORG"};
    EXPECT_EQ(a.identity(), b.identity());
    EXPECT_EQ((MaintainerRecord{"Some Body", ""}.identity()), "Some Body");
    EXPECT_TRUE(MaintainerRecord{}.empty());
}

}  // namespace
}  // namespace packages
