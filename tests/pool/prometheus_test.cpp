// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/pool/prometheus.hpp>

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace azoth::test {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// The lines of one metric.
std::vector<std::string> lines_of(const std::string& text, const std::string& metric) {
    std::vector<std::string> found;
    for (const std::string& line : lines_of(text)) {
        if (line.find(metric + " ") != std::string::npos || line.starts_with(metric + "{"))
            found.push_back(line);
    }
    return found;
}

std::string refusal_of(const PrometheusLabels& labels) {
    try {
        return "(accepted) " + prometheus_text(PoolStatistics{}, labels);
    } catch (const ArgumentError& error) {
        return error.what();
    }
}

TEST(Prometheus, gauges_and_counters_have_help_type_and_value) {
    const std::string text =
        prometheus_text({.checked_in = 3, .checkouts = 18446744073709551615U}, {{"pool", "main"}});
    EXPECT_EQ(lines_of(text, "azoth_pool_checked_in"),
              (std::vector<std::string>{
                  "# HELP azoth_pool_checked_in Idle open connections.",
                  "# TYPE azoth_pool_checked_in gauge",
                  "azoth_pool_checked_in{pool=\"main\"} 3",
              }));
    EXPECT_EQ(lines_of(text, "azoth_pool_checkouts_total"),
              (std::vector<std::string>{
                  "# HELP azoth_pool_checkouts_total Connections handed out.",
                  "# TYPE azoth_pool_checkouts_total counter",
                  "azoth_pool_checkouts_total{pool=\"main\"} 18446744073709551615",
              }));
}

TEST(Prometheus, every_line_is_of_the_format_and_every_metric_comes_once) {
    const std::string text = prometheus_text(PoolStatistics{});
    EXPECT_EQ(text.back(), '\n');
    std::set<std::string> names;
    const std::vector<std::string> lines = lines_of(text);
    ASSERT_EQ(lines.size() % 3, 0U);
    for (std::size_t i = 0; i < lines.size(); i += 3) {
        const std::string name = lines[i + 2].substr(0, lines[i + 2].find(' '));
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_TRUE(lines[i].starts_with("# HELP " + name + " ")) << lines[i];
        EXPECT_EQ(name.ends_with("_total"), lines[i + 1] == "# TYPE " + name + " counter") << name;
        EXPECT_EQ(lines[i + 2], name + " 0");
    }
    EXPECT_EQ(names.size(), 19U);
}

TEST(Prometheus, times_are_in_seconds) {
    const std::string text = prometheus_text({.wait_time = 90min + 1ms, .longest_wait = 2500ms});
    EXPECT_NE(text.find("\nazoth_pool_wait_seconds_total 5400.001\n"), std::string::npos) << text;
    EXPECT_NE(text.find("\nazoth_pool_longest_wait_seconds 2.5\n"), std::string::npos) << text;
}

TEST(Prometheus, R27_values_of_labels_are_escaped_and_can_not_inject_lines) {
    const std::string text = prometheus_text(
        PoolStatistics{}, {{"a", "\"} 1\nup 1\n# \\"}, {"b", "grün\t{}"}, {"c", ""}});
    EXPECT_EQ(lines_of(text, "azoth_pool_waiting").back(),
              "azoth_pool_waiting{a=\"\\\"} 1\\nup 1\\n# \\\\\",b=\"grün\t{}\",c=\"\"} 0");
    for (const std::string& line : lines_of(text))
        EXPECT_TRUE(line.starts_with("# ") || line.starts_with("azoth_pool_")) << line;
}

TEST(Prometheus, R27_names_of_labels_that_the_format_does_not_have_are_refused) {
    for (const char* name : {"", "1st", "a-b", "a b", "a\"", "a=\"x\",b", "ä", "__name__", "__",
                             "a\n", "le}", "a:b"}) {
        EXPECT_NE(refusal_of({{name, "x"}}).find("can't be the name of a label"), std::string::npos)
            << name;
    }
    EXPECT_TRUE(refusal_of({{"_x1", "x"}, {"A_", "x"}}).starts_with("(accepted)"));
}

TEST(Prometheus, a_label_given_twice_and_a_value_that_is_no_text_are_refused) {
    EXPECT_EQ(refusal_of({{"pool", "a"}, {"pool", "b"}}),
              "prometheus_text: the label pool is given twice");
    EXPECT_NE(refusal_of({{"pool", "\xff"}}).find("the label pool is no UTF-8: '\\xff'"),
              std::string::npos)
        << refusal_of({{"pool", "\xff"}});
}

TEST(Prometheus, several_pools_stand_together_under_each_metric) {
    const LabelledStatistics pools[] = {{{.checked_in = 1}, {{"pool", "reader"}}},
                                        {{.checked_in = 2}, {{"pool", "writer"}}}};
    const std::string text = prometheus_text(pools);
    EXPECT_EQ(lines_of(text, "azoth_pool_checked_in"),
              (std::vector<std::string>{
                  "# HELP azoth_pool_checked_in Idle open connections.",
                  "# TYPE azoth_pool_checked_in gauge",
                  "azoth_pool_checked_in{pool=\"reader\"} 1",
                  "azoth_pool_checked_in{pool=\"writer\"} 2",
              }));
}

TEST(Prometheus, pools_that_nothing_tells_apart_are_refused) {
    const LabelledStatistics same[] = {{{}, {{"a", "1"}, {"b", "2"}}},
                                       {{}, {{"b", "2"}, {"a", "1"}}}};
    EXPECT_THROW(static_cast<void>(prometheus_text(same)), ArgumentError);
    const LabelledStatistics unnamed[] = {{{}, {}}, {{}, {}}};
    EXPECT_THROW(static_cast<void>(prometheus_text(unnamed)), ArgumentError);
}

}  // namespace
}  // namespace azoth::test
