// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/core.hpp>

namespace azoth::inline v0::pool {

/// Lends each connection to one holder at a time. Safe from any thread.
///
/// A subclass decides who gets a record, and what happens to one that comes back; all its functions
/// are called with the lock held.
class ExclusiveCore : public Core {
  public:
    [[nodiscard]] Record& checkout(const std::source_location& where) final;

  protected:
    using Core::Core;

    /// Finds a record for a new lease and notes the lease. May wait, with the lock.
    [[nodiscard]] virtual Record& take(Lock& lock, const std::source_location& where) = 0;
    /// Keeps a good connection or hands it on. \returns false where there is no place for it.
    [[nodiscard]] virtual bool keep(Record& record) noexcept = 0;
    /// Gives away the place of a connection that is closed.
    virtual void vacate(Record& record) noexcept { put_empty(record); }

    /// Closes the connections of a list (of `next`) and gives their places away; with the lock,
    /// which it ends.
    void close_all(Lock& lock, Record* list) noexcept;
    /// Without the lock: keeps a good connection, closes another and gives its place away. Ends a
    /// reference.
    void put_back(Record& record, bool good) noexcept;

  private:
    void take_back(Record& record) noexcept final;
};

}  // namespace azoth::inline v0::pool
