// SPDX-License-Identifier: MIT
#include <azoth/pool/exclusive_core.hpp>

#include <utility>

namespace azoth::inline v0::pool {

Record& ExclusiveCore::checkout(const std::source_location& where) {
    Record* record = nullptr;
    {
        Lock lock(mutex_);
        record = &take(lock, where);
    }
    try {
        prepare(*record);
    } catch (...) {
        if (is_ours()) {  // not where the creator forked
            close(*record);
            Lock lock(mutex_);
            record->leases = 0;
            vacate(*record);
            release(lock);
        }
        throw;
    }
    return *record;
}

void ExclusiveCore::take_back(Record& record) noexcept {
    const bool good = reset(record);
    if (!good) close(record);
    Lock lock(mutex_);
    record.leases = 0;
    if (good) {
        // Asked under the lock: the pool may have been disposed of since.
        if (is_current(record) && keep(record)) {
            release(lock);
            return;
        }
        // The place is given away after the connection is closed: it counts as open until then.
        lock.unlock();
        close(record);
        lock.lock();
    }
    vacate(record);
    release(lock);
}

void ExclusiveCore::close_all(Lock& lock, Record* list) noexcept {
    if (list == nullptr) return;
    ++references_;
    lock.unlock();
    for (Record* record = list; record != nullptr; record = record->next) close(*record);
    lock.lock();
    while (list != nullptr) vacate(*std::exchange(list, list->next));
    release(lock);
}

}  // namespace azoth::inline v0::pool
