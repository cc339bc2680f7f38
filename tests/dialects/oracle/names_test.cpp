// SPDX-License-Identifier: MIT
#include <azoth/dialects/oracle/names.hpp>

#include <gtest/gtest.h>

using azoth::oracle::stored_name;

namespace {

TEST(OracleNames, in_lower_case_are_those_that_the_database_keeps_in_capitals) {
    EXPECT_EQ(stored_name("user_account"), "USER_ACCOUNT");
    EXPECT_EQ(stored_name("a1$_"), "A1$_");
    EXPECT_EQ(stored_name("access"), "ACCESS") << "reserved, but not where it is quoted";
}

TEST(OracleNames, that_need_quotes_are_kept_as_they_are) {
    for (const char* name : {"Mixed", "CAPITALS", "a b", "a\"b", "a-b", "a#b", "_x", "1x", "$x",
                             "snø", "a.b", "select", "date", "level", "varchar2", "with", "all"})
        EXPECT_EQ(stored_name(name), name);
    EXPECT_EQ(stored_name(""), "");
}

}  // namespace
