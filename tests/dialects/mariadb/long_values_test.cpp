// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Values as long as the server takes them (its max_allowed_packet, 32 MB in the tests), and longer.

namespace {

using namespace mariadb_test;
using azoth::DataError;
using azoth::ProgrammingError;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::size_t megabyte = std::size_t{1024} * 1024;

constexpr std::size_t largest_packet = 32 * megabyte;

/// Text in which every place looks different.
std::string pattern(std::size_t size) {
    std::string text(size, ' ');
    std::uint32_t state = 1;
    for (char& c : text) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>('a' + (state >> 24) % 26);
    }
    return text;
}

class MariadbLongValues : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        connection->run("CREATE TEMPORARY TABLE l (id INT PRIMARY KEY, t LONGTEXT, b LONGBLOB)");
        if (GetParam()) connection->begin({});
    }
    ConnectionPtr connection = connect();
};

std::string label(const testing::TestParamInfo<bool>& arriving) {
    return arriving.param ? "arriving" : "stored";
}
INSTANTIATE_TEST_SUITE_P(Rows, MariadbLongValues, testing::Bool(), label);

TEST_P(MariadbLongValues, come_back_whole) {
    int id = 0;
    for (const std::size_t size : {std::size_t{250}, std::size_t{251}, std::size_t{65'535},
                                   std::size_t{65'536}, megabyte, 16 * megabyte - 2048}) {
        const std::string value = pattern(size);
        query(*connection, "INSERT INTO l (id, t) VALUES (?, ?)", {number(++id), text(value)});
        const auto select = prepare(*connection, {.sql = "SELECT t, id, t FROM l WHERE id = ?"});
        select->execute(Parameters{number(id)});
        std::vector<ValueView> cells(3);
        ASSERT_TRUE(select->fetch(cells.data())) << size;
        EXPECT_TRUE(cells[0].text() == value) << size;
        EXPECT_TRUE(cells[2].text() == value) << size;
        EXPECT_EQ(cells[1].integer, id);
        EXPECT_FALSE(select->fetch(cells.data()));
    }
}

TEST_P(MariadbLongValues, a_row_may_be_longer_than_a_packet_of_the_protocol) {
    // two packets of the protocol, which end at 16 MB less a byte, and one that ends there exactly
    const std::string half = pattern(9 * megabyte);
    query(*connection, "INSERT INTO l VALUES (1, ?, '')", {text(half)});
    query(*connection, "UPDATE l SET b = ?",
          {ValueView::of_bytes(std::as_bytes(std::span(half.data(), half.size())))});
    const auto select = prepare(*connection, {.sql = "SELECT t, b FROM l"});
    select->execute({});
    std::vector<ValueView> cells(2);
    ASSERT_TRUE(select->fetch(cells.data()));
    EXPECT_TRUE(cells[0].text() == half);
    EXPECT_TRUE(cells[1].text() == half);
    EXPECT_FALSE(select->fetch(cells.data()));
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST_P(MariadbLongValues, too_long_for_the_server_are_refused_and_the_connection_lives) {
    const std::string value = pattern(largest_packet);
    const auto error = caught<DataError>(
        [&] { query(*connection, "INSERT INTO l (id, t) VALUES (1, ?)", {text(value)}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->fault().message,
                AllOf(HasSubstr("max_allowed_packet"), HasSubstr("33554432")));
    EXPECT_LT(std::string(error->what()).size(), 2000U);
    EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM l"), 0);
    const std::string half = pattern(17 * megabyte);
    EXPECT_TRUE(caught<DataError>(
        [&] { query(*connection, "INSERT INTO l VALUES (1, ?, ?)", {text(half), text(half)}); }));
    const auto insert = prepare(*connection, {.sql = "INSERT INTO l (id, t) VALUES (?, ?)"});
    auto rows = rows_of({{number(1), text("short")}, {number(2), text(value)}});
    const auto in_bulk = caught<DataError>(
        [&] { insert->execute_many(rows, azoth::driver::ManyResult::none, nullptr); });
    ASSERT_TRUE(in_bulk);
    EXPECT_THAT(in_bulk->fault().message, HasSubstr("in parameter row 1"));
    EXPECT_EQ(integer(*connection, "SELECT 2"), 2);
}

TEST_P(MariadbLongValues, so_are_statements) {
    const std::string value = "SELECT '" + pattern(largest_packet) + "'";
    for (const bool prepared : {true, false}) {
        const auto error = caught<ProgrammingError>([&] {
            if (prepared)
                (void)prepare(*connection, {.sql = value});
            else
                connection->run(value);
        });
        ASSERT_TRUE(error);
        EXPECT_THAT(error->fault().message, HasSubstr("max_allowed_packet"));
    }
    EXPECT_EQ(integer(*connection, "SELECT 3"), 3);
}

TEST_P(MariadbLongValues, between_short_ones_each_row_is_its_own) {
    const auto insert = prepare(*connection, {.sql = "INSERT INTO l VALUES (?, ?, ?)"});
    std::vector<std::string> texts;
    for (std::int64_t id = 0; id < 50; ++id) {
        texts.push_back(pattern(id % 7 == 0 ? 300'000 : static_cast<std::size_t>(id)));
        insert->execute(Parameters{number(id), id % 5 == 0 ? ValueView() : text(texts.back()),
                                   text(texts.back())});
    }
    const auto select = prepare(*connection, {.sql = "SELECT id, t, b FROM l ORDER BY id"});
    select->execute({});
    std::vector<ValueView> cells(3);
    for (std::int64_t id = 0; id < 50; ++id) {
        ASSERT_TRUE(select->fetch(cells.data()));
        const std::string& expected = texts[static_cast<std::size_t>(id)];
        EXPECT_EQ(cells[1].is_null(), id % 5 == 0);
        EXPECT_TRUE(cells[1].is_null() || cells[1].text() == expected) << id;
        EXPECT_TRUE(cells[2].text() == expected) << id;
    }
}

}  // namespace
