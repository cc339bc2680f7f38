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
        if (is_ours()) put_back(*record, false);  // not where the creator forked
        throw;
    }
    return *record;
}

void ExclusiveCore::take_back(Record& record) noexcept {
    put_back(record, reset(record));
}

void ExclusiveCore::put_back(Record& record, bool good) noexcept {
    if (!good) clear(record);
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
        clear(record);
        lock.lock();
    }
    vacate(record);
    release(lock);
}

void ExclusiveCore::close_all(Lock& lock, Record* list) noexcept {
    if (list == nullptr) return;
    ++references_;
    lock.unlock();
    for (Record* record = list; record != nullptr; record = record->next) clear(*record);
    lock.lock();
    while (list != nullptr) vacate(*std::exchange(list, list->next));
    release(lock);
}

}  // namespace azoth::inline v0::pool
