// SPDX-License-Identifier: MIT
#include <azoth/driver/waiter.hpp>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX's sigaction
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <thread>

namespace {

using namespace std::chrono_literals;
using azoth::driver::Deadline;
using azoth::driver::no_deadline;
using azoth::driver::polling_waiter;
using azoth::driver::Readiness;
using Clock = std::chrono::steady_clock;

class PollingWaiter : public testing::Test {
  protected:
    PollingWaiter() { EXPECT_EQ(::pipe(ends_), 0); }
    ~PollingWaiter() override {
        ::close(ends_[0]);
        if (ends_[1] >= 0) ::close(ends_[1]);
    }
    void write() { ASSERT_EQ(::write(ends_[1], "x", 1), 1); }

    int ends_[2] = {-1, -1};
};

TEST_F(PollingWaiter, tells_what_a_descriptor_is_ready_for) {
    EXPECT_EQ(polling_waiter().wait(ends_[1], Readiness::write, no_deadline), Readiness::write);
    EXPECT_EQ(polling_waiter().wait(ends_[1], Readiness::read_or_write, no_deadline),
              Readiness::write);
    write();
    EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read, no_deadline), Readiness::read);
}

TEST_F(PollingWaiter, returns_none_when_the_deadline_has_passed_and_not_before) {
    for (const auto patience : {0us, 1us, 1500us, 30000us}) {
        const Clock::time_point deadline = Clock::now() + patience;
        EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read, deadline), Readiness::none);
        EXPECT_GE(Clock::now(), deadline);
    }
    EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read, Clock::now() - 1h), Readiness::none);
}

TEST_F(PollingWaiter, looks_once_although_the_deadline_has_passed) {
    write();
    EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read, Clock::now() - 1h), Readiness::read);
}

TEST_F(PollingWaiter, wakes_when_the_descriptor_becomes_ready) {
    std::thread writer([this] {
        std::this_thread::sleep_for(20ms);
        write();
    });
    EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read, no_deadline), Readiness::read);
    writer.join();
}

TEST_F(PollingWaiter, takes_a_far_deadline) {
    write();
    EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read,
                                    Clock::now() + std::chrono::hours(24 * 365 * 100)),
              Readiness::read);
}

TEST_F(PollingWaiter, counts_an_error_as_ready) {
    ::close(ends_[1]);
    ends_[1] = -1;
    EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read, no_deadline), Readiness::read);
    const int closed = ::dup(ends_[0]);
    ::close(closed);
    EXPECT_EQ(polling_waiter().wait(closed, Readiness::read_or_write, no_deadline),
              Readiness::read_or_write);
}

TEST_F(PollingWaiter, goes_on_after_a_signal) {
    struct sigaction ignore{};
    ignore.sa_handler = [](int) {};
    struct sigaction before{};
    ASSERT_EQ(::sigaction(SIGUSR1, &ignore, &before), 0);
    const pthread_t waiting = ::pthread_self();
    std::thread interrupter([&] {
        for (int i = 0; i < 3; ++i) {
            std::this_thread::sleep_for(5ms);
            ::pthread_kill(waiting, SIGUSR1);
        }
        std::this_thread::sleep_for(5ms);
        write();
    });
    EXPECT_EQ(polling_waiter().wait(ends_[0], Readiness::read, no_deadline), Readiness::read);
    interrupter.join();
    ASSERT_EQ(::sigaction(SIGUSR1, &before, nullptr), 0);
}

}  // namespace
