// SPDX-License-Identifier: MIT
#include <azoth/orm/integer_identities.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <random>

namespace {

using azoth::orm::IntegerIdentities;
using azoth::orm::Slot;

/// The table beside a std::map that says what it is to hold.
class Compared {
  public:
    void put(std::int64_t key) {
        Slot& slot = fresh();
        const auto known = expected_.find(key);
        Slot* const before = known == expected_.end() ? nullptr : known->second;
        EXPECT_EQ(table_.put(key, slot), before) << key;
        expected_[key] = &slot;
    }
    void add(std::int64_t key) {
        if (expected_.contains(key)) return;
        Slot& slot = fresh();
        table_.add(key, slot);
        expected_[key] = &slot;
    }
    void erase(std::int64_t key) {
        table_.erase(key);
        expected_.erase(key);
    }
    void reserve(std::size_t more) { table_.reserve(more); }
    void clear() {
        table_.clear();
        expected_.clear();
    }
    /// \param around keys that are looked for too, there or not
    void check(std::int64_t around) const {
        EXPECT_EQ(table_.size(), expected_.size());
        EXPECT_EQ(table_.empty(), expected_.empty());
        for (const auto& [key, slot] : expected_) ASSERT_EQ(table_.find(key), slot) << key;
        for (std::int64_t key = around - 40; key < around + 40; ++key) {
            const auto known = expected_.find(key);
            ASSERT_EQ(table_.find(key), known == expected_.end() ? nullptr : known->second) << key;
        }
        std::size_t seen = 0;
        table_.for_each([&](Slot&) { ++seen; });
        EXPECT_EQ(seen, expected_.size());
    }

  private:
    Slot& fresh() { return slots_.emplace_back(Slot{.slab = nullptr}); }

    IntegerIdentities table_;
    std::map<std::int64_t, Slot*> expected_;
    std::deque<Slot> slots_;
};

/// Keys of one pattern come, go and come again, at random.
void compare_with_map(const std::function<std::int64_t(std::int64_t)>& key_of) {
    std::mt19937_64 random(7);
    Compared both;
    both.check(0);
    for (const std::int64_t keys : {6, 100, 5000}) {
        for (int step = 0; step < 4000; ++step) {
            const auto key = key_of(static_cast<std::int64_t>(random()) % keys);
            switch (random() % 4) {
                case 0: both.put(key); break;
                case 1: both.add(key); break;
                case 2: both.erase(key); break;
                default: both.put(key_of(step % keys)); break;
            }
        }
        both.check(key_of(keys / 2));
        both.reserve(static_cast<std::size_t>(keys));
        both.check(key_of(keys / 2));
        if (keys != 100) both.clear();
        both.check(key_of(0));
    }
}

TEST(IntegerIdentities, finds_what_was_entered_of_neighbouring_keys) {
    compare_with_map([](std::int64_t n) { return n; });
}

TEST(IntegerIdentities, finds_what_was_entered_of_keys_far_apart) {
    compare_with_map([](std::int64_t n) { return n * 1'000'003; });
}

// As generators make them that put a time or a machine's number into the upper bits.
TEST(IntegerIdentities, finds_what_was_entered_of_keys_that_differ_in_their_upper_bits) {
    for (const int shift : {3, 12, 22, 40})
        compare_with_map(
            [shift](std::int64_t n) { return static_cast<std::int64_t>(n * (1LL << shift)); });
}

TEST(IntegerIdentities, takes_the_smallest_and_the_largest_key) {
    Compared both;
    for (const std::int64_t key : {std::numeric_limits<std::int64_t>::min() + 100,
                                   std::numeric_limits<std::int64_t>::max() - 100}) {
        for (std::int64_t n = -90; n < 90; ++n) both.put(key + n);
        both.check(key);
    }
    both.put(std::numeric_limits<std::int64_t>::min());
    both.put(std::numeric_limits<std::int64_t>::max());
    both.put(0);
    both.erase(0);
    both.check(0);
}

TEST(IntegerIdentities, is_empty_after_clearing_however_large_it_was) {
    for (const std::int64_t keys : {1, 60, 20'000}) {
        Compared both;
        for (int round = 0; round < 3; ++round) {
            for (std::int64_t key = 0; key < keys; ++key) both.add(key);
            both.check(keys);
            both.clear();
            both.check(keys / 2);
        }
    }
}

}  // namespace
