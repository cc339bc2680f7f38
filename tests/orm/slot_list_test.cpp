// SPDX-License-Identifier: MIT
#include <azoth/orm/slot.hpp>
#include <azoth/orm/slot_list.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <vector>

namespace azoth_test {
namespace {

using azoth::orm::Slot;
using azoth::orm::SlotList;
using testing::ElementsAre;
using testing::ElementsAreArray;

/// More than a list keeps without a set.
using Slots = std::array<Slot, 100>;

SlotList list_of(Slots& slots, std::size_t count) {
    SlotList list;
    for (std::size_t i = 0; i < count; ++i) list.append(slots[i]);
    return list;
}

TEST(SlotList, keeps_the_order_in_which_objects_came) {
    Slots slots{};
    for (const std::size_t count : {std::size_t{3}, slots.size()}) {
        SlotList list = list_of(slots, count);
        std::vector<Slot*> expected;
        for (std::size_t i = 0; i < count; ++i) expected.push_back(&slots[i]);
        EXPECT_THAT(list.slots(), ElementsAreArray(expected));
        EXPECT_TRUE(list.erase(slots[1]));
        EXPECT_TRUE(list.erase(slots[count - 1]));
        EXPECT_FALSE(list.erase(slots[1]));
        expected.erase(expected.begin() + 1);
        expected.pop_back();
        EXPECT_THAT(list.slots(), ElementsAreArray(expected));
    }
}

TEST(SlotList, knows_what_it_holds_however_many_and_whoever_asks) {
    Slots slots{};
    SlotList list = list_of(slots, 99);
    EXPECT_FALSE(std::as_const(list).holds(slots[99]));  // builds no set
    EXPECT_TRUE(list.holds(slots[98]));                  // builds one
    EXPECT_FALSE(list.holds(slots[99]));
    list.append(slots[99]);
    EXPECT_TRUE(std::as_const(list).holds(slots[99]));
    EXPECT_TRUE(list.erase(slots[99]));
    EXPECT_FALSE(std::as_const(list).holds(slots[99]));
    list.clear();
    EXPECT_FALSE(list.holds(slots[0]));
    EXPECT_TRUE(list.empty());
}

TEST(SlotList, loses_what_another_one_holds) {
    Slots slots{};
    SlotList list = list_of(slots, 100);
    SlotList others = list_of(slots, 98);
    EXPECT_TRUE(list.holds(slots[5]));
    list.erase_all_of(others);
    EXPECT_THAT(list.slots(), ElementsAre(&slots[98], &slots[99]));
    EXPECT_FALSE(list.holds(slots[5]));
    EXPECT_TRUE(list.holds(slots[99]));
}

TEST(SlotList, that_has_moved_on_holds_the_same) {
    Slots slots{};
    SlotList list = list_of(slots, 50);
    EXPECT_TRUE(list.holds(slots[49]));
    SlotList moved = std::move(list);
    EXPECT_TRUE(std::as_const(moved).holds(slots[49]));
    EXPECT_EQ(moved.size(), 50U);
}

}  // namespace
}  // namespace azoth_test
