// SPDX-License-Identifier: MIT
#include <azoth/pool/exclusive_core.hpp>
#include <azoth/pool/null_pool.hpp>

#include <utility>

namespace azoth::inline v0 {

namespace pool {
namespace {

/// Lending of NullPool: every lease has a connection of its own.
class NullCore final : public ExclusiveCore {
  public:
    static Core* make(std::shared_ptr<const Config> config) {
        return new NullCore(std::move(config));
    }
    [[nodiscard]] std::string status() const override { return "NullPool"; }

  private:
    using ExclusiveCore::ExclusiveCore;
    ~NullCore() override = default;

    Record& take(Lock& /*lock*/, const std::source_location& where) override {
        Record& record = empty_record();
        note_lease(record, where, coarse_now());
        ++open_;
        return record;
    }
    bool keep(Record& /*record*/) noexcept override { return false; }
    void vacate(Record& record) noexcept override {
        --open_;
        put_empty(record);
    }
    void close_idle(Idle /*which*/) noexcept override {}
    void count(PoolStatistics& statistics) const override { statistics.checked_out = open_; }

    int open_ = 0;
};

}  // namespace
}  // namespace pool

NullPool::NullPool(PoolCreator creator, PoolOptions options)
    : Pool("NullPool", std::move(creator), std::move(options), &pool::NullCore::make) {}

std::unique_ptr<Pool> NullPool::recreate() const {
    return with_listeners(std::make_unique<NullPool>(creator(), options()));
}

}  // namespace azoth::inline v0
