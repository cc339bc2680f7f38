// SPDX-License-Identifier: MIT
#include "packages/catalogue.hpp"

#include "packages/content_hash.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace packages {
namespace {

PackageRecord from_list(std::string name, std::string version, std::string summary = "") {
    PackageRecord package;
    package.name = std::move(name);
    package.version = std::move(version);
    package.architecture = "all";
    package.summary = std::move(summary);
    return package;
}

PackageRecord from_dpkg(std::string name, std::string version) {
    PackageRecord package = from_list(std::move(name), std::move(version), "from dpkg");
    package.state = "installed";
    package.installed_version = package.version;
    return package;
}

TEST(Catalogue, Orders_by_name_and_architecture) {
    Catalogue catalogue;
    catalogue.add(from_list("b", "1"));
    PackageRecord other_architecture = from_list("a", "1");
    other_architecture.architecture = "amd64";
    catalogue.add(std::move(other_architecture));
    catalogue.add(from_list("a", "1"));
    const std::vector<PackageRecord> packages = catalogue.take();
    ASSERT_EQ(packages.size(), 3U);
    EXPECT_EQ(packages[0].architecture, "all");
    EXPECT_EQ(packages[1].architecture, "amd64");
    EXPECT_EQ(packages[2].name, "b");
}

TEST(Catalogue, The_newest_version_describes_a_package_whatever_the_order) {
    for (const bool newest_first : {true, false}) {
        Catalogue catalogue;
        catalogue.add(from_list("a", newest_first ? "1.10" : "1.9"));
        catalogue.add(from_list("a", newest_first ? "1.9" : "1.10"));
        EXPECT_EQ(catalogue.counts().records, 2U);
        EXPECT_EQ(catalogue.counts().superseded, 1U);
        EXPECT_EQ(catalogue.counts().repeated, 0U);
        EXPECT_EQ(catalogue.take().at(0).version, "1.10");
    }
}

TEST(Catalogue, Dpkg_says_what_is_installed_and_a_list_describes_it) {
    for (const bool dpkg_first : {true, false}) {
        Catalogue catalogue;
        if (dpkg_first) catalogue.add(from_dpkg("a", "1"));
        catalogue.add(from_list("a", "1", "from a list"));
        if (!dpkg_first) catalogue.add(from_dpkg("a", "1"));
        EXPECT_EQ(catalogue.counts().repeated, 1U);
        const PackageRecord package = catalogue.take().at(0);
        EXPECT_EQ(package.summary, "from a list");
        EXPECT_EQ(package.state, "installed");
        EXPECT_EQ(package.installed_version, "1");
    }
}

TEST(Catalogue, An_older_installed_version_is_remembered_beside_the_newer_one) {
    Catalogue catalogue;
    catalogue.add(from_dpkg("a", "1"));
    catalogue.add(from_list("a", "2"));
    catalogue.add(from_list("a", "3"));
    const PackageRecord package = catalogue.take().at(0);
    EXPECT_EQ(package.version, "3");
    EXPECT_EQ(package.installed_version, "1");
}

TEST(Catalogue, A_newer_installed_version_is_the_one_that_counts) {
    Catalogue catalogue;
    catalogue.add(from_list("a", "1"));
    catalogue.add(from_dpkg("a", "2"));
    const PackageRecord package = catalogue.take().at(0);
    EXPECT_EQ(package.version, "2");
    EXPECT_EQ(package.installed_version, "2");
}

TEST(Catalogue, Each_maintainer_gets_the_most_common_spelling) {
    Catalogue catalogue;
    const std::vector<MaintainerRecord> spellings{{"J. Doe", "jane@x.org"},
                                                  {"Jane Doe", "Jane@x.org"},
                                                  {"Jane Doe", "Jane@x.org"},
                                                  {"Another", "a@x.org"}};
    for (std::size_t i = 0; i < spellings.size(); ++i) {
        PackageRecord package = from_list(std::string("p") + std::to_string(i), "1");
        package.maintainer = spellings[i];
        catalogue.add(std::move(package));
    }
    catalogue.add(from_list("p9", "1"));
    const std::vector<PackageRecord> packages = catalogue.take();
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(packages[i].maintainer, (MaintainerRecord{"Jane Doe", "Jane@x.org"}));
    }
    EXPECT_EQ(packages[3].maintainer.name, "Another");
    EXPECT_TRUE(packages[4].maintainer.empty());
}

TEST(ContentHash, Is_the_same_for_the_same_content_in_every_run) {
    PackageRecord package = from_list("a", "1", "summary");
    EXPECT_EQ(content_hash(PackageRecord(package)), content_hash(package));
    // Databases hold the values of earlier runs: another one would make every package look changed.
    EXPECT_EQ(content_hash(package), 4421945977722948374);
}

TEST(ContentHash, Sees_every_stored_property) {
    const PackageRecord original = from_dpkg("a", "1");
    const auto differs = [&original](auto change) {
        PackageRecord changed = original;
        change(changed);
        return content_hash(changed) != content_hash(original);
    };
    const DependencyRecord dependency{RelationKind::depends, 0, 0, {"b", "", std::nullopt, ""}};
    EXPECT_TRUE(differs([](PackageRecord& p) { p.name = "b"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.version = "2"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.architecture = "amd64"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.section = "libs"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.section = ""; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.priority = Priority::required; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.installed_kib = 0; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.state.reset(); }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.installed_version = "0"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.summary = "x"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.maintainer = {"x", "x@y"}; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.homepage = "x"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.source_name = "x"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.source_version = "2"; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.essential = true; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.multi_arch = MultiArch::same; }));
    EXPECT_TRUE(differs([](PackageRecord& p) { p.tags = {"a::b"}; }));
    EXPECT_TRUE(differs([&](PackageRecord& p) { p.dependencies = {dependency}; }));
}

TEST(ContentHash, Sees_every_property_of_a_dependency) {
    using enum VersionOperator;
    PackageRecord original = from_list("a", "1");
    original.dependencies = {
        {RelationKind::depends, 1, 1, {"b", "any", VersionConstraint{later, "1"}, "[x]"}}};
    const auto differs = [&original](auto change) {
        PackageRecord changed = original;
        change(changed.dependencies[0]);
        return content_hash(changed) != content_hash(original);
    };
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.kind = RelationKind::breaks; }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.group = 0; }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.position = 0; }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.relation.name = "c"; }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.relation.architecture_qualifier = ""; }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.relation.constraint.reset(); }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.relation.constraint->op = earlier; }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.relation.constraint->version = "2"; }));
    EXPECT_TRUE(differs([](DependencyRecord& d) { d.relation.restrictions = ""; }));
}

TEST(ContentHash, Text_that_moves_from_one_property_to_the_next_is_a_change) {
    PackageRecord a = from_list("a", "1");
    PackageRecord b = a;
    a.source_name = "ab";
    a.source_version = "c";
    b.source_name = "a";
    b.source_version = "bc";
    EXPECT_NE(content_hash(a), content_hash(b));
}

}  // namespace
}  // namespace packages
