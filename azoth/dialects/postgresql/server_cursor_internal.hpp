// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/connection_internal.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace azoth::inline v0::postgresql {

/// A cursor of the server's (DECLARE … CURSOR), from which a statement's rows are fetched a window
/// at a time. One thread at a time, that of its connection.
///
/// It ends with the transaction in which it was declared, or with the savepoint. Where there is no
/// transaction it is WITH HOLD: the server puts all rows aside at once, and the client still has no
/// more than a window of them.
class ServerCursor {
  public:
    /// \param sql of the statement; must outlive this
    ServerCursor(Connection& connection, const std::string& sql)
        : connection_(connection), sql_(sql) {}
    ServerCursor(const ServerCursor&) = delete;
    ServerCursor& operator=(const ServerCursor&) = delete;

    /// Declares it and fetches the first window, in one round trip.
    [[nodiscard]] Outcome open(const std::vector<Oid>& types, const Arguments& arguments,
                               const driver::RowWindow& window);
    /// The next window, null after the last. Throws where the rows have ended before, each time.
    [[nodiscard]] ResultPtr fetch();
    /// Says that nothing more will be fetched. What the server does not hear of ends with the
    /// transaction.
    void close() noexcept;

  private:
    enum class State : std::uint8_t {
        closed,
        open,
        exhausted,  ///< the last window is here; the server still has it
        gone,       ///< before its last row
    };

    [[nodiscard]] Outcome try_open(const std::vector<Oid>& types, const Arguments& arguments);
    [[nodiscard]] Outcome fly(const std::string& command);
    [[nodiscard]] std::string fetch_command() const;
    [[nodiscard]] bool is_alive();
    void note(const Outcome& outcome);
    [[noreturn]] void raise_gone() const;

    Connection& connection_;
    const std::string& sql_;
    std::string name_;
    State state_ = State::closed;
    bool held_ = false;
    std::uint64_t transaction_ = 0;  // in which it was declared
    std::uint64_t cursor_era_ = 0;   // up to which it is known to be there
    driver::RowWindow window_;
};

}  // namespace azoth::inline v0::postgresql
