// SPDX-License-Identifier: MIT
#include "packages/package_record.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

#include <string>

namespace packages {
namespace {

using test::parse_text;
using test::Parsing;
using test::Strings;

const std::string minimal = "Package: a\nVersion: 1\nArchitecture: all\nMaintainer: M <m@x.org>\n";

TEST(Package, Reads_a_paragraph_of_dpkg) {
    const Parsing parsing = parse_text(R"(Package: bash
Essential: yes
Status: install ok installed
Priority: required
Section: shells
Installed-Size: 7164
Maintainer: Matthias Klose <doko@debian.org>
Architecture: amd64
Multi-Arch: foreign
Source: bash-src (5.2.15-2)
Version: 5.2.15-2+b2
Replaces: bash-completion (<< 20060301-0), bash-doc (<= 2.05-1)
Depends: base-files (>= 2.1.12), debianutils (>= 5.6-0.1)
Pre-Depends: libc6 (>= 2.36) | libc6.1
Conffiles:
 /etc/bash.bashrc 89269e1298235f1b12b4c16e4065ad0d
Description: GNU Bourne Again SHell
 Bash is an sh-compatible command language interpreter.
 .
 More.
Homepage: http://tiswww.case.edu/php/chet/bash/bashtop.html
Tag: role::program, interface::commandline,
 interface::shell, role::program
)");
    EXPECT_EQ(parsing.problems, Strings{});
    ASSERT_EQ(parsing.packages.size(), 1U);
    const PackageRecord& bash = parsing.packages[0];
    EXPECT_EQ(bash.name, "bash");
    EXPECT_EQ(bash.version, "5.2.15-2+b2");
    EXPECT_EQ(bash.architecture, "amd64");
    EXPECT_EQ(bash.section, "shells");
    EXPECT_EQ(bash.priority, Priority::required);
    EXPECT_EQ(bash.installed_kib, 7164);
    EXPECT_EQ(bash.state, "installed");
    EXPECT_EQ(bash.installed_version, "5.2.15-2+b2");
    EXPECT_EQ(bash.summary, "GNU Bourne Again SHell");
    EXPECT_EQ(bash.maintainer, (MaintainerRecord{"Matthias Klose", "doko@debian.org"}));
    EXPECT_EQ(bash.homepage, "http://tiswww.case.edu/php/chet/bash/bashtop.html");
    EXPECT_EQ(bash.source_name, "bash-src");
    EXPECT_EQ(bash.source_version, "5.2.15-2");
    EXPECT_TRUE(bash.essential);
    EXPECT_EQ(bash.multi_arch, MultiArch::foreign);
    EXPECT_EQ(bash.tags, (Strings{"interface::commandline", "interface::shell", "role::program"}));

    ASSERT_EQ(bash.dependencies.size(), 6U);
    const DependencyRecord& second_alternative = bash.dependencies[3];
    EXPECT_EQ(second_alternative.kind, RelationKind::pre_depends);
    EXPECT_EQ(second_alternative.group, 0);
    EXPECT_EQ(second_alternative.position, 1);
    EXPECT_EQ(second_alternative.relation.name, "libc6.1");
    EXPECT_EQ(bash.dependencies[1].group, 1);
    EXPECT_EQ(bash.dependencies[5].kind, RelationKind::replaces);
}

TEST(Package, What_a_list_leaves_out_has_no_value) {
    const Parsing parsing = parse_text(minimal);
    ASSERT_EQ(parsing.packages.size(), 1U);
    const PackageRecord& package = parsing.packages[0];
    EXPECT_EQ(package.section, std::nullopt);
    EXPECT_EQ(package.priority, std::nullopt);
    EXPECT_EQ(package.installed_kib, std::nullopt);
    EXPECT_EQ(package.state, std::nullopt);
    EXPECT_EQ(package.installed_version, std::nullopt);
    EXPECT_EQ(package.homepage, std::nullopt);
    EXPECT_EQ(package.source_name, "a");
    EXPECT_EQ(package.source_version, "1");
    EXPECT_FALSE(package.essential);
    EXPECT_EQ(package.multi_arch, MultiArch::no);
    EXPECT_EQ(parsing.problems, Strings{});
}

TEST(Package, Without_name_version_or_architecture_it_is_left_out_and_told) {
    const Parsing parsing = parse_text(
        "Version: 1\nArchitecture: all\n\n"
        "Package: b\nArchitecture: all\n\n"
        "Package: c\nVersion: 1\n\n"
        "Package: d d\nVersion: 1\nArchitecture: all\n\n"
        "Package: e\nVersion: one two\nArchitecture: all\n\n" +
        minimal);
    EXPECT_EQ(parsing.packages.size(), 1U);
    EXPECT_EQ(parsing.problems,
              (Strings{"1 incomplete package", "4 incomplete package", "7 incomplete package",
                       "10 incomplete package", "15 incomplete package"}));
    EXPECT_EQ(parsing.messages[1], "no Version, paragraph left out: b");
}

TEST(Package, Bad_values_are_told_and_the_package_stands) {
    const Parsing parsing = parse_text(minimal +
                                       "Installed-Size: 12 MB\n"
                                       "Priority: urgent\n"
                                       "Essential: perhaps\n"
                                       "Multi-Arch: maybe\n"
                                       "Section: two words\n"
                                       "Source: s (\n");
    EXPECT_EQ(parsing.packages.size(), 1U);
    EXPECT_EQ(parsing.problems, (Strings{"9 bad value", "6 bad value", "5 bad value",
                                         "10 bad value", "7 bad value", "8 bad value"}));
}

TEST(Package, Sizes_that_are_none_are_told) {
    for (const char* size :
         {"-1", "1.5", "0x10", "99999999999999999999", "1125899906842624", "1 2", "+1"}) {
        const Parsing parsing = parse_text(minimal + "Installed-Size: " + size + "\n");
        ASSERT_EQ(parsing.packages.size(), 1U) << size;
        EXPECT_EQ(parsing.packages[0].installed_kib, std::nullopt) << size;
        EXPECT_EQ(parsing.problems, Strings{"5 bad value"}) << size;
    }
    EXPECT_EQ(parse_text(minimal + "Installed-Size: 0\n").packages[0].installed_kib, 0);
}

TEST(Package, The_line_of_a_bad_dependency_is_that_of_the_clause) {
    const Parsing parsing =
        parse_text(minimal + "Depends: b,\n c (>= 1),\n# why\n d (>=),\n e\nSuggests: f,\n");
    EXPECT_EQ(parsing.problems, (Strings{"8 bad relation", "10 bad relation"}));
    ASSERT_EQ(parsing.packages.size(), 1U);
    EXPECT_EQ(parsing.packages[0].dependencies.size(), 4U);
    EXPECT_EQ(parsing.packages[0].dependencies[2].relation.name, "e");
}

TEST(Package, The_line_of_a_bad_tag_is_that_of_the_tag) {
    const Parsing parsing =
        parse_text(minimal + "Tag: role::program,\n nonsense, use::editing,\n ::x, y::\n");
    EXPECT_EQ(parsing.problems, (Strings{"6 bad value", "7 bad value", "7 bad value"}));
    EXPECT_EQ(parsing.packages.at(0).tags, (Strings{"role::program", "use::editing"}));
}

TEST(Package, A_missing_maintainer_is_told) {
    const Parsing parsing = parse_text("Package: a\nVersion: 1\nArchitecture: all\n");
    EXPECT_EQ(parsing.problems, Strings{"1 bad maintainer"});
    EXPECT_TRUE(parsing.packages.at(0).maintainer.empty());
}

TEST(Package, A_state_that_dpkg_does_not_have_is_told) {
    const Parsing parsing = parse_text(minimal + "Status: install ok eaten\n");
    EXPECT_EQ(parsing.problems, Strings{"5 bad value"});
    EXPECT_EQ(parsing.packages.at(0).state, std::nullopt);
    EXPECT_EQ(parsing.packages.at(0).installed_version, std::nullopt);
}

TEST(Package, Remnants_of_removed_packages_are_recognised) {
    const test::Reading reading = test::read_text(
        "Package: a\nStatus: deinstall ok config-files\n\n"
        "Package: b\nStatus: unknown ok not-installed\n\n"
        "Package: c\nStatus: install ok installed\n\n"
        "Package: d\nStatus: install reinstreq half-installed\n\n"
        "Package: e\n");
    std::string remnants;
    for (const Paragraph& paragraph : reading.paragraphs) {
        if (is_remnant(paragraph)) remnants += paragraph.find("Package")->value();
    }
    EXPECT_EQ(remnants, "ab");
}

}  // namespace
}  // namespace packages
