// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/process.hpp>
#include <azoth/pool/record.hpp>

#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace azoth::inline v0::pool {

/// The part of a pool that belongs to one process: its records, its lock and its rules of lending.
/// Safe from any thread.
///
/// A Core lives until its pool and its last lease are gone. In a child process nothing of an
/// inherited one is touched except the list of all records, which needs no lock: a thread that
/// exists no more may have held the mutex at the fork.
class Core {
  public:
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    /// False in a child process, where only forsake() and what says so may be called.
    [[nodiscard]] bool is_ours() const noexcept { return owner_.is_current(); }
    [[nodiscard]] const OwnerProcess& owner() const noexcept { return owner_; }

    /// Lends a record with an open, checked connection.
    [[nodiscard]] virtual Record& checkout(const std::source_location& where) = 0;
    /// Takes a record back. Also in a child process, where it abandons the connection.
    void checkin(Record& record) noexcept {
        if (is_ours()) [[likely]]
            take_back(record);
        else
            abandon(record);
    }
    /// Marks the connection broken and takes its record back. Also in a child process.
    void invalidate(Record& record, std::string_view reason) noexcept;
    /// The same for all connections of the record's generation. Also in a child process.
    void invalidate_generation(Record& record, std::string_view reason) noexcept;
    void soft_invalidate(Record& record, std::string_view reason) noexcept;
    /// Moves the connection of a lease into a core of its own.
    [[nodiscard]] std::pair<Core*, Record*> detach(Record& record);
    [[nodiscard]] virtual bool is_detached() const noexcept { return false; }

    /// Opens connections until there are as many as the options want at least.
    virtual void warm_up() {}
    /// Closes idle connections that would be replaced at their next checkout.
    void close_outdated() noexcept { close_idle(Idle::outdated); }

    /// Has all connections replaced before their next use.
    void invalidate_all(std::string_view reason) noexcept;
    /// The same, and closes idle ones now.
    void dispose() noexcept;
    /// The pool is gone: disposes of what is idle, and of itself with the last lease.
    void orphan() noexcept;

    /// In a child process: abandons every connection and leaves all else as it is, for good.
    void forsake() noexcept;

    [[nodiscard]] PoolStatistics statistics() const;
    [[nodiscard]] virtual std::string status() const = 0;

  protected:
    explicit Core(std::shared_ptr<const Config> config);
    virtual ~Core();

    using Lock = std::unique_lock<std::mutex>;
    enum class Idle : bool { all, outdated };

    /// Ends one lease: resets the connection and keeps, hands over or closes it.
    virtual void take_back(Record& record) noexcept = 0;
    virtual void close_idle(Idle which) noexcept = 0;
    /// Fills in checked_in, checked_out and waiting; the lock is held.
    virtual void count(PoolStatistics& statistics) const = 0;

    // With the lock held:

    /// An empty record: a used one, or a new one.
    [[nodiscard]] Record& empty_record();
    void put_empty(Record& record) noexcept;
    /// Notes who has the record from now on, one reference to this core included.
    void note_lease(Record& record, const std::source_location& where, TimePoint now) noexcept {
        ++record.leases;
        record.lent_at = now;
        record.lent_to = where;
        ++references_;
        ++checkouts_;
    }
    /// True where the connection may serve another time.
    [[nodiscard]] bool is_current(const Record& record) const noexcept {
        return record.fitness.load(std::memory_order_relaxed) == Record::Fitness::good &&
               record.generation == generation_.load(std::memory_order_relaxed);
    }
    /// True where it would be replaced at its next checkout; counts why, so it is to be closed.
    [[nodiscard]] bool is_outdated(const Record& record, TimePoint now) noexcept {
        return !is_current(record) || is_too_old(record, now);
    }
    /// Ends a reference and the lock. Deletes the core with its last reference, so this must be the
    /// last thing that a member function does.
    void release(Lock& lock) noexcept {
        const bool last = --references_ == 0;
        lock.unlock();
        if (last) [[unlikely]]
            delete this;
    }
    /// Counts a wait that began at `since`, even in vain.
    void note_wait(TimePoint since) noexcept;
    /// Where the records on loan went to and when, the oldest first, for an error message.
    struct Holder {
        TimePoint since;
        std::source_location where;
    };
    [[nodiscard]] std::vector<Holder> holders() const;

    /// All records, ever; without a lock too.
    [[nodiscard]] Record* all_records() const noexcept {
        return all_.load(std::memory_order_acquire);
    }

    // Without the lock, by the thread that has the record:

    /// Opens or replaces the connection where necessary and checks it as the options want.
    void prepare(Record& record) {
        if (record.connection == nullptr || !is_current(record) ||
            is_too_old(record, record.lent_at)) [[unlikely]]
            open(record);
        if (pings_at_checkout_ || events_.hears(bit(PoolEventKind::checkout))) verify(record);
    }
    void open(Record& record);
    /// Ends an open transaction and notes that the connection rests. \returns false where it must
    /// not be used again.
    [[nodiscard]] bool reset(Record& record) noexcept;
    /// Closes the connection, if any, after what is kept with it.
    void close(Record& record) noexcept;
    /// The same, and what is kept with its place: that is to be given away.
    void clear(Record& record) noexcept;

    [[nodiscard]] static constexpr std::uint32_t bit(PoolEventKind kind) noexcept {
        return std::uint32_t{1} << static_cast<unsigned>(kind);
    }
    /// Tells the listeners; what they throw comes out.
    void tell(PoolEventKind kind, Record& record, std::string_view message = {},
              PoolResetState state = {}) const;
    /// Tells the listeners where nobody is left to hear of their exceptions.
    void tell_quietly(PoolEventKind kind, Record& record,
                      std::string_view message = {}) const noexcept;

    [[nodiscard]] const PoolOptions& options() const noexcept { return config_->options; }
    [[nodiscard]] const std::shared_ptr<const Config>& config() const noexcept { return config_; }

    mutable std::mutex mutex_;
    std::uint64_t references_ = 1;  ///< the pool, each lease, each thread that closes something
    std::uint64_t checkouts_ = 0;
    std::uint64_t timeouts_ = 0;
    std::uint64_t waits_ = 0;
    std::chrono::nanoseconds wait_time_{};
    std::chrono::nanoseconds longest_wait_{};

  private:
    [[nodiscard]] std::unique_ptr<driver::Connection> create_connection();
    void tell_connect(Record& record);
    [[nodiscard]] bool is_too_old(const Record& record, TimePoint now) noexcept {
        return ages_ && count_too_old(record, now);
    }
    [[nodiscard]] bool count_too_old(const Record& record, TimePoint now) noexcept;
    [[nodiscard]] bool needs_ping(const Record& record) const noexcept;
    void end_transaction(Record& record);
    void fail_reset(Record& record, std::string_view why) noexcept;
    [[nodiscard]] bool may_rest(Record& record) noexcept;
    void verify(Record& record);
    void ping(Record& record);
    void end_generation(std::uint64_t generation) noexcept;
    void abandon(Record& record) noexcept;
    /// Keeps this core where leak checkers find it.
    void remember() noexcept;

    const OwnerProcess owner_;
    const std::shared_ptr<const Config> config_;
    event::Hub& events_;            ///< the config's
    const bool pings_at_checkout_;  ///< there is something to do, whether anybody listens or not
    const bool ages_;               ///< connections are replaced because of their age
    const bool rests_;              ///< the end of a lease is interested in the time
    const Lifetimes lifetimes_;
    std::atomic<bool> first_connect_told_{false};
    std::atomic<Record*> all_{nullptr};
    Record* empty_ = nullptr;
    /// Counts invalidations; changed under the lock, which is what makes is_current() exact.
    std::atomic<std::uint64_t> generation_{0};

    /// Counts events where no lock is held.
    class Counter {
      public:
        void add() noexcept { count_.fetch_add(1, std::memory_order_relaxed); }
        [[nodiscard]] std::uint64_t get() const noexcept {
            return count_.load(std::memory_order_relaxed);
        }

      private:
        std::atomic<std::uint64_t> count_{0};
    };
    Counter opened_;
    Counter closed_;
    Counter connect_failures_;
    Counter invalidated_;
    Counter recycled_;
    Counter lifetime_expired_;
    Counter pings_;
    Counter ping_failures_;
    Counter resets_;
    Counter reset_failures_;
    mutable Counter listener_errors_;
    Core* next_forsaken_ = nullptr;
};

/// Checks what no pool can work with; throws ArgumentError.
void check_options(std::string_view class_name, const PoolCreator& creator,
                   const PoolOptions& options);
/// "12.3 s ago at main.cpp:42 (int main())", one a holder, the oldest first.
[[nodiscard]] std::string describe(const std::source_location& where, TimePoint since);

}  // namespace azoth::inline v0::pool
