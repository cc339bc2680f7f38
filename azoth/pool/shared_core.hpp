// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/core.hpp>

namespace azoth::inline v0::pool {

/// Lends a connection to several leases at a time. Safe from any thread.
///
/// The first lease of a connection opens or checks it and the last one resets it; whoever comes
/// meanwhile waits. While it is on loan it is never replaced, however unfit: its holders use it.
class SharedCore : public Core {
  protected:
    using Core::Core;

    /// Lends `record`; waits while another thread opens or resets its connection.
    [[nodiscard]] Record& share(Record& record, const std::source_location& where);
    /// The thread that used `record` alone has ended: closes the connection now or with the last
    /// lease. \returns true where the caller must call close_claimed() once it holds no lock.
    [[nodiscard]] bool claim_ownerless(Record& record) noexcept;
    void close_claimed(Record& record) noexcept;

  private:
    void take_back(Record& record) noexcept final;
    void close_idle(Idle which) noexcept final;
    void count(PoolStatistics& statistics) const final;

    void wait_until_ready(Lock& lock, const Record& record);
    /// Ends `busy`; a record whose thread has ended becomes free for another.
    void make_ready(Record& record) noexcept;

    std::condition_variable ready_;
    int waiting_ = 0;
};

}  // namespace azoth::inline v0::pool
