// SPDX-License-Identifier: MIT
#include "packages/json_writer.hpp"
#include "packages/text_table.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>

namespace packages {
namespace {

using namespace std::string_literals;

std::string table(const Answer& answer, std::size_t columns = 100) {
    std::ostringstream out;
    print_table(out, answer, columns);
    return out.str();
}

TEST(TextTable, Aligns_text_to_the_left_and_numbers_to_the_right) {
    const Answer answer{"x",
                        "Title",
                        {"name", "count", "note"},
                        {{"libc6"s, std::int64_t{31415}, "über"s},
                         {"a"s, std::int64_t{-7}, std::monostate{}},
                         {"東京"s, std::monostate{}, "z"s}},
                        std::nullopt};
    EXPECT_EQ(table(answer),
              "Title\n"
              "name    count  note\n"
              "-----  ------  ----\n"
              "libc6  31,415  über\n"
              "a          -7\n"
              "東京           z\n");
}

TEST(TextTable, Says_that_there_is_nothing) {
    EXPECT_EQ(table({"x", "Title", {"name"}, {}, 0}), "Title\n  none\n");
}

TEST(TextTable, Says_how_many_rows_there_are_beyond_the_limit) {
    const std::vector<std::vector<Cell>> rows{{"a"s}};
    EXPECT_EQ(table({"x", "T", {"n"}, rows, 1234}), "T\nn\n-\na\n… 1,234 in all\n");
    EXPECT_EQ(table({"x", "T", {"n"}, rows, 1}), "T\nn\n-\na\n");
}

TEST(TextTable, Shortens_the_widest_column_to_fit) {
    const Answer answer{"x", "T", {"a", "b"}, {{std::string(200, 'x'), "short"s}}, std::nullopt};
    std::istringstream lines(table(answer, 60));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 62U) << line;
    EXPECT_NE(table(answer, 60).find("…  short"), std::string::npos);
}

TEST(TextTable, The_lowest_number_is_a_number) {
    const Answer answer{
        "x", "T", {"n"}, {{std::numeric_limits<std::int64_t>::min()}}, std::nullopt};
    EXPECT_NE(table(answer).find("-9,223,372,036,854,775,808"), std::string::npos);
}

TEST(TextTable, Data_cannot_steer_the_terminal) {
    EXPECT_EQ(table({"x", "T", {"n"}, {{"\x1b[2Jgone\n"s}}, std::nullopt}),
              "T\nn\n---------------\n\\x1b[2Jgone\\x0a\n");
}

TEST(JsonWriter, Nests_objects_and_arrays) {
    std::ostringstream out;
    JsonWriter json(out);
    json.begin_object();
    json.key("a").value(std::int64_t{-1});
    json.key("b");
    json.begin_array();
    json.value("x");
    json.null();
    json.value(true);
    json.begin_object();
    json.end_object();
    json.end_array();
    json.key("c");
    json.begin_array();
    json.end_array();
    json.end_object();
    EXPECT_EQ(out.str(),
              "{\n  \"a\": -1,\n  \"b\": [\n    \"x\",\n    null,\n    true,\n    {}\n  ],\n"
              "  \"c\": []\n}\n");
}

TEST(JsonWriter, Escapes_what_json_forbids) {
    std::ostringstream out;
    JsonWriter json(out);
    json.value("quote \" backslash \\ newline \n bell \a delete \x7F umlaut ü broken \xFF"s +
               std::string(1, '\0'));
    EXPECT_EQ(out.str(),
              "\"quote \\\" backslash \\\\ newline \\n bell \\u0007 delete \\u007f umlaut ü broken "
              "\uFFFD\uFFFD\"");
}

TEST(JsonWriter, Writes_the_extreme_numbers) {
    std::ostringstream out;
    JsonWriter json(out);
    json.begin_array();
    json.value(std::numeric_limits<std::int64_t>::min());
    json.value(std::numeric_limits<std::uint64_t>::max());
    json.end_array();
    EXPECT_EQ(out.str(), "[\n  -9223372036854775808,\n  18446744073709551615\n]\n");
}

}  // namespace
}  // namespace packages
