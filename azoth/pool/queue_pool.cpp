// SPDX-License-Identifier: MIT
#include <azoth/pool/exclusive_core.hpp>
#include <azoth/pool/queue_pool.hpp>

#include <cstdio>
#include <limits>
#include <utility>

namespace azoth::inline v0 {

namespace pool {
namespace {

/// The idle records, linked through themselves. Guarded by the core's lock.
class IdleList {
  public:
    [[nodiscard]] int size() const noexcept { return size_; }

    void push_front(Record& record) noexcept {
        record.next = std::exchange(first_, &record);
        if (record.next == nullptr) last_ = &record;
        ++size_;
    }
    void push_back(Record& record) noexcept {
        record.next = nullptr;
        (first_ == nullptr ? first_ : last_->next) = &record;
        last_ = &record;
        ++size_;
    }
    Record* pop() noexcept {
        Record* record = first_;
        if (record == nullptr) return nullptr;
        first_ = record->next;
        --size_;
        return record;
    }
    /// All of them, linked through `next`.
    Record* take_all() noexcept {
        size_ = 0;
        return std::exchange(first_, nullptr);
    }

  private:
    Record* first_ = nullptr;
    Record* last_ = nullptr;  // means something unless empty
    int size_ = 0;
};

/// A thread that waits in connect(), on that thread's stack.
struct Waiter {
    const std::source_location& where;
    std::condition_variable granted;
    Record* record = nullptr;  ///< set by the thread that hands it over, with the lease noted
    Waiter* next = nullptr;
    Waiter* previous = nullptr;
};

/// The waiting threads in the order in which they came. Guarded by the core's lock.
class WaiterList {
  public:
    [[nodiscard]] int size() const noexcept { return size_; }
    [[nodiscard]] Waiter* first() const noexcept { return first_; }

    void push_back(Waiter& waiter) noexcept {
        waiter.previous = last_;
        (last_ == nullptr ? first_ : last_->next) = &waiter;
        last_ = &waiter;
        ++size_;
    }
    void remove(Waiter& waiter) noexcept {
        (waiter.previous == nullptr ? first_ : waiter.previous->next) = waiter.next;
        (waiter.next == nullptr ? last_ : waiter.next->previous) = waiter.previous;
        --size_;
    }

  private:
    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
    int size_ = 0;
};

/// Lending of QueuePool. Whenever threads wait, nothing is idle and every place is taken, so that
/// nobody can overtake them.
class QueueCore final : public ExclusiveCore {
  public:
    static Core* make(std::shared_ptr<const Config> config) {
        return new QueueCore(std::move(config));
    }
    [[nodiscard]] std::string status() const override;
    void warm_up() override;

  private:
    explicit QueueCore(std::shared_ptr<const Config> config)
        : ExclusiveCore(std::move(config)), capacity_(capacity_of(options())) {}
    ~QueueCore() override = default;

    static int capacity_of(const PoolOptions& options) noexcept {
        if (options.pool_size == 0 || options.max_overflow == -1) return -1;
        if (options.max_overflow > std::numeric_limits<int>::max() - options.pool_size) return -1;
        return options.pool_size + options.max_overflow;
    }

    Record& take(Lock& lock, const std::source_location& where) override;
    bool keep(Record& record) noexcept override;
    void vacate(Record& record) noexcept override;
    void close_idle(Idle which) noexcept override;
    void count(PoolStatistics& statistics) const override;

    Record& wait(Lock& lock, const std::source_location& where);
    [[nodiscard]] Record& take_place();
    [[nodiscard]] Record* take_place_below_min_size();
    void grant(Record& record) noexcept;
    [[noreturn]] void throw_timeout(Lock& lock);

    const int capacity_;  ///< most connections at a time, -1: no limit
    int open_ = 0;        ///< places taken: connections that are idle, lent, being opened or closed
    IdleList idle_;
    WaiterList waiters_;
};

Record& QueueCore::take(Lock& lock, const std::source_location& where) {
    if (Record* idle = idle_.pop()) [[likely]] {
        note_lease(*idle, where, coarse_now());
        return *idle;
    }
    if (capacity_ != -1 && open_ >= capacity_) return wait(lock, where);
    Record& record = take_place();
    note_lease(record, where, coarse_now());
    return record;
}

Record& QueueCore::take_place() {
    Record& record = empty_record();
    ++open_;
    return record;
}

Record& QueueCore::wait(Lock& lock, const std::source_location& where) {
    if (options().timeout.count() == 0) throw_timeout(lock);
    const TimePoint since = std::chrono::steady_clock::now();
    const TimePoint deadline = after(since, options().timeout);
    Waiter waiter{where, {}};
    waiters_.push_back(waiter);
    while (waiter.record == nullptr) {
        if (waiter.granted.wait_until(lock, deadline) == std::cv_status::timeout &&
            waiter.record == nullptr) {
            waiters_.remove(waiter);
            note_wait(since);
            throw_timeout(lock);
        }
    }
    note_wait(since);
    return *waiter.record;
}

void QueueCore::grant(Record& record) noexcept {
    Waiter& waiter = *waiters_.first();
    waiters_.remove(waiter);
    note_lease(record, waiter.where, coarse_now());
    waiter.record = &record;
    waiter.granted.notify_one();  // under the lock: without it the waiter may be gone already
}

bool QueueCore::keep(Record& record) noexcept {
    if (waiters_.first() != nullptr) [[unlikely]] {
        grant(record);
    } else if (options().pool_size != 0 && idle_.size() >= options().pool_size) {
        return false;
    } else if (options().use_lifo) {
        idle_.push_front(record);
    } else {
        idle_.push_back(record);
    }
    return true;
}

void QueueCore::vacate(Record& record) noexcept {
    if (waiters_.first() != nullptr) {
        grant(record);  // who opens a connection for it
    } else {
        --open_;
        put_empty(record);
    }
}

void QueueCore::close_idle(Idle which) noexcept {
    const TimePoint now = coarse_now();
    Lock lock(mutex_);
    Record* closing = nullptr;
    for (Record* record = idle_.take_all(); record != nullptr;) {
        Record* const next = record->next;
        if (which == Idle::all || is_outdated(*record, now))
            record->next = std::exchange(closing, record);
        else
            idle_.push_back(*record);  // as they stood
        record = next;
    }
    close_all(lock, closing);
}

Record* QueueCore::take_place_below_min_size() {
    const Lock lock(mutex_);
    if (open_ >= options().min_size) return nullptr;
    Record& record = take_place();
    ++references_;
    return &record;
}

void QueueCore::warm_up() {
    // No more attempts than that, should others close what is opened here.
    for (int i = 0; i < options().min_size; ++i) {
        Record* record = take_place_below_min_size();
        if (record == nullptr) return;
        try {
            open(*record);
            record->fresh = false;  // nobody knows how long it will rest
        } catch (...) {
            if (is_ours()) put_back(*record, false);  // not where the creator forked
            throw;
        }
        put_back(*record, true);
    }
}

void QueueCore::count(PoolStatistics& statistics) const {
    statistics.checked_in = idle_.size();
    statistics.checked_out = open_ - idle_.size();
    statistics.waiting = waiters_.size();
}

std::string QueueCore::status() const {
    const PoolStatistics now = statistics();
    const int overflow = now.checked_in + now.checked_out - options().pool_size;
    return "Pool size: " + std::to_string(options().pool_size) +
           "  Connections in pool: " + std::to_string(now.checked_in) +
           " Current Overflow: " + std::to_string(overflow) +
           " Current Checked out connections: " + std::to_string(now.checked_out);
}

void QueueCore::throw_timeout(Lock& lock) {
    ++timeouts_;
    const std::vector<Holder> found = holders();
    lock.unlock();
    char waited[32];
    std::snprintf(waited, sizeof waited, "%.2f",
                  std::chrono::duration<double>(options().timeout).count());
    std::string message = "QueuePool limit of size " + std::to_string(options().pool_size) +
                          " overflow " + std::to_string(options().max_overflow) +
                          " reached, no connection came back within the timeout of " + waited +
                          " s. Connections were checked out:";
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < found.size() && i < most; ++i)
        message += "\n  " + describe(found[i].where, found[i].since);
    if (found.size() > most)
        message += "\n  … and " + std::to_string(found.size() - most) + " more recently";
    message +=
        "\nGive connections back sooner, or raise pool_size, max_overflow or the pool's timeout.";
    throw TimeoutError(message);
}

}  // namespace
}  // namespace pool

QueuePool::QueuePool(PoolCreator creator, PoolOptions options)
    : Pool("QueuePool", std::move(creator), std::move(options), &pool::QueueCore::make) {}

std::unique_ptr<Pool> QueuePool::recreate() const {
    return with_listeners(std::make_unique<QueuePool>(creator(), options()));
}

int QueuePool::size() const noexcept {
    return options().pool_size;
}

int QueuePool::checkedin() const {
    return statistics().checked_in;
}

int QueuePool::checkedout() const {
    return statistics().checked_out;
}

int QueuePool::overflow() const {
    const PoolStatistics now = statistics();
    return now.checked_in + now.checked_out - size();
}

}  // namespace azoth::inline v0
