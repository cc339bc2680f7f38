// SPDX-License-Identifier: MIT
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/exclusive_core.hpp>

#include <utility>

namespace azoth::inline v0 {

namespace pool {
namespace {

/// Lending of AssertionPool: one connection, one lease.
class AssertionCore final : public ExclusiveCore {
  public:
    static Core* make(std::shared_ptr<const Config> config) {
        return new AssertionCore(std::move(config));
    }
    [[nodiscard]] std::string status() const override { return "AssertionPool"; }

  private:
    using ExclusiveCore::ExclusiveCore;
    ~AssertionCore() override = default;

    Record& take(Lock& /*lock*/, const std::source_location& where) override {
        if (lent_ != nullptr) {
            throw InvalidRequestError(
                "AssertionPool: the connection is already checked out, since " +
                describe(lent_->lent_to, lent_->lent_at) +
                ". This pool lends one connection at a time, to find code that takes two.");
        }
        Record& record = idle_ != nullptr ? *idle_ : empty_record();
        note_lease(record, where, coarse_now());
        idle_ = nullptr;
        lent_ = &record;
        return record;
    }
    bool keep(Record& record) noexcept override {
        idle_ = &record;
        lent_ = nullptr;
        return true;
    }
    void vacate(Record& record) noexcept override {
        if (lent_ == &record) lent_ = nullptr;
        put_empty(record);
    }
    void close_idle(Idle which) noexcept override {
        Lock lock(mutex_);
        if (idle_ == nullptr) return;
        if (which == Idle::outdated && !is_outdated(*idle_, coarse_now())) return;
        close_all(lock, std::exchange(idle_, nullptr));
    }
    void count(PoolStatistics& statistics) const override {
        statistics.checked_in = idle_ != nullptr ? 1 : 0;
        statistics.checked_out = lent_ != nullptr ? 1 : 0;
    }

    Record* idle_ = nullptr;
    Record* lent_ = nullptr;
};

}  // namespace
}  // namespace pool

AssertionPool::AssertionPool(PoolCreator creator, PoolOptions options)
    : Pool("AssertionPool", std::move(creator), std::move(options), &pool::AssertionCore::make) {}

std::unique_ptr<Pool> AssertionPool::recreate() const {
    return with_listeners(std::make_unique<AssertionPool>(creator(), options()));
}

}  // namespace azoth::inline v0
