// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/error.hpp>
#include <azoth/base/export.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace azoth::inline v0 {

namespace driver {
class Connection;
}

/// What a pool does with a transaction that is still open when its connection comes back.
/// SQLAlchemy: `pool_reset_on_return`.
enum class ResetOnReturn : std::uint8_t {
    rollback,  ///< undo it
    commit,    ///< keep it
    none       ///< leave it open: the next user finds it
};

/// What a PoolEvent tells. The names are those of SQLAlchemy's PoolEvents.
enum class PoolEventKind : std::uint8_t {
    connect,       ///< a connection was opened; an exception from the listener closes it again
    checkout,      ///< about to be handed out; see `PoolOptions::on_event` for what may be thrown
    checkin,       ///< came back in good order
    reset,         ///< came back with an open transaction, which was ended
    reset_failed,  ///< ending it failed, so the connection is closed; `message` says why
    ping_failed,   ///< found dead by pre_ping, so the whole generation is replaced
    invalidate,    ///< declared unusable; `message` is the reason
    soft_invalidate,  ///< to be replaced after this use; `message` is the reason
    detach,           ///< taken out of the pool by its holder
    close             ///< about to be closed
};

/// Something that happened to a pooled connection. A plain value, valid during the call.
struct PoolEvent {
    PoolEventKind kind{};
    driver::Connection* connection = nullptr;  ///< null where there is none (any more)
    std::string_view pool;                     ///< the pool's class, "QueuePool"
    std::string_view message;                  ///< reason or error, or empty
};

/// Thrown by a checkout listener: this connection and all that are as old are to be replaced.
/// SQLAlchemy: `InvalidatePoolError`. Immutable once thrown.
class AZOTH_EXPORT InvalidatePoolError : public DisconnectionError {
  public:
    explicit InvalidatePoolError(const std::string& message) : DisconnectionError(message) {}
    ~InvalidatePoolError() override;
};

/// Opens one physical connection; called from any thread, by several at a time, never under a lock.
/// What it throws, `Pool::connect` throws. SQLAlchemy: `creator`.
using PoolCreator = std::function<std::unique_ptr<driver::Connection>()>;

/// How a pool behaves. A plain value; the defaults are SQLAlchemy's.
struct PoolOptions {
    /// Connections that are kept open when idle; 0: no limit. QueuePool only.
    int pool_size = 5;
    /// Connections beyond pool_size that may be open at a time, closed when they come back;
    /// -1: no limit. QueuePool only.
    int max_overflow = 10;
    /// How long connect() waits for a connection that others hold before it throws TimeoutError;
    /// zero: not at all.
    std::chrono::milliseconds timeout = std::chrono::seconds{30};
    /// Hand out the connection that came back last, so that those not needed age (and are closed by
    /// servers and recycling); otherwise the one that rested longest. QueuePool only.
    bool use_lifo = false;
    /// Ask the server for a sign of life at each checkout, unless the connection was just opened.
    bool pre_ping = false;
    /// Replace connections older than this at their next checkout; negative: never. Measured to
    /// some milliseconds.
    std::chrono::milliseconds recycle{-1};
    /// What becomes of a transaction left open.
    ResetOnReturn reset_on_return = ResetOnReturn::rollback;
    /// Told of everything, for logs and for listeners; called from any thread and never under a
    /// lock. On `checkout` it may throw DisconnectionError to have this connection replaced or
    /// InvalidatePoolError to have all of them replaced, twice at most; on `connect` and `checkout`
    /// any other exception goes to the caller of connect(). Elsewhere exceptions are only counted.
    std::function<void(const PoolEvent&)> on_event{};
};

/// The state of a pool at one moment. A plain value.
struct PoolStatistics {
    int checked_in = 0;                 ///< idle open connections
    int checked_out = 0;                ///< connections in use, being opened or being closed
    int waiting = 0;                    ///< threads waiting in connect()
    std::uint64_t checkouts = 0;        ///< connections handed out so far
    std::uint64_t opened = 0;           ///< physical connections opened so far
    std::uint64_t closed = 0;           ///< physical connections closed or detached so far
    std::uint64_t invalidated = 0;      ///< connections declared unusable so far, softly or not
    std::uint64_t timeouts = 0;         ///< calls of connect() that ended in TimeoutError
    std::uint64_t listener_errors = 0;  ///< exceptions of on_event that nobody was there to catch
};

}  // namespace azoth::inline v0
