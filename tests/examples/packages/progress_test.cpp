// SPDX-License-Identifier: MIT
#include "packages/progress.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>

namespace packages {
namespace {

using namespace std::chrono_literals;

class ProgressTest : public testing::Test {
  protected:
    Progress make(ProgressStyle style, std::size_t columns = 80) {
        return {style, out, columns, [this] { return now; }};
    }

    std::string taken() {
        std::string text = out.str();
        out.str("");
        return text;
    }

    std::ostringstream out;
    std::chrono::steady_clock::time_point now{1000s};
};

TEST_F(ProgressTest, The_bar_shows_share_rate_and_remaining_time) {
    Progress progress = make(ProgressStyle::bar, 120);
    progress.start("store", 4000, "packages");
    taken();
    now += 2s;
    progress.advance_to(1000);
    EXPECT_EQ(taken(),
              "\r\x1b[Kstore: [######..................]  25 %, 1,000 of 4,000 packages, 500/s, "
              "6.0 s left");
    now += 6s;
    progress.advance_to(4000);
    taken();
    progress.finish();
    EXPECT_EQ(taken(), "\r\x1b[Kstore: 4,000 packages in 8.0 s, 500/s\n");
}

TEST_F(ProgressTest, The_bar_gives_way_to_the_figures) {
    Progress progress = make(ProgressStyle::bar, 80);
    progress.start("store", 63'682, "packages");
    taken();
    now += 1s;
    progress.advance_to(31'841);
    const std::string line = taken().substr(4);
    EXPECT_EQ(line,
              "store: [#######........]  50 %, 31,841 of 63,682 packages, 31,841/s, 1.0 s left");
    EXPECT_LT(line.size(), 80U);
}

TEST_F(ProgressTest, A_line_never_exceeds_the_terminal) {
    Progress progress = make(ProgressStyle::bar, 30);
    progress.start("store", 4000, "packages");
    EXPECT_EQ(taken(), "\r\x1b[Kstore: [......]   0 %, 0 of …");
}

TEST_F(ProgressTest, The_bar_is_drawn_ten_times_a_second_at_most) {
    Progress progress = make(ProgressStyle::bar);
    progress.start("store", 10'000, "packages");
    taken();
    int drawn = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        now += 1ms;
        progress.advance_to(i);
        drawn += taken().empty() ? 0 : 1;
    }
    EXPECT_EQ(drawn, 10);
}

TEST_F(ProgressTest, Elsewhere_plain_lines_come_every_few_seconds) {
    Progress progress = make(ProgressStyle::lines);
    progress.start("store", 100, "packages");
    now += 1s;
    progress.advance_to(10);
    EXPECT_EQ(taken(), "");
    now += 4s;
    progress.advance_to(50);
    EXPECT_EQ(taken(), "store: 50 of 100 packages, 10/s, 5.0 s left\n");
    progress.finish();
    EXPECT_EQ(taken(), "store: 50 packages in 5.0 s, 10/s\n");
}

TEST_F(ProgressTest, Without_a_total_there_is_no_forecast) {
    Progress progress = make(ProgressStyle::lines);
    progress.start("read", std::nullopt, "records");
    now += 4s;
    progress.advance_to(8);
    EXPECT_EQ(taken(), "read: 8 records, 2.0/s\n");
}

TEST_F(ProgressTest, A_total_that_was_too_small_does_no_harm) {
    Progress progress = make(ProgressStyle::bar, 120);
    progress.start("read", 0, "bytes");
    taken();
    now += 1s;
    progress.advance_to(5);
    EXPECT_EQ(taken(), "\r\x1b[Kread: [########################] 100 %, 5 of 0 bytes, 5.0/s");
}

TEST_F(ProgressTest, Quiet_shows_nothing_but_what_is_said) {
    Progress progress = make(ProgressStyle::none);
    progress.start("store", 100, "packages");
    now += 100s;
    progress.advance_to(50);
    progress.finish();
    EXPECT_EQ(taken(), "");
    progress.say("a message");
    EXPECT_EQ(taken(), "a message\n");
}

TEST_F(ProgressTest, A_message_stands_above_the_bar) {
    Progress progress = make(ProgressStyle::bar);
    progress.start("store", 100, "packages");
    const std::string bar = taken();
    progress.say("a message");
    EXPECT_EQ(taken(), "\r\x1b[Ka message\n" + bar);
}

TEST_F(ProgressTest, Nothing_is_finished_twice) {
    Progress progress = make(ProgressStyle::lines);
    progress.finish();
    EXPECT_EQ(taken(), "");
    progress.start("a", std::nullopt, "x");
    progress.start("b", std::nullopt, "x");
    EXPECT_EQ(taken(), "a: 0 x in 0.0 s\n");
    progress.finish();
    taken();
    progress.finish();
    EXPECT_EQ(taken(), "");
}

TEST(DurationText, Is_written_as_a_person_would) {
    EXPECT_EQ(duration_text(0.04), "0.0 s");
    EXPECT_EQ(duration_text(9.94), "9.9 s");
    EXPECT_EQ(duration_text(9.96), "10 s");
    EXPECT_EQ(duration_text(59.6), "1:00 min");
    EXPECT_EQ(duration_text(185), "3:05 min");
    EXPECT_EQ(duration_text(7800), "2:10 h");
}

TEST(Grouped, Sets_thousands_apart) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace packages
