// SPDX-License-Identifier: MIT
#include "packages/cycles.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace packages {
namespace {

using Groups = std::vector<std::vector<std::int64_t>>;

TEST(Cycles, A_graph_without_circles_has_none) {
    EXPECT_EQ(circular_groups({}), Groups{});
    EXPECT_EQ(circular_groups({{1, 2}, {1, 3}, {2, 4}, {3, 4}}), Groups{});
}

TEST(Cycles, A_node_that_needs_itself_is_no_group) {
    EXPECT_EQ(circular_groups({{1, 1}}), Groups{});
}

TEST(Cycles, Finds_each_group_once_the_largest_first) {
    // 10 ⇄ 11; 1 → 2 → 3 → 1 with 3 → 10; 20 ⇄ 21 apart; 5 needs a circle without being in it.
    EXPECT_EQ(circular_groups({{10, 11},
                               {11, 10},
                               {1, 2},
                               {2, 3},
                               {3, 1},
                               {3, 10},
                               {5, 1},
                               {20, 21},
                               {21, 20},
                               {20, 21}}),
              (Groups{{1, 2, 3}, {10, 11}, {20, 21}}));
}

TEST(Cycles, Circles_that_share_a_node_are_one_group) {
    EXPECT_EQ(circular_groups({{1, 2}, {2, 1}, {2, 3}, {3, 2}}), (Groups{{1, 2, 3}}));
}

TEST(Cycles, A_very_long_chain_needs_no_deep_stack) {
    constexpr std::int64_t length = 300'000;
    std::vector<Edge> edges;
    for (std::int64_t node = 0; node < length; ++node) edges.push_back({node, node + 1});
    EXPECT_EQ(circular_groups(edges), Groups{});
    edges.push_back({length, 0});
    const Groups groups = circular_groups(edges);
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].size(), static_cast<std::size_t>(length) + 1);
}

// Against the definition: two nodes belong together if each reaches the other.
TEST(Cycles, Agrees_with_plain_reachability_on_random_graphs) {
    std::uint32_t state = 12345;
    const auto random = [&state](std::uint32_t bound) {
        state = state * 1664525U + 1013904223U;
        return (state >> 8) % bound;
    };
    constexpr std::size_t nodes = 12;
    for (int round = 0; round < 300; ++round) {
        std::vector<Edge> edges;
        bool reaches[nodes][nodes] = {};
        for (std::uint32_t i = 0; i < 8 + random(16); ++i) {
            const Edge edge{random(nodes), random(nodes)};
            edges.push_back(edge);
            reaches[edge.from][edge.to] = true;
        }
        for (std::size_t k = 0; k < nodes; ++k) {
            for (std::size_t i = 0; i < nodes; ++i) {
                for (std::size_t j = 0; j < nodes; ++j) {
                    reaches[i][j] = reaches[i][j] || (reaches[i][k] && reaches[k][j]);
                }
            }
        }
        std::size_t grouped_nodes = 0;
        for (const auto& group : circular_groups(edges)) {
            grouped_nodes += group.size();
            for (const std::int64_t a : group) {
                for (const std::int64_t b : group) EXPECT_TRUE(a == b || reaches[a][b]);
            }
        }
        std::size_t expected = 0;
        for (std::size_t i = 0; i < nodes; ++i) {
            bool in_group = false;
            for (std::size_t j = 0; j < nodes; ++j) {
                in_group = in_group || (i != j && reaches[i][j] && reaches[j][i]);
            }
            expected += in_group ? 1 : 0;
        }
        EXPECT_EQ(grouped_nodes, expected) << "round " << round;
    }
}

}  // namespace
}  // namespace packages
