// SPDX-License-Identifier: MIT
// What dialects outside tell the compliance suite of themselves.
#include <azoth/core.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/message_of.hpp>
#include <tests/support/outside.hpp>

#include <stdexcept>

namespace {

using azoth::test::Database;
using azoth::test::message_of;
using azoth::test::register_outside_dialect;
using azoth::test::Requirements;
using azoth::test::requirements_of;
using testing::HasSubstr;

TEST(OutsideDialects, meet_the_requirements_of_the_database_that_they_are_like) {
    register_outside_dialect({.name = "elsewhere", .like = "postgresql"});
    const Database database{"elsewhere", "elsewhere://somebody@somewhere/x", "postgresql"};
    EXPECT_TRUE(requirements_of(database).postgresql);
    EXPECT_TRUE(requirements_of(database).conflict_constraint);
    EXPECT_FALSE(requirements_of(database).mariadb);
}

TEST(OutsideDialects, say_what_is_otherwise) {
    register_outside_dialect({.name = "weaker",
                              .like = "postgresql",
                              .adjust = [](Requirements& meets) { meets.two_phase = false; }});
    const Database weaker{"weaker", "weaker+fast://somebody@somewhere/x", "postgresql"};
    EXPECT_FALSE(requirements_of(weaker).two_phase);
    EXPECT_TRUE(requirements_of(weaker).deferrable_keys);
    EXPECT_TRUE(requirements_of({"postgresql", "postgresql://h/x", "postgresql"}).two_phase);
}

TEST(OutsideDialects, are_like_one_that_the_suite_knows) {
    EXPECT_THAT(
        message_of<std::invalid_argument>(
            [] { register_outside_dialect({.name = "strange", .like = "oracle"}); }),
        testing::AllOf(HasSubstr("'strange'"), HasSubstr("'oracle'"), HasSubstr("mariadb")));
    EXPECT_EQ(azoth::test::find_outside_dialect("strange"), nullptr);
}

}  // namespace
