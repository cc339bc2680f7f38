// SPDX-License-Identifier: MIT
#include "packages/version.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace packages {
namespace {

TEST(Version, Orders_as_policy_says) {
    // Each one is later than the one before it.
    const std::vector<std::string> ascending{"0",
                                             "0.1~~",
                                             "0.1~~a",
                                             "0.1~",
                                             "0.1~rc1",
                                             "0.1",
                                             "0.1-0.1",
                                             "0.1-1",
                                             "0.1-1+b1",
                                             "0.1-1.1",
                                             "0.1a",
                                             "0.1+deb12u3",
                                             "0.1.1",
                                             "0.9",
                                             "0.10",
                                             "1.0-1~bpo12+1",
                                             "1.0-1",
                                             "1.0-10",
                                             "1.2.3",
                                             "1.2.3.4",
                                             "99999999999999999999",
                                             "100000000000000000000",
                                             "1:0",
                                             "1:0.1-1",
                                             "2:0",
                                             "10:0"};
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        for (std::size_t j = 0; j < ascending.size(); ++j) {
            const auto order = compare_versions(ascending[i], ascending[j]);
            EXPECT_EQ(order < 0, i < j) << ascending[i] << " and " << ascending[j];
            EXPECT_EQ(order == 0, i == j) << ascending[i] << " and " << ascending[j];
        }
    }
}

TEST(Version, Different_spellings_may_be_the_same_version) {
    EXPECT_TRUE(compare_versions("0:1.0", "1.0") == 0);
    EXPECT_TRUE(compare_versions("1.0-0", "1.0") == 0);
    EXPECT_TRUE(compare_versions("1.01", "1.1") == 0);
    EXPECT_TRUE(compare_versions("00:1", "1") == 0);
}

TEST(Version, The_last_hyphen_begins_the_revision) {
    EXPECT_TRUE(compare_versions("1.0-a-1", "1.0-a-2") < 0);
    EXPECT_TRUE(compare_versions("1.0-2-1", "1.0-10-0") < 0);
}

TEST(Version, Knows_a_version_from_other_text) {
    for (const char* good : {"1", "1.0-1", "2:1.0+dfsg~rc1-3+b1", "20230101", "1.0-a-1", "v1"}) {
        EXPECT_TRUE(is_version(good)) << good;
    }
    for (const char* bad :
         {"", "-1", "1-", ":1", "a:1", "1:", "1 2", "1_0", "1.0-1:2", "1;", "\u00FC"}) {
        EXPECT_FALSE(is_version(bad)) << bad;
    }
    EXPECT_FALSE(is_version(std::string(201, '1')));
}

}  // namespace
}  // namespace packages
