// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/pool/pool.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

/// A driver without a database, for faults that no database makes on demand. It counts what the
/// pool does and notices what a pool must never do: use a closed connection, or one in two threads.
namespace azoth::test {

/// The "server" of fake connections: counters and switches. Safe from any thread; must outlive its
/// connections.
class FakeServer {
  public:
    FakeServer() = default;
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;
    ~FakeServer() {
        for (const int end : wire_) {
            if (end >= 0) ::close(end);
        }
    }

    // Counters.
    std::atomic<int> open{0};
    std::atomic<int> most_open{0};
    std::atomic<int> connects{0};
    std::atomic<int> closes{0};
    std::atomic<int> pings{0};
    std::atomic<int> rollbacks{0};
    std::atomic<int> commits{0};
    std::atomic<int> abandoned{0};
    std::atomic<int> destroyed{0};
    std::atomic<int> violations{0};  ///< uses that the interface forbids

    // Switches.
    std::atomic<int> fail_connects{0};  ///< so many of the next connects fail; -1: all
    std::atomic<bool> fail_rollback{false};
    std::atomic<bool> fail_commit{false};
    std::atomic<bool> fail_ping_softly{false};  ///< an error that is not about the connection
    std::atomic<int> connect_delay_ms{0};
    std::atomic<int> close_delay_ms{0};

    /// Every connection that exists now is dead from now on.
    void restart() { epoch.fetch_add(1); }
    std::atomic<int> epoch{0};

    /// Gives each later connection a real descriptor, on which it sends a byte for each message, so
    /// that bytes from a child process are seen too.
    void wire_up() {
        if (::pipe2(wire_, O_NONBLOCK | O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    }
    [[nodiscard]] int wire() const { return wire_[1]; }
    /// What arrived since the last call.
    std::string received() {
        std::string all;
        char buffer[256];
        for (ssize_t n = 0; (n = ::read(wire_[0], buffer, sizeof buffer)) > 0;)
            all.append(buffer, static_cast<std::size_t>(n));
        return all;
    }

    [[nodiscard]] PoolCreator creator();

  private:
    int wire_[2] = {-1, -1};
};

/// A connection to a FakeServer.
class FakeConnection final : public driver::Connection {
  public:
    explicit FakeConnection(FakeServer& server) : server_(server), epoch_(server.epoch.load()) {
        if (server.wire() >= 0) descriptor_ = ::fcntl(server.wire(), F_DUPFD_CLOEXEC, 3);
        const int now = ++server_.open;
        int most = server_.most_open.load();
        while (most < now && !server_.most_open.compare_exchange_weak(most, now)) {
        }
        number_ = ++server_.connects;
        send('C');
    }
    ~FakeConnection() override {
        if (!closed_) violation();  // the pool says good-bye before it destroys
        ++server_.destroyed;
    }

    /// Which connect() made it, from 1.
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] int descriptor() const { return descriptor_; }

    /// Works on the connection as a thread would; overlapping work is a violation.
    void work() {
        const Busy busy(*this);
        std::this_thread::yield();
    }
    /// What a statement does that finds the server gone.
    [[noreturn]] void fail_as_lost() {
        known_lost_ = true;
        throw_lost();
    }

    std::unique_ptr<driver::Statement> prepare(
        const driver::StatementRequest& /*request*/) override {
        throw std::logic_error("the fake driver has no statements");
    }
    void run(std::string_view /*sql*/) override { message('Q'); }
    void begin(const driver::BeginOptions& /*options*/) override {
        message('B');
        in_transaction_ = true;
    }
    void commit() override {
        message('T');
        ++server_.commits;
        if (server_.fail_commit) throw OperationalError({.message = "fake commit failure"});
        in_transaction_ = false;
    }
    void rollback() override {
        message('R');
        ++server_.rollbacks;
        if (server_.fail_rollback) throw OperationalError({.message = "fake rollback failure"});
        in_transaction_ = false;
    }
    [[nodiscard]] bool in_transaction() const noexcept override { return in_transaction_; }
    [[nodiscard]] std::int64_t last_insert_id() const override { return 0; }
    void ping() override {
        ++server_.pings;
        if (server_.fail_ping_softly) throw ProgrammingError({.message = "fake ping refused"});
        message('P');
    }
    [[nodiscard]] bool is_open() const noexcept override { return !closed_ && !known_lost_; }
    void cancel() noexcept override {}
    void close() noexcept override {
        if (closed_) violation();
        delay(server_.close_delay_ms);
        send('X');
        closed_ = true;
        ++server_.closes;
        --server_.open;
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    void abandon() noexcept override {
        ++server_.abandoned;
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int server_version() const noexcept override { return 10000; }
    [[nodiscard]] void* native_handle() noexcept override { return this; }

    static void delay(int milliseconds) {
        if (milliseconds > 0) std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds});
    }

  private:
    class Busy {
      public:
        explicit Busy(FakeConnection& connection) : connection_(connection) {
            if (connection_.users_.fetch_add(1) != 0 || connection_.closed_)
                connection_.violation();
        }
        ~Busy() { connection_.users_.fetch_sub(1); }

      private:
        FakeConnection& connection_;
    };

    void violation() noexcept { ++server_.violations; }
    void send(char byte) noexcept {
        if (descriptor_ >= 0 && ::write(descriptor_, &byte, 1) != 1) violation();
    }
    void message(char byte) {
        const Busy busy(*this);
        if (epoch_ != server_.epoch.load()) fail_as_lost();
        send(byte);
    }
    [[noreturn]] static void throw_lost() {
        throw OperationalError(
            {.message = "fake server closed the connection", .poisoned = Poisoned::connection});
    }

    FakeServer& server_;
    const int epoch_;
    int number_ = 0;
    int descriptor_ = -1;
    std::atomic<int> users_{0};
    bool in_transaction_ = false;
    bool known_lost_ = false;
    bool closed_ = false;
};

inline PoolCreator FakeServer::creator() {
    return [this]() -> std::unique_ptr<driver::Connection> {
        FakeConnection::delay(connect_delay_ms);
        for (int left = fail_connects.load(); left != 0;) {
            if (left < 0 || fail_connects.compare_exchange_weak(left, left - 1))
                throw OperationalError({.message = "fake connection refused"});
        }
        return std::make_unique<FakeConnection>(*this);
    };
}

/// The fake connection behind a lease.
inline FakeConnection& fake(const PooledConnection& lease) {
    return dynamic_cast<FakeConnection&>(lease.connection());
}

/// So many leases at a time.
inline std::vector<PooledConnection> take(Pool& pool, std::size_t count) {
    std::vector<PooledConnection> leases(count);
    for (auto& lease : leases) lease = pool.connect();
    return leases;
}

}  // namespace azoth::test
