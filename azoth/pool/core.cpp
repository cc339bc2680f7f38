// SPDX-License-Identifier: MIT
#include <azoth/pool/core.hpp>
#include <azoth/pool/detached_core.hpp>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace azoth::inline v0::pool {

namespace {
// Cores that child processes inherited. They are never destroyed, because their locks and
// connections may be in any state; the list keeps leak checkers from reporting them.
std::atomic<Core*> forsaken_cores{nullptr};
}  // namespace

ConnectionData::~ConnectionData() = default;

Core::Core(std::shared_ptr<const Config> config)
    : config_(std::move(config)),
      events_(*config_->events),
      pings_at_checkout_(options().pre_ping),
      ages_(options().recycle.count() >= 0 || options().max_lifetime.count() >= 0),
      rests_(options().max_lifetime.count() >= 0 || options().ping_idle_threshold.count() > 0),
      lifetimes_(options().max_lifetime, options().lifetime_jitter) {}

Core::~Core() {
    Record* record = all_records();
    while (record != nullptr) delete std::exchange(record, record->next_of_all);
}

// ---- invalidation -------------------------------------------------------------------------------

void Core::invalidate(Record& record, std::string_view reason) noexcept {
    if (is_ours()) {
        record.fitness.store(Record::Fitness::broken, std::memory_order_relaxed);
        invalidated_.add();
        tell_quietly(PoolEventKind::invalidate, record, reason);
    }
    checkin(record);
}

void Core::invalidate_generation(Record& record, std::string_view reason) noexcept {
    if (is_ours()) end_generation(record.generation);
    invalidate(record, reason);
}

void Core::soft_invalidate(Record& record, std::string_view reason) noexcept {
    auto good = Record::Fitness::good;  // another holder may know better: broken stays broken
    record.fitness.compare_exchange_strong(good, Record::Fitness::replace,
                                           std::memory_order_relaxed);
    invalidated_.add();
    tell_quietly(PoolEventKind::soft_invalidate, record, reason);
}

void Core::end_generation(std::uint64_t generation) noexcept {
    const Lock lock(mutex_);
    // Many threads notice that a server went away. Only the first ends the generation: what the
    // others opened since then is good.
    if (generation_.load(std::memory_order_relaxed) == generation)
        generation_.store(generation + 1, std::memory_order_relaxed);
}

void Core::invalidate_all(std::string_view reason) noexcept {
    end_generation(generation_.load(std::memory_order_relaxed));
    Record none;
    tell_quietly(PoolEventKind::invalidate, none, reason);
}

void Core::dispose() noexcept {
    end_generation(generation_.load(std::memory_order_relaxed));
    close_idle(Idle::all);
}

void Core::orphan() noexcept {
    dispose();
    Lock lock(mutex_);
    release(lock);
}

// ---- child processes ----------------------------------------------------------------------------

void Core::forsake() noexcept {
    // Records of other threads' leases too: those threads don't exist here, so nobody else would
    // ever close the descriptors. A connection that another thread was opening at the fork is in no
    // record, and its descriptor stays open until exec or exit.
    for (Record* record = all_records(); record != nullptr; record = record->next_of_all)
        abandon(*record);
    remember();
}

void Core::abandon(Record& record) noexcept {
    if (record.abandoned.exchange(true)) return;
    // Neither `data` nor the connection is destroyed, ever: their destructors belong to the parent.
    if (record.connection != nullptr) record.connection->abandon();
    if (is_detached()) remember();
}

void Core::remember() noexcept {
    next_forsaken_ = forsaken_cores.load();
    while (!forsaken_cores.compare_exchange_weak(next_forsaken_, this)) {
    }
}

// ---- records, under the lock --------------------------------------------------------------------

Record& Core::empty_record() {
    if (empty_ != nullptr) {
        Record& record = *std::exchange(empty_, empty_->next);
        record.next = nullptr;
        record.ownerless = false;
        return record;
    }
    auto* record = new Record;
    record->next_of_all = all_.load(std::memory_order_relaxed);
    all_.store(record, std::memory_order_release);
    return *record;
}

void Core::put_empty(Record& record) noexcept {
    record.next = std::exchange(empty_, &record);
}

std::vector<Core::Holder> Core::holders() const {
    std::vector<Holder> found;
    for (const Record* record = all_records(); record != nullptr; record = record->next_of_all) {
        if (record->leases > 0) found.push_back({record->lent_at, record->lent_to});
    }
    std::sort(found.begin(), found.end(),
              [](const Holder& a, const Holder& b) { return a.since < b.since; });
    return found;
}

void Core::note_wait(TimePoint since) noexcept {
    const std::chrono::nanoseconds waited = std::chrono::steady_clock::now() - since;
    ++waits_;
    wait_time_ += waited;
    longest_wait_ = std::max(longest_wait_, waited);
}

PoolStatistics Core::statistics() const {
    PoolStatistics statistics;
    {
        const Lock lock(mutex_);
        statistics.checkouts = checkouts_;
        statistics.timeouts = timeouts_;
        statistics.waits = waits_;
        statistics.wait_time = wait_time_;
        statistics.longest_wait = longest_wait_;
        count(statistics);
    }
    statistics.opened = opened_.get();
    statistics.closed = closed_.get();
    statistics.connect_failures = connect_failures_.get();
    statistics.invalidated = invalidated_.get();
    statistics.recycled = recycled_.get();
    statistics.lifetime_expired = lifetime_expired_.get();
    statistics.pings = pings_.get();
    statistics.ping_failures = ping_failures_.get();
    statistics.resets = resets_.get();
    statistics.reset_failures = reset_failures_.get();
    statistics.listener_errors = listener_errors_.get();
    return statistics;
}

// ---- leases -------------------------------------------------------------------------------------

std::pair<Core*, Record*> Core::detach(Record& record) {
    auto* core = new DetachedCore(config_);
    Lock lock(mutex_);
    if (record.leases > 1) {
        lock.unlock();
        core->orphan();
        throw InvalidRequestError(
            std::string(config_->class_name) +
            ": the connection can't be detached while other leases share it; end them first");
    }
    record.busy = true;  // so that nobody joins the lease now; take_back() ends that
    lock.unlock();
    tell_quietly(PoolEventKind::detach, record);
    Record& detached = core->adopt(record);
    closed_.add();
    checkin(record);
    return {core, &detached};
}

void throw_not_held() {
    throw ResourceClosedError(
        "This PooledConnection holds no connection: it was closed, invalidated or moved from. "
        "Take another with Pool::connect().");
}

std::string describe(const std::source_location& where, TimePoint since) {
    const std::chrono::duration<double> age = coarse_now() - since;
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.2f", age.count());
    return std::string(seconds) + " s ago at " + where.file_name() + ":" +
           std::to_string(where.line()) + " (" + where.function_name() + ")";
}

}  // namespace azoth::inline v0::pool
