// SPDX-License-Identifier: MIT
#include <azoth/pool/shared_core.hpp>
#include <azoth/pool/static_pool.hpp>

#include <utility>

namespace azoth::inline v0 {

namespace pool {
namespace {

/// Lending of StaticPool: one record for everybody.
class StaticCore final : public SharedCore {
  public:
    static Core* make(std::shared_ptr<const Config> config) {
        return new StaticCore(std::move(config));
    }
    [[nodiscard]] Record& checkout(const std::source_location& where) override {
        return share(record_, where);
    }
    [[nodiscard]] std::string status() const override { return "StaticPool"; }

  private:
    explicit StaticCore(std::shared_ptr<const Config> config)
        : SharedCore(std::move(config)), record_(empty_record()) {}
    ~StaticCore() override = default;

    Record& record_;
};

}  // namespace
}  // namespace pool

StaticPool::StaticPool(PoolCreator creator, PoolOptions options)
    : Pool("StaticPool", std::move(creator), std::move(options), &pool::StaticCore::make) {}

std::unique_ptr<Pool> StaticPool::recreate() const {
    return with_listeners(std::make_unique<StaticPool>(creator(), options()));
}

}  // namespace azoth::inline v0
