// SPDX-License-Identifier: MIT
#include <azoth/pool/shared_core.hpp>

#include <utility>

namespace azoth::inline v0::pool {

Record& SharedCore::share(Record& record, const std::source_location& where) {
    Lock lock(mutex_);
    if (record.busy) wait_until_ready(lock, record);
    note_lease(record, where, coarse_now());
    if (record.leases > 1) return record;
    record.busy = true;
    lock.unlock();
    try {
        prepare(record);
    } catch (...) {
        if (is_ours()) {
            close(record);
            lock.lock();
            --record.leases;
            make_ready(record);
            release(lock);
        }
        throw;
    }
    lock.lock();
    make_ready(record);
    return record;
}

void SharedCore::wait_until_ready(Lock& lock, const Record& record) {
    const TimePoint since = std::chrono::steady_clock::now();
    const TimePoint deadline = after(since, options().timeout);
    ++waiting_;
    const bool is_ready = ready_.wait_until(lock, deadline, [&] { return !record.busy; });
    --waiting_;
    note_wait(since);
    if (is_ready) return;
    ++timeouts_;
    throw TimeoutError(std::string(config()->class_name) +
                       ": another thread is opening, resetting or closing the connection, and did "
                       "not finish within the timeout of " +
                       std::to_string(options().timeout.count()) + " ms");
}

void SharedCore::make_ready(Record& record) noexcept {
    record.busy = false;
    if (record.ownerless && record.leases == 0) put_empty(record);
    ready_.notify_all();
}

void SharedCore::take_back(Record& record) noexcept {
    Lock lock(mutex_);
    if (--record.leases == 0) {
        record.busy = true;
        lock.unlock();
        const bool good = reset(record);
        lock.lock();
        // Asked under the lock: the pool may have been disposed of, or the thread ended, since.
        if (!good || !is_current(record) || record.ownerless) {
            lock.unlock();
            close(record);
            lock.lock();
        }
        make_ready(record);
    }
    release(lock);
}

void SharedCore::close_idle(Idle which) noexcept {
    const TimePoint now = coarse_now();
    Lock lock(mutex_);
    ++references_;
    Record* idle = nullptr;
    for (Record* record = all_records(); record != nullptr; record = record->next_of_all) {
        if (record->leases > 0 || record->busy || record->connection == nullptr) continue;
        if (which == Idle::outdated && !is_outdated(*record, now)) continue;
        record->busy = true;
        record->next = std::exchange(idle, record);
    }
    lock.unlock();
    for (Record* record = idle; record != nullptr; record = record->next) close(*record);
    lock.lock();
    while (idle != nullptr) make_ready(*std::exchange(idle, idle->next));
    release(lock);
}

bool SharedCore::claim_ownerless(Record& record) noexcept {
    const Lock lock(mutex_);
    record.ownerless = true;
    // Without references the core is about to be deleted, its connections closed.
    if (record.leases > 0 || record.busy || references_ == 0) return false;
    record.busy = true;
    ++references_;
    return true;
}

void SharedCore::close_claimed(Record& record) noexcept {
    clear(record);
    Lock lock(mutex_);
    make_ready(record);
    release(lock);
}

void SharedCore::count(PoolStatistics& statistics) const {
    statistics.waiting = waiting_;
    for (const Record* record = all_records(); record != nullptr; record = record->next_of_all) {
        if (record->leases > 0 || record->busy)
            ++statistics.checked_out;
        else if (record->connection != nullptr)
            ++statistics.checked_in;
    }
}

}  // namespace azoth::inline v0::pool
