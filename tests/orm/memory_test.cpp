// SPDX-License-Identifier: MIT
#include "memory_support.hpp"
#include <azoth/base/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace {

using namespace memory_test;

class Memory : public testing::Test {
  protected:
    void SetUp() override { ASSERT_EQ(living, 0); }
    void TearDown() override { EXPECT_EQ(living, 0); }
};

TEST_F(Memory, R8_a_region_without_owner_dies_with_its_last_handle) {
    auto first = make(1);
    auto second = first;
    first.reset();
    EXPECT_EQ(living, 1);
    EXPECT_EQ(second->number, 1);
    second.reset();
    EXPECT_EQ(living, 0);
}

TEST_F(Memory, R8_united_objects_live_as_long_as_a_handle_to_any_of_them) {
    auto parent = make(1);
    auto child = make(2);
    Region::unite(region_of(parent), region_of(child));
    parent->other = &*child;
    child->other = &*parent;
    child.reset();
    EXPECT_EQ(living, 2);
    EXPECT_EQ(parent->other->number, 2);
    // A handle made again from what the object leads to.
    auto again = PtrAccess::make<Thing>(parent->other);
    parent.reset();
    EXPECT_EQ(again->other->number, 1);
    again.reset();
}

TEST_F(Memory, R8_three_objects_united_in_every_order_and_dropped_in_every_order) {
    using Pair = std::pair<int, int>;
    std::array<Pair, 3> unions{Pair{0, 1}, Pair{1, 2}, Pair{2, 0}};
    std::sort(unions.begin(), unions.end());
    do {
        std::array<int, 3> drops{0, 1, 2};
        do {
            std::array<Ptr<Thing>, 3> handles{make(0), make(1), make(2)};
            for (const auto& [a, b] : unions)
                Region::unite(region_of(handles[static_cast<std::size_t>(a)]),
                              region_of(handles[static_cast<std::size_t>(b)]));
            for (int i = 0; i < 3; ++i) {
                EXPECT_EQ(living, 3);
                handles[static_cast<std::size_t>(drops[static_cast<std::size_t>(i)])].reset();
            }
            EXPECT_EQ(living, 0);
        } while (std::next_permutation(drops.begin(), drops.end()));
    } while (std::next_permutation(unions.begin(), unions.end()));
}

TEST_F(Memory, R8_a_handle_dropped_between_unions_is_missed_by_none_of_them) {
    auto a = make(1);
    auto b = make(2);
    Region::unite(region_of(a), region_of(b));
    b.reset();
    auto c = make(3);
    Region::unite(region_of(a), region_of(c));
    a.reset();
    EXPECT_EQ(living, 3);
    c.reset();
    EXPECT_EQ(living, 0);
}

TEST_F(Memory, R8_many_objects_share_slabs_and_keep_their_addresses) {
    Region& region = *Region::make(nullptr);
    std::vector<Thing*> things;
    Ptr<Thing> handle;
    for (int i = 0; i < 10000; ++i) {
        Slot& slot = put(region, i);
        things.push_back(static_cast<Thing*>(slot.object()));
        if (i == 0) handle = PtrAccess::make<Thing>(slot.object());
        EXPECT_EQ(slot_of(slot.object()), &slot);
    }
    for (int i = 0; i < 10000; ++i) EXPECT_EQ(things[static_cast<std::size_t>(i)]->number, i);
    EXPECT_EQ(living, 10000);
}

TEST_F(Memory, R8_an_object_that_could_not_be_made_leaves_no_trace) {
    Region& region = *Region::make(nullptr);
    auto handle = PtrAccess::make<Thing>(put(region, 1, 8).object());
    Slot& failed = region.allocate(thing_type());
    failed.slab->take_back(failed);
    auto next = PtrAccess::make<Thing>(put(region, 2).object());
    EXPECT_EQ(next->number, 2);
}

TEST_F(Memory, R9_an_owner_keeps_its_regions_and_frees_those_without_a_handle) {
    Owner owner;
    auto held = make(1, &owner);
    (void)put(*Region::make(&owner), 2);
    EXPECT_EQ(owner.count(), 2);
    for (Region* region = owner.first(); region;) {
        Region* const next = region->next();
        (void)Region::destroy_unless_held(*region);
        region = next;
    }
    EXPECT_EQ(owner.count(), 1);
    EXPECT_EQ(living, 1);
    owner.release_all();
    EXPECT_EQ(living, 1);
    EXPECT_EQ(held->number, 1);
}

TEST_F(Memory, R9_a_region_that_is_made_held_is_kept_until_that_handle_is_gone) {
    Owner owner;
    Slot& slot = Region::make_held(owner, thing_type(), 4);
    new (slot.object()) Thing(1);
    Region& region = slot.slab->region();
    EXPECT_TRUE(slot.slab->is_held_once());
    EXPECT_TRUE(region.is_one_held_slab());
    EXPECT_FALSE(Region::destroy_unless_held(region));
    slot.slab->release();
    EXPECT_FALSE(region.is_one_held_slab());
    EXPECT_TRUE(Region::destroy_unless_held(region));
    EXPECT_EQ(owner.count(), 0);
    EXPECT_EQ(living, 0);
}

TEST_F(Memory, R9_splitting_frees_single_slabs_and_makes_the_others_regions_of_their_own) {
    Owner owner;
    auto hub = make(0, &owner);
    std::vector<Ptr<Thing>> spokes;
    for (int i = 1; i <= 6; ++i) {
        auto spoke = make(i, &owner);
        Region::unite(region_of(hub), region_of(spoke));
        if (i % 2 == 0) spokes.push_back(spoke);
    }
    EXPECT_EQ(owner.count(), 1);
    int forgotten = 0;
    Region::split(region_of(hub), [&](Slot&) { ++forgotten; });
    EXPECT_EQ(forgotten, 3);
    EXPECT_EQ(living, 4);
    EXPECT_EQ(owner.count(), 4);
    hub.reset();
    for (const auto& spoke : spokes) EXPECT_EQ(spoke->number % 2, 0);
}

TEST_F(Memory, R9_pins_go_with_a_region_that_is_united) {
    Owner owner;
    auto a = make(1, &owner);
    auto b = make(2, &owner);
    region_of(b).pin();
    Region::unite(region_of(a), region_of(b));
    EXPECT_TRUE(region_of(a).is_pinned());
    region_of(b).unpin();
    EXPECT_FALSE(region_of(a).is_pinned());
}

TEST_F(Memory, uniting_a_region_of_an_owner_with_a_free_one_gives_both_to_the_owner) {
    Owner owner;
    auto owned = make(1, &owner);
    auto other = make(2);
    auto third = make(3);
    Region::unite(region_of(other), region_of(third));  // now the larger one
    Region::unite(region_of(owned), region_of(other));
    EXPECT_EQ(region_of(third).owner(), &owner);
    EXPECT_EQ(owner.count(), 1);
}

TEST_F(Memory, handles_compare_by_object_and_hash_alike) {
    const auto a = make(1);
    const auto b = make(2);
    const Ptr<const Thing> reading = a;
    EXPECT_EQ(a, reading);
    EXPECT_NE(a, b);
    EXPECT_EQ(std::hash<Ptr<Thing>>()(a), std::hash<Ptr<const Thing>>()(reading));
    EXPECT_EQ(Ptr<Thing>(), nullptr);
    EXPECT_FALSE(Ptr<Thing>());
}

TEST_F(Memory, a_null_handle_throws_and_names_the_class) {
    const Ptr<Thing> nothing;
    try {
        (void)nothing->number;
        FAIL() << "no exception";
    } catch (const azoth::InvalidRequestError& error) {
        EXPECT_NE(std::string(error.what()).find("Thing"), std::string::npos) << error.what();
    }
}

TEST_F(Memory, moved_and_swapped_handles_count_as_before) {
    auto a = make(1);
    auto b = std::move(a);
    EXPECT_FALSE(a);  // NOLINT(bugprone-use-after-move): that is what is tested
    auto c = make(2);
    b.swap(c);
    EXPECT_EQ(b->number, 2);
    b = c;
    EXPECT_EQ(living, 1);
    b = std::move(c);
    EXPECT_EQ(b->number, 1);
}

}  // namespace
