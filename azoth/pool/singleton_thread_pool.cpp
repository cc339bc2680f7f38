// SPDX-License-Identifier: MIT
#include <azoth/pool/shared_core.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0 {

namespace pool {
namespace {

class SingletonThreadCore;

/// The way from a thread to a core that may be gone when the thread ends. The core and the threads
/// share it, so its address stands for the core.
struct CoreLink {
    const OwnerProcess owner;
    std::mutex mutex;                        ///< taken before the core's
    std::atomic<SingletonThreadCore*> core;  ///< null once the core is gone
};

/// The records of the calling thread, given up when it ends.
class ThreadRecords {
  public:
    ThreadRecords() = default;
    ThreadRecords(const ThreadRecords&) = delete;
    ThreadRecords& operator=(const ThreadRecords&) = delete;
    ~ThreadRecords();

    [[nodiscard]] Record* find(const CoreLink& link) const noexcept {
        for (const Entry& entry : entries_) {
            if (entry.link.get() == &link) return entry.record;
        }
        return nullptr;
    }
    void add(std::shared_ptr<CoreLink> link, Record& record) {
        std::erase_if(entries_, [](const Entry& entry) { return entry.link->core == nullptr; });
        entries_.push_back({std::move(link), &record});
    }

  private:
    struct Entry {
        std::shared_ptr<CoreLink> link;
        Record* record;
    };
    std::vector<Entry> entries_;
};

thread_local bool thread_has_ended = false;  // its ThreadRecords are destroyed
thread_local ThreadRecords thread_records;

/// Lending of SingletonThreadPool: a record for each thread.
class SingletonThreadCore final : public SharedCore {
  public:
    static Core* make(std::shared_ptr<const Config> config) {
        return new SingletonThreadCore(std::move(config));
    }
    [[nodiscard]] Record& checkout(const std::source_location& where) override {
        return share(record_of_this_thread(), where);
    }
    [[nodiscard]] std::string status() const override {
        const PoolStatistics now = statistics();
        return "SingletonThreadPool connections: " +
               std::to_string(now.checked_in + now.checked_out);
    }

    using SharedCore::claim_ownerless;
    using SharedCore::close_claimed;

  private:
    explicit SingletonThreadCore(std::shared_ptr<const Config> config)
        : SharedCore(std::move(config)), link_(std::make_shared<CoreLink>()) {
        link_->core = this;
    }
    ~SingletonThreadCore() override {
        const std::lock_guard lock(link_->mutex);
        link_->core = nullptr;
    }

    Record& record_of_this_thread();
    Record& new_record();

    const std::shared_ptr<CoreLink> link_;
};

Record& SingletonThreadCore::record_of_this_thread() {
    if (thread_has_ended) {  // in the destructor of another thread-local object
        Record& record = new_record();
        const Lock lock(mutex_);
        record.ownerless = true;
        return record;
    }
    if (Record* record = thread_records.find(*link_)) return *record;
    Record& record = new_record();
    try {
        thread_records.add(link_, record);
    } catch (...) {
        const Lock lock(mutex_);
        put_empty(record);
        throw;
    }
    return record;
}

Record& SingletonThreadCore::new_record() {
    Lock lock(mutex_);
    Record& record = empty_record();
    lock.unlock();
    record.record_info.reset();  // of a thread that has ended
    return record;
}

ThreadRecords::~ThreadRecords() {
    thread_has_ended = true;
    for (const Entry& entry : entries_) {
        if (!entry.link->owner.is_current()) continue;  // inherited: its locks may be held forever
        SingletonThreadCore* claimed = nullptr;
        {
            const std::lock_guard lock(entry.link->mutex);
            SingletonThreadCore* core = entry.link->core;
            if (core != nullptr && core->claim_ownerless(*entry.record)) claimed = core;
        }
        if (claimed != nullptr) claimed->close_claimed(*entry.record);
    }
}

}  // namespace
}  // namespace pool

SingletonThreadPool::SingletonThreadPool(PoolCreator creator, PoolOptions options)
    : Pool("SingletonThreadPool", std::move(creator), std::move(options),
           &pool::SingletonThreadCore::make) {}

std::unique_ptr<Pool> SingletonThreadPool::recreate() const {
    return with_listeners(std::make_unique<SingletonThreadPool>(creator(), options()));
}

}  // namespace azoth::inline v0
