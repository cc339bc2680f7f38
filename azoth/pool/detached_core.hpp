// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/core.hpp>

namespace azoth::inline v0::pool {

/// Holds one connection that was taken out of its pool, for the one lease that took it; ends with
/// that. One thread at a time.
class DetachedCore final : public Core {
  public:
    explicit DetachedCore(std::shared_ptr<const Config> config);

    /// Moves the connection and what is kept with it out of `from`.
    Record& adopt(Record& from) noexcept;

    [[nodiscard]] Record& checkout(const std::source_location& where) override;
    [[nodiscard]] bool is_detached() const noexcept override { return true; }
    [[nodiscard]] std::string status() const override;

  private:
    ~DetachedCore() override = default;
    void take_back(Record& record) noexcept override;
    void close_idle(Idle /*which*/) noexcept override {}
    void count(PoolStatistics& statistics) const override { statistics.checked_out = 1; }

    Record& record_;
};

}  // namespace azoth::inline v0::pool
