// SPDX-License-Identifier: MIT
#include "shop.hpp"

#include <atomic>
#include <mutex>
#include <thread>

// Handles to objects of real sessions, in other threads (design rules R8 and R11).

namespace shop {
namespace {

/// Takes handles from the session's thread; other threads copy and drop them.
class HandleMill {
  public:
    explicit HandleMill(int threads) {
        for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
    }
    HandleMill(const HandleMill&) = delete;
    HandleMill& operator=(const HandleMill&) = delete;
    ~HandleMill() {
        stops_ = true;
        threads_.clear();
    }
    void put(const Ptr<User>& user) {
        const std::lock_guard lock(mutex_);
        users_.push_back(user);
    }
    void put(const Ptr<Address>& address) {
        const std::lock_guard lock(mutex_);
        addresses_.push_back(address);
    }

  private:
    void work() {
        while (!stops_) {
            std::vector<Ptr<User>> users;
            std::vector<Ptr<Address>> addresses;
            {
                const std::lock_guard lock(mutex_);
                users.swap(users_);
                addresses.swap(addresses_);
            }
            for (int i = 0; i < 10; ++i) {
                const auto some_users = users;
                const auto some_addresses = addresses;
            }
        }  // here the last handles go, while the session does what it does
    }

    std::mutex mutex_;
    std::vector<Ptr<User>> users_;
    std::vector<Ptr<Address>> addresses_;
    std::atomic<bool> stops_{false};
    std::vector<std::jthread> threads_;
};

class SessionThreads : public ShopTest {};
INSTANTIATE_TEST_SUITE_P(OneDatabase, SessionThreads,
                         testing::Values(azoth::test::database("sqlite_memory")),
                         azoth::test::label_of);

TEST_P(SessionThreads, R11_handles_are_dropped_in_threads_while_the_session_loads_and_commits) {
    HandleMill mill(4);
    for (int round = 0; round < 60; ++round) {
        for (const auto& user : session->scalars(select<User>())) {
            mill.put(user);
            for (const auto& address : user->addresses) mill.put(address);  // unites their regions
        }
        sandy()->fullname = "round " + std::to_string(round);
        if (round % 3 == 0) session->expire_all();
        if (round % 5 == 0)
            session->rollback();
        else
            session->commit();
    }
}

TEST_P(SessionThreads, R8_handles_are_dropped_in_threads_while_new_objects_are_linked) {
    HandleMill mill(4);
    for (int round = 0; round < 60; ++round) {
        const auto user = session->add(User{.name = "new"});
        mill.put(user);
        for (int i = 0; i < 5; ++i)
            mill.put(user->addresses.add(Address{.email = std::to_string(i)}));
        const auto other = session->add(User{.name = "other"});
        other->addresses.add(user->addresses[0]);
        session->flush();
        session->delete_(user);
        if (round % 2 == 0)
            session->rollback();
        else
            session->commit();
    }
}

TEST_P(SessionThreads, R11_handles_are_dropped_in_threads_while_sessions_close) {
    HandleMill mill(4);
    for (int round = 0; round < 40; ++round) {
        for (const auto& user : session->scalars(select<User>())) {
            mill.put(user);
            for (const auto& address : user->addresses) mill.put(address);
        }
        reopen();
    }
}

TEST_P(SessionThreads, R11_a_detached_graph_is_read_and_dropped_in_eight_threads) {
    auto user = sandy();
    for (const auto& address : user->addresses) EXPECT_EQ(address->user, user);
    session->close();
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([mine = user]() mutable {
            for (int turn = 0; turn < 200; ++turn) {
                Ptr<const Address> last;
                for (const auto& address : mine.read().addresses) last = address;
                EXPECT_EQ(last->user->name, "sandy");
            }
            mine.reset();
        });
    user.reset();
}

}  // namespace
}  // namespace shop
