// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/core.hpp>
#include <azoth/engines.hpp>
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace azoth;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct MockEngines : testing::Test {
    MockEngine engine(const std::string& url) {
        return create_mock_engine(url, [this](std::string_view sql) { ddl.emplace_back(sql); });
    }
    MetaData metadata;
    Table users{
        "users",
        metadata,
        {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"name", String{20}, indexed}}};
    std::vector<std::string> ddl;
};

TEST_F(MockEngines, tell_the_DDL_of_their_dialect) {
    metadata.create_all(engine("sqlite://"), false);
    ASSERT_THAT(ddl, SizeIs(2));
    EXPECT_THAT(ddl[0], HasSubstr("\"id\" INTEGER NOT NULL"));
    EXPECT_THAT(ddl[1], HasSubstr("CREATE INDEX"));
    ddl.clear();
    metadata.create_all(engine("postgresql://nobody@nowhere/nothing"), false);
    EXPECT_THAT(ddl[0], HasSubstr("\"id\" SERIAL"));
    ddl.clear();
    metadata.create_all(engine("mariadb://"), false);
    EXPECT_THAT(ddl[0], HasSubstr("AUTO_INCREMENT"));
    ddl.clear();
    metadata.drop_all(engine("sqlite://"), false);
    EXPECT_THAT(ddl, ElementsAre(HasSubstr("DROP TABLE \"users\"")));
}

TEST_F(MockEngines, know_of_nothing_that_is_there) {
    metadata.create_all(engine("sqlite://"));
    EXPECT_THAT(ddl, SizeIs(2));
    ddl.clear();
    metadata.drop_all(engine("sqlite://"));
    EXPECT_THAT(ddl, IsEmpty());
}

TEST_F(MockEngines, pass_on_what_their_function_throws) {
    const auto refusing =
        create_mock_engine("sqlite://", [](std::string_view) { throw std::runtime_error("full"); });
    EXPECT_THROW(metadata.create_all(refusing, false), std::runtime_error);
    EXPECT_THROW(metadata.create_all(refusing, false), std::runtime_error)
        << "the tables are there";
}

TEST_F(MockEngines, need_a_function_and_a_dialect) {
    EXPECT_THROW((void)create_mock_engine("sqlite://", {}), ArgumentError);
    EXPECT_THROW((void)engine("nosuch://"), NoSuchModuleError);
    EXPECT_THROW((void)engine("not a url"), ArgumentError);
}

}  // namespace
