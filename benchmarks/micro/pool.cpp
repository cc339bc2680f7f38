// SPDX-License-Identifier: MIT

// What the pool costs: checkout and return of a connection that does nothing, against the least
// that any pool must do, which is to take a pointer out of a vector behind a mutex and put it back.

#include "../common/micro.hpp"
#include <azoth/driver/driver.hpp>
#include <azoth/pool/queue_pool.hpp>

#include <barrier>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

/// A connection to nothing, always in good health.
class IdleConnection final : public azoth::driver::Connection {
  public:
    std::unique_ptr<azoth::driver::Statement> prepare(
        const azoth::driver::StatementRequest&) override {
        throw std::logic_error{"this connection leads nowhere"};
    }
    void run(std::string_view) override {}
    void begin(const azoth::driver::BeginOptions&) override {}
    void commit() override {}
    void rollback() override {}
    bool in_transaction() const noexcept override { return false; }
    std::int64_t last_insert_id() const override { return 0; }
    void ping() override {}
    bool is_open() const noexcept override { return true; }
    void cancel() noexcept override {}
    void close() noexcept override {}
    void abandon() noexcept override {}
    int server_version() const noexcept override { return 0; }
    void* native_handle() noexcept override { return this; }
};

/// The floor.
class MutexVector {
  public:
    explicit MutexVector(std::size_t size) : connections_(size) {
        for (auto& connection : connections_) idle_.push_back(&connection);
    }
    azoth::driver::Connection* checkout() {
        const std::lock_guard lock{mutex_};
        auto* connection = idle_.back();
        idle_.pop_back();
        return connection;
    }
    void checkin(azoth::driver::Connection* connection) {
        const std::lock_guard lock{mutex_};
        idle_.push_back(connection);
    }

  private:
    std::vector<IdleConnection> connections_;
    std::vector<azoth::driver::Connection*> idle_;
    std::mutex mutex_;
};

/// Runs `operation` `operations` times in all, shared out to `threads` threads that begin together.
template <class Operation>
void measure(const std::string& name, const char* contestant, std::size_t threads,
             std::size_t operations, const std::string& more, Operation operation) {
    // Started by the last thread to arrive, as any other may be late to see that all have.
    std::optional<bench::Stopwatch> stopwatch;
    std::barrier begin{static_cast<std::ptrdiff_t>(threads),
                       [&]() noexcept { stopwatch.emplace(); }};
    std::vector<std::jthread> running;
    running.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        running.emplace_back([&] {
            begin.arrive_and_wait();
            for (std::size_t n = 0; n < operations / threads; ++n) operation();
        });
    }
    running.clear();
    bench::print_result(name, contestant, operations / threads * threads, *stopwatch, more);
}

/// Keeps the compiler from dropping what has no effect.
void use(azoth::driver::Connection& connection) {
    asm volatile("" : : "r"(&connection) : "memory");
}

void compare(std::size_t threads, std::size_t operations) {
    const std::string name =
        "pool_" + std::to_string(threads) + (threads == 1 ? "_thread" : "_threads");

    MutexVector floor{threads};
    measure(name, "driver", threads, operations, {}, [&] {
        auto* connection = floor.checkout();
        use(*connection);
        floor.checkin(connection);
    });

    azoth::QueuePool pool{[] { return std::make_unique<IdleConnection>(); },
                          {.pool_size = static_cast<int>(threads), .max_overflow = 0}};
    measure(name, "core", threads, operations, R"(, "target": 3)", [&] {
        const auto lease = pool.connect();
        use(lease.connection());
    });
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::size_t operations = bench::is_quick(argc, argv) ? 400'000 : 4'000'000;
        for (const std::size_t threads : {1U, 2U, 8U}) compare(threads, operations);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
        return 1;
    }
}
