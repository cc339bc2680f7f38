// SPDX-License-Identifier: MIT
#include "packages/line_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace packages {
namespace {

struct SeenLine {
    std::string text{};
    std::uint64_t number{};
    bool too_long{};
    bool terminated{};
    bool operator==(const SeenLine&) const = default;
};

// Gives the bytes one by one, as a slow pipe may.
class DrippingSource final : public ByteSource {
  public:
    explicit DrippingSource(std::string text) : text_(std::move(text)) {}
    std::size_t read(std::span<char> into) override {
        if (at_ == text_.size()) return 0;
        into[0] = text_[at_++];
        return 1;
    }

  private:
    std::string text_;
    std::size_t at_ = 0;
};

std::vector<SeenLine> lines_of(ByteSource& source, std::size_t limit) {
    std::vector<SeenLine> seen;
    LineReader reader(source, limit);
    Line line;
    while (reader.next(line)) {
        seen.push_back({std::string(line.text), line.number, line.too_long, line.terminated});
    }
    return seen;
}

std::vector<SeenLine> lines_of(const std::string& text, std::size_t limit = 1000) {
    MemorySource at_once(text);
    DrippingSource in_drops(text);
    std::vector<SeenLine> seen = lines_of(at_once, limit);
    EXPECT_EQ(lines_of(in_drops, limit), seen) << "the lines depend on how the bytes arrive";
    return seen;
}

using Seen = std::vector<SeenLine>;

TEST(LineReader, Numbers_lines_and_keeps_empty_ones) {
    EXPECT_EQ(lines_of("a\n\nbc\n"),
              (Seen{{"a", 1, false, true}, {"", 2, false, true}, {"bc", 3, false, true}}));
}

TEST(LineReader, An_empty_input_has_no_line) {
    EXPECT_EQ(lines_of(""), Seen{});
}

TEST(LineReader, Takes_both_line_endings) {
    EXPECT_EQ(lines_of("a\r\nb\n\r\nc\r"), (Seen{{"a", 1, false, true},
                                                 {"b", 2, false, true},
                                                 {"", 3, false, true},
                                                 {"c", 4, false, false}}));
}

TEST(LineReader, Keeps_nul_bytes) {
    const std::string text("a\0b\n", 4);
    EXPECT_EQ(lines_of(text), (Seen{{std::string("a\0b", 3), 1, false, true}}));
}

TEST(LineReader, Tells_a_last_line_without_newline) {
    EXPECT_EQ(lines_of("a\nb"), (Seen{{"a", 1, false, true}, {"b", 2, false, false}}));
}

TEST(LineReader, Cuts_a_line_beyond_the_limit_and_goes_on_with_the_next) {
    EXPECT_EQ(lines_of("1234\n12345\nx\n", 4),
              (Seen{{"1234", 1, false, true}, {"1234", 2, true, true}, {"x", 3, false, true}}));
}

TEST(LineReader, Reads_a_gigantic_line_in_bounded_memory) {
    // 64 MiB without a newline, made while it is read.
    class Endless final : public ByteSource {
      public:
        std::size_t read(std::span<char> into) override {
            if (left_ == 0) return 0;
            const std::size_t count = std::min(left_, into.size());
            std::fill_n(into.begin(), count, 'x');
            left_ -= count;
            return count;
        }

      private:
        std::size_t left_ = std::size_t{64} << 20;
    } source;
    LineReader reader(source, 100);
    Line line;
    ASSERT_TRUE(reader.next(line));
    EXPECT_TRUE(line.too_long);
    EXPECT_EQ(line.text, std::string(100, 'x'));
    EXPECT_FALSE(reader.next(line));
}

TEST(LineReader, Puts_lines_together_that_span_its_buffer) {
    const std::string long_line(600'000, 'y');
    MemorySource source(long_line);
    LineReader reader(source);
    Line line;
    ASSERT_TRUE(reader.next(line));
    EXPECT_EQ(line.text, long_line);
    EXPECT_FALSE(line.too_long);
}

}  // namespace
}  // namespace packages
