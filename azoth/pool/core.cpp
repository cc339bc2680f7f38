// SPDX-License-Identifier: MIT
#include <azoth/pool/core.hpp>
#include <azoth/pool/detached_core.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
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
      verifies_(config_->options.pre_ping || config_->options.on_event != nullptr) {}

Core::~Core() {
    Record* record = all_records();
    while (record != nullptr) delete std::exchange(record, record->next_of_all);
}

// ---- invalidation -------------------------------------------------------------------------------

void Core::invalidate(Record& record, std::string_view reason) noexcept {
    if (is_ours()) {
        record.fitness.store(Record::Fitness::broken, std::memory_order_relaxed);
        invalidated_.fetch_add(1, std::memory_order_relaxed);
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
    invalidated_.fetch_add(1, std::memory_order_relaxed);
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
    tell_quietly(PoolEventKind::invalidate, Record{}, reason);
}

void Core::dispose() noexcept {
    end_generation(generation_.load(std::memory_order_relaxed));
    close_idle();
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

void Core::note_lease(Record& record, const std::source_location& where, TimePoint now) noexcept {
    ++record.leases;
    record.lent_at = now;
    record.lent_to = where;
    ++references_;
    ++checkouts_;
}

bool Core::is_current(const Record& record) const noexcept {
    return record.fitness.load(std::memory_order_relaxed) == Record::Fitness::good &&
           record.generation == generation_.load(std::memory_order_relaxed);
}

void Core::release(Lock& lock) noexcept {
    const bool last = --references_ == 0;
    lock.unlock();
    if (last) delete this;
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

PoolStatistics Core::statistics() const {
    PoolStatistics statistics;
    {
        const Lock lock(mutex_);
        statistics.checkouts = checkouts_;
        statistics.timeouts = timeouts_;
        count(statistics);
    }
    statistics.opened = opened_.load(std::memory_order_relaxed);
    statistics.closed = closed_.load(std::memory_order_relaxed);
    statistics.invalidated = invalidated_.load(std::memory_order_relaxed);
    statistics.listener_errors = listener_errors_.load(std::memory_order_relaxed);
    return statistics;
}

// ---- connections, without the lock --------------------------------------------------------------

void Core::prepare(Record& record) {
    if (record.connection == nullptr || !is_current(record) || is_too_old(record)) [[unlikely]]
        open(record);
    if (verifies_) verify(record);
}

bool Core::is_too_old(const Record& record) const noexcept {
    return options().recycle.count() >= 0 && coarse_now() - record.opened_at > options().recycle;
}

void Core::open(Record& record) {
    close(record);
    // Read first: an invalidation while the connection is being opened counts against it.
    const std::uint64_t generation = generation_.load(std::memory_order_relaxed);
    auto connection = config_->creator();
    if (connection == nullptr) {
        throw InvalidRequestError(std::string(config_->class_name) +
                                  ": the creator function returned no connection");
    }
    record.connection = std::move(connection);
    record.generation = generation;
    record.opened_at = coarse_now();
    record.fresh = true;
    record.fitness.store(Record::Fitness::good, std::memory_order_relaxed);
    opened_.fetch_add(1, std::memory_order_relaxed);
    tell(PoolEventKind::connect, record);
}

void Core::verify(Record& record) {
    constexpr int attempts = 2;  // as SQLAlchemy
    for (int attempt = 1;; ++attempt) {
        try {
            const bool fresh = std::exchange(record.fresh, false);
            if (options().pre_ping && !fresh) ping(record);
            tell(PoolEventKind::checkout, record);
            return;
        } catch (const DisconnectionError& error) {
            if (dynamic_cast<const InvalidatePoolError*>(&error) != nullptr)
                end_generation(record.generation);
            invalidated_.fetch_add(1, std::memory_order_relaxed);
            tell_quietly(PoolEventKind::invalidate, record, error.what());
            if (attempt == attempts) {
                throw DisconnectionError(
                    std::string(config_->class_name) +
                    ": connections were refused at checkout twice in a row, the last one with: " +
                    error.what());
            }
        }
        open(record);
    }
}

void Core::ping(Record& record) {
    try {
        record.connection->ping();
    } catch (const DBAPIError& error) {
        const bool dead = error.connection_invalidated() || !record.connection->is_open() ||
                          dynamic_cast<const OperationalError*>(&error) != nullptr;
        if (!dead) throw;
        tell_quietly(PoolEventKind::ping_failed, record, error.what());
        throw InvalidatePoolError(error.what());
    }
}

bool Core::reset(Record& record) noexcept {
    driver::Connection* connection = record.connection.get();
    if (connection == nullptr || !connection->is_open() ||
        record.fitness.load(std::memory_order_relaxed) == Record::Fitness::broken)
        return false;
    const ResetOnReturn how = options().reset_on_return;
    if (how != ResetOnReturn::none && connection->in_transaction()) {
        try {
            if (how == ResetOnReturn::commit)
                connection->commit();
            else
                connection->rollback();
            tell_quietly(PoolEventKind::reset, record);
        } catch (const std::exception& error) {
            tell_quietly(PoolEventKind::reset_failed, record, error.what());
            return false;
        } catch (...) {
            tell_quietly(PoolEventKind::reset_failed, record, "an exception of an unknown type");
            return false;
        }
    }
    tell_quietly(PoolEventKind::checkin, record);
    return true;
}

void Core::close(Record& record) noexcept {
    if (record.connection == nullptr) return;
    tell_quietly(PoolEventKind::close, record);
    record.data.reset();
    record.info.reset();
    record.connection->close();
    record.connection.reset();
    closed_.fetch_add(1, std::memory_order_relaxed);
}

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
    closed_.fetch_add(1, std::memory_order_relaxed);
    checkin(record);
    return {core, &detached};
}

// ---- events and messages ------------------------------------------------------------------------

void Core::tell(PoolEventKind kind, const Record& record, std::string_view message) const {
    if (options().on_event == nullptr) return;
    options().on_event({kind, record.connection.get(), config_->class_name, message});
}

void Core::tell_quietly(PoolEventKind kind, const Record& record,
                        std::string_view message) const noexcept {
    try {
        tell(kind, record, message);
    } catch (...) {
        listener_errors_.fetch_add(1, std::memory_order_relaxed);
    }
}

void throw_not_held() {
    throw ResourceClosedError(
        "This PooledConnection holds no connection: it was closed, invalidated or moved from. "
        "Take another with Pool::connect().");
}

void check_options(std::string_view class_name, const PoolCreator& creator,
                   const PoolOptions& options) {
    const auto refuse = [&](const std::string& what) {
        throw ArgumentError(std::string(class_name) + ": " + what);
    };
    if (creator == nullptr) refuse("needs a creator function that opens connections");
    if (options.pool_size < 0) {
        refuse("pool_size is " + std::to_string(options.pool_size) +
               "; it must be 0 (no limit) or more");
    }
    if (options.max_overflow < -1) {
        refuse("max_overflow is " + std::to_string(options.max_overflow) +
               "; it must be -1 (no limit) or more");
    }
    if (options.timeout.count() < 0) {
        refuse("timeout is " + std::to_string(options.timeout.count()) +
               " ms; it must be 0 (never wait) or more");
    }
}

std::string describe(const std::source_location& where, TimePoint since) {
    const std::chrono::duration<double> age = coarse_now() - since;
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.2f", age.count());
    return std::string(seconds) + " s ago at " + where.file_name() + ":" +
           std::to_string(where.line()) + " (" + where.function_name() + ")";
}

TimePoint deadline_after(std::chrono::milliseconds timeout) noexcept {
    // Nobody waits longer than that, and an unlimited value would overflow the clock.
    constexpr std::chrono::milliseconds longest = std::chrono::hours{24 * 365};
    return std::chrono::steady_clock::now() + std::min(timeout, longest);
}

}  // namespace azoth::inline v0::pool
