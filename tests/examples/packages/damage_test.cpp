// SPDX-License-Identifier: MIT
// Damaged input of every kind must end in packages that the database can take, and in complaints.
#include "packages/utf8.hpp"
#include "packages/version.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace packages {
namespace {

constexpr std::string_view sound = R"(Package: editor
Version: 2:1.0~rc1-3+b1
Architecture: amd64
Maintainer: "Doe, Jane" <jane@x.org>
Section: editors
Priority: optional
Installed-Size: 120
Multi-Arch: foreign
Source: editor-src (1.0)
Depends: libc6 (>= 2.36), python3:any (<< 4) | perl,
 libx [amd64] <!nocheck>
Provides: vi (= 1)
Tag: role::program, use::editing,
 interface::text
Description: edits text
 and more

Package: libx
Version: 1
Architecture: all
Maintainer: X <x@x.org>
Status: install ok installed
)";

// The same numbers in every run.
class Random {
  public:
    explicit Random(std::uint32_t seed) : state_(seed) {}
    std::size_t below(std::size_t bound) {
        state_ = state_ * 1664525U + 1013904223U;
        return (state_ >> 8) % bound;
    }

  private:
    std::uint32_t state_;
};

std::string damaged(Random& random) {
    std::string text(sound);
    const std::size_t blows = 1 + random.below(12);
    for (std::size_t i = 0; i < blows && !text.empty(); ++i) {
        const std::size_t at = random.below(text.size());
        switch (random.below(5)) {
            case 0: text[at] = static_cast<char>(random.below(256)); break;
            case 1: text.erase(at, 1 + random.below(20)); break;
            case 2: text.insert(at, 1, "\n :,|()<>=\0\r\t\xFF"[random.below(14)]); break;
            case 3: text.insert(at, text.substr(random.below(text.size()), 30)); break;
            default: text.resize(at); break;
        }
    }
    return text;
}

void expect_storable(const std::string& text, std::size_t longest) {
    EXPECT_TRUE(is_clean_utf8(text));
    EXPECT_LE(text.size(), longest);
}

void expect_storable(const PackageRecord& package) {
    EXPECT_TRUE(is_package_name(package.name));
    EXPECT_TRUE(is_version(package.version));
    EXPECT_TRUE(is_package_name(package.architecture));
    EXPECT_GE(package.installed_kib.value_or(0), 0);
    expect_storable(package.section.value_or(""), longest_name);
    expect_storable(package.source_name, longest_name);
    expect_storable(package.maintainer.identity(), 2 * longest_name);
    expect_storable(package.summary, 10'000);
    expect_storable(package.state.value_or(""), longest_name);
    for (const std::string& tag : package.tags) expect_storable(tag, longest_name);
    for (const DependencyRecord& dependency : package.dependencies) {
        EXPECT_TRUE(is_package_name(dependency.relation.name));
        if (const auto& constraint = dependency.relation.constraint) {
            EXPECT_TRUE(is_version(constraint->version));
        }
        expect_storable(dependency.relation.restrictions, 10'000);
    }
}

TEST(Damage, The_sound_text_is_sound) {
    const test::Parsing parsing = test::parse_text(sound);
    EXPECT_EQ(parsing.packages.size(), 2U);
    EXPECT_EQ(parsing.problems, test::Strings{});
}

TEST(Damage, Whatever_remains_can_be_stored) {
    Random random(20'240'601);
    std::size_t with_problems = 0;
    for (int round = 0; round < 5000; ++round) {
        const std::string text = damaged(random);
        SCOPED_TRACE(text);
        const test::Parsing parsing = test::parse_text(text);
        for (const PackageRecord& package : parsing.packages) expect_storable(package);
        with_problems += parsing.problems.empty() ? 0 : 1;
        if (testing::Test::HasFailure()) return;
    }
    EXPECT_GT(with_problems, 4000U) << "the damage was too gentle to prove anything";
}

}  // namespace
}  // namespace packages
