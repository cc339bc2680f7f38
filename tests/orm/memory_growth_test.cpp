// SPDX-License-Identifier: MIT
#include "shop.hpp"

#if defined(__SANITIZE_ADDRESS__)
extern "C" void __sanitizer_purge_allocator();  // NOLINT(bugprone-reserved-identifier): no header
#endif
#include <unistd.h>

#include <cstdlib>
#include <fstream>

// What sessions that live long leave in memory: nothing. Measured as the resident size of the
// process after a tenth of the work and after all of it. AZOTH_MEMORY_GETS says how much work.

namespace shop {
namespace {

std::int64_t gets_wanted() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr std::int64_t usual = 20000;
#else
    constexpr std::int64_t usual = 100000;
#endif
    const char* const text = std::getenv("AZOTH_MEMORY_GETS");
    return text ? std::strtoll(text, nullptr, 10) : usual;
}

double resident_bytes() {
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_purge_allocator();  // it keeps what is freed for a while, and that would be counted
#endif
    std::ifstream file("/proc/self/statm");
    double size = 0;
    double resident = 0;
    file >> size >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// One database is enough: what is measured is the session.
class MemoryGrowth : public ShopTest {
  protected:
    static constexpr std::int64_t rows_made = 2000;

    void SetUp() override {
        ShopTest::SetUp();
        const auto hub = session->add(User{.name = "hub"});
        for (std::int64_t i = 0; i < rows_made; ++i)
            session->add(Address{.email = "growth" + std::to_string(i), .user = hub});
        session->commit();
        hub_id_ = hub->id;
        first_id_ = by_email("growth0")->id;
        // A session that doesn't log: the test's own list of lines would grow.
        quiet_ = create_engine(GetParam().url);
    }
    void TearDown() override { quiet_.reset(); }

    /// Calls `step(number)` so many times; the size may not grow by more than 5 % after the tenth.
    template <class Step>
    void expect_no_growth(std::int64_t count, Step&& step) {
        double after_a_tenth = 0;
        for (std::int64_t i = 0; i < count; ++i) {
            step(i);
            if (i == count / 10) after_a_tenth = resident_bytes();
        }
        EXPECT_LE(resident_bytes(), after_a_tenth * 1.05);
    }
    [[nodiscard]] std::int64_t address_id(std::int64_t i) const {
        return first_id_ + i % rows_made;
    }

    std::optional<Engine> quiet_;
    std::int64_t hub_id_ = 0;
    std::int64_t first_id_ = 0;
};

const auto in_a_file = testing::Values(azoth::test::database("sqlite_file"));
INSTANTIATE_TEST_SUITE_P(OneDatabase, MemoryGrowth, in_a_file, azoth::test::label_of);

TEST_P(MemoryGrowth, R9_objects_without_a_handle_leave_nothing_behind) {
    Session long_lived(*quiet_, session->model());
    expect_no_growth(gets_wanted(), [&](std::int64_t i) {
        EXPECT_FALSE(long_lived.get<Address>(address_id(i))->email.empty());
        if (i % 1000 == 999) long_lived.commit();
    });
}

TEST_P(MemoryGrowth, R9_a_held_object_that_all_refer_to_keeps_none_of_them) {
    Session long_lived(*quiet_, session->model());
    const auto hub = long_lived.get<User>(hub_id_);
    expect_no_growth(gets_wanted(), [&](std::int64_t i) {
        EXPECT_EQ(long_lived.get<Address>(address_id(i))->user, hub);
        if (i % 1000 == 999) long_lived.commit();
    });
}

TEST_P(MemoryGrowth, R10_requests_that_use_a_cached_detached_object_leave_nothing_in_it) {
    Ptr<const User> cached;
    {
        Session loading(*quiet_, session->model());
        cached = loading.get<const User>(hub_id_);
        EXPECT_EQ(cached->name, "hub");
    }
    expect_no_growth(10000, [&](std::int64_t i) {
        Session request(*quiet_, session->model());
        const auto hub = request.merge(cached, {.load = false});
        const auto address = request.get<Address>(address_id(i));
        EXPECT_EQ(address->user, hub);
        EXPECT_NE(hub, cached);
        address->email += "x";
        request.add(Address{.email = "new", .user = hub});
        request.flush();
        request.rollback();
    });
}

}  // namespace
}  // namespace shop
