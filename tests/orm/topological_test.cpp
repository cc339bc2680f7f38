// SPDX-License-Identifier: MIT
#include <azoth/orm/topological.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace {

using azoth::orm::Edge;
using azoth::orm::find_circles;
using azoth::orm::sort_by_rank;
using azoth::orm::sort_in_layers;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

using Edges = std::vector<Edge>;

TEST(FindCircles, a_chain_has_none) {
    const Edges chain{{0, 1}, {1, 2}, {0, 2}};
    EXPECT_THAT(find_circles(3, chain), Each(false));
    EXPECT_THAT(find_circles(0, Edges()), IsEmpty());
}

TEST(FindCircles, names_the_things_on_circles_and_no_others) {
    // 0 → (1 → 2 → 3 → 1) → 4, (5 ⇄ 6), and 7 alone
    const Edges edges{{0, 1}, {1, 2}, {2, 3}, {3, 1}, {3, 4}, {5, 6}, {6, 5}};
    EXPECT_THAT(find_circles(8, edges),
                ElementsAre(false, true, true, true, false, true, true, false));
}

TEST(FindCircles, what_comes_before_itself_is_a_circle) {
    const Edges edges{{1, 1}};
    EXPECT_THAT(find_circles(2, edges), ElementsAre(false, true));
}

TEST(FindCircles, two_circles_that_share_a_thing_are_one) {
    const Edges edges{{0, 1}, {1, 0}, {1, 2}, {2, 1}};
    EXPECT_THAT(find_circles(3, edges), Each(true));
}

TEST(FindCircles, a_long_chain_needs_no_deep_stack) {
    Edges chain;
    constexpr std::uint32_t length = 300'000;
    for (std::uint32_t i = 1; i < length; ++i) chain.push_back({i - 1, i});
    EXPECT_THAT(find_circles(length, chain), Each(false));
    chain.push_back({length - 1, 0});
    EXPECT_THAT(find_circles(length, chain), Each(true));
}

TEST(SortByRank, takes_the_lowest_rank_of_what_is_ready) {
    const std::vector<std::uint64_t> ranks{5, 3, 4, 1};
    EXPECT_THAT(sort_by_rank(Edges(), ranks), ElementsAre(3, 1, 2, 0));
    const Edges edges{{0, 3}};
    EXPECT_THAT(sort_by_rank(edges, ranks), ElementsAre(1, 2, 0, 3));
}

TEST(SortByRank, equal_ranks_keep_their_order) {
    const std::vector<std::uint64_t> ranks(4, 7);
    EXPECT_THAT(sort_by_rank(Edges(), ranks), ElementsAre(0, 1, 2, 3));
}

TEST(SortByRank, an_edge_given_twice_counts_once) {
    const std::vector<std::uint64_t> ranks{1, 0};
    const Edges edges{{0, 1}, {0, 1}};
    EXPECT_THAT(sort_by_rank(edges, ranks), ElementsAre(0, 1));
}

TEST(SortByRank, leaves_out_circles_and_what_stands_behind_them) {
    const std::vector<std::uint64_t> ranks(4, 0);
    const Edges edges{{1, 2}, {2, 1}, {2, 3}};
    EXPECT_THAT(sort_by_rank(edges, ranks), ElementsAre(0));
}

TEST(SortInLayers, each_layer_needs_earlier_ones_only) {
    const Edges edges{{0, 2}, {1, 2}, {2, 3}, {0, 4}};
    EXPECT_THAT(sort_in_layers(5, edges),
                ElementsAre(ElementsAre(0, 1), ElementsAre(2, 4), ElementsAre(3)));
}

TEST(SortInLayers, leaves_out_circles_and_what_stands_behind_them) {
    const Edges edges{{1, 2}, {2, 1}, {2, 3}};
    EXPECT_THAT(sort_in_layers(4, edges), ElementsAre(ElementsAre(0)));
    EXPECT_THAT(sort_in_layers(0, Edges()), IsEmpty());
}

}  // namespace
