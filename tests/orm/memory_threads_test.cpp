// SPDX-License-Identifier: MIT
#include "memory_support.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace {

using namespace memory_test;

constexpr int thread_count = 8;

template <class Work>
void in_threads(Work&& work) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < thread_count; ++i) threads.emplace_back([&work, i] { work(i); });
}

class MemoryThreads : public testing::Test {
  protected:
    void TearDown() override { EXPECT_EQ(living, 0); }
};

TEST_F(MemoryThreads, R11_handles_are_copied_and_dropped_in_eight_threads) {
    const auto shared = make(7);
    in_threads([&](int) {
        for (int i = 0; i < 5000; ++i) {
            const auto copy = shared;
            const auto again = copy;
            EXPECT_EQ(again->number, 7);
        }
    });
}

TEST_F(MemoryThreads, R11_the_last_of_eight_threads_to_drop_a_handle_frees_the_object) {
    for (int round = 0; round < 100; ++round) {
        std::vector<Ptr<Thing>> handles(thread_count, make(round));
        in_threads([&](int i) { handles[static_cast<std::size_t>(i)].reset(); });
        EXPECT_EQ(living, 0);
    }
}

TEST_F(MemoryThreads, R8_handles_are_dropped_in_other_threads_while_their_regions_are_united) {
    for (int round = 0; round < 200; ++round) {
        constexpr std::size_t objects = 32;
        std::vector<Ptr<Thing>> mine;
        std::vector<Ptr<Thing>> theirs;
        for (std::size_t i = 0; i < objects; ++i) {
            mine.push_back(make(static_cast<int>(i)));
            theirs.push_back(mine.back());
        }
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < 4; ++t)
                threads.emplace_back([&theirs, t] {
                    for (std::size_t i = t; i < objects; i += 4) theirs[i].reset();
                });
            for (std::size_t i = 1; i < objects; ++i)
                Region::unite(region_of(mine[0]), region_of(mine[i]));
        }
        EXPECT_EQ(living, static_cast<int>(objects));
        mine.clear();
        EXPECT_EQ(living, 0);
    }
}

TEST_F(MemoryThreads, R8_handles_are_dropped_in_other_threads_while_the_owner_frees_and_lets_go) {
    for (int round = 0; round < 200; ++round) {
        Owner owner;
        std::vector<Ptr<Thing>> theirs;
        auto hub = make(-1, &owner);
        for (int i = 0; i < 24; ++i) {
            theirs.push_back(make(i, &owner));
            if (i % 3 == 0) Region::unite(region_of(hub), region_of(theirs.back()));
        }
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < 4; ++t)
            threads.emplace_back([&theirs, t] {
                for (std::size_t i = t; i < theirs.size(); i += 4) theirs[i].reset();
            });
        for (Region* region = owner.first(); region;) {
            Region* const next = region->next();
            (void)Region::destroy_unless_held(*region);
            region = next;
        }
        Region::split(region_of(hub), [](Slot&) {});
        owner.release_all();
    }
}

}  // namespace
