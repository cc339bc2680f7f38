// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/error.hpp>
#include <azoth/base/export.hpp>

#include <any>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace azoth::inline v0 {

namespace driver {
class Connection;
}
namespace pool {
struct Record;
}

/// Notes of the application on a connection. A plain value. SQLAlchemy: the dictionaries `info` and
/// `record_info`.
using ConnectionInfo = std::map<std::string, std::any, std::less<>>;

/// What a pool does with a transaction that is still open when its connection comes back.
/// SQLAlchemy: `pool_reset_on_return`.
enum class ResetOnReturn : std::uint8_t {
    rollback,  ///< undo it
    commit,    ///< keep it
    none       ///< leave it open: the next user finds it
};

/// What a PoolEvent tells. The names are those of SQLAlchemy's PoolEvents, and three of Azoth's
/// own: `reset_failed`, `ping_failed`, and `invalidate` without a connection for a whole pool.
enum class PoolEventKind : std::uint8_t {
    first_connect,  ///< as `connect`, just before it, for the first connection in a process
    connect,        ///< a connection was opened; an exception from the listener closes it again
    checkout,       ///< about to be handed out; see `PoolOptions::on_event` for what may be thrown
    checkin,        ///< came back in good order
    reset,         ///< came back and is about to be reset; an exception from the listener closes it
    reset_failed,  ///< that failed, so the connection is closed; `message` says why
    ping_failed,   ///< found dead by pre_ping, so the whole generation is replaced
    invalidate,    ///< declared unusable; `message` is the reason
    soft_invalidate,  ///< to be replaced after this use; `message` is the reason
    detach,           ///< taken out of the pool by its holder
    close,            ///< about to be closed
    close_detached    ///< about to be closed by who detached it
};

/// What a listener is told of a connection that is about to be reset. A plain value. SQLAlchemy:
/// `PoolResetState`, whose `asyncio_safe` would always be true.
struct PoolResetState {
    bool transaction_was_reset = false;  ///< its holder left no transaction open
    bool terminate_only = false;         ///< it will be closed, not kept
};

/// Something that happened to a pooled connection. A plain value, valid during the call.
struct AZOTH_EXPORT PoolEvent {
    PoolEventKind kind{};
    driver::Connection* connection = nullptr;  ///< null where there is none (any more)
    std::string_view pool;                     ///< the pool's class, "QueuePool"
    std::string_view message;                  ///< reason or error, or empty
    PoolResetState reset_state{};              ///< of `reset`
    pool::Record* record = nullptr;            ///< for info() and record_info()

    /// Notes on the physical connection, as PooledConnection::info. Throws InvalidRequestError
    /// where the event is about none.
    [[nodiscard]] ConnectionInfo& info() const;
    /// Notes on its place in the pool, as PooledConnection::record_info. Throws as info().
    [[nodiscard]] ConnectionInfo& record_info() const;
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

/// How a pool behaves. A plain value; the defaults are SQLAlchemy's where it has the option.
struct PoolOptions {
    /// Connections that are kept open when idle; 0: no limit. QueuePool only.
    int pool_size = 5;
    /// Connections beyond pool_size that may be open at a time, closed when they come back;
    /// -1: no limit. QueuePool only.
    int max_overflow = 10;
    /// Connections that `Pool::warm_up` and `Pool::maintain` see to it that are open, lent or idle;
    /// at most pool_size. QueuePool only.
    int min_size = 0;
    /// How long connect() waits for a connection that others hold before it throws TimeoutError;
    /// zero: not at all.
    std::chrono::milliseconds timeout = std::chrono::seconds{30};
    /// Hand out the connection that came back last, so that those not needed age (and are closed by
    /// servers and recycling); otherwise the one that rested longest. QueuePool only.
    bool use_lifo = false;
    /// Ask the server for a sign of life at each checkout, unless the connection was just opened.
    bool pre_ping = false;
    /// With pre_ping: ask only where the connection rested in the pool for so long; zero: always.
    /// Measured to some milliseconds.
    std::chrono::milliseconds ping_idle_threshold{0};
    /// Replace connections older than this at their next checkout; negative: never. Measured to
    /// some milliseconds.
    std::chrono::milliseconds recycle{-1};
    /// Never keep a connection older than this: it is replaced at its next checkout, as with
    /// recycle, closed when it comes back, and closed by `Pool::maintain`; negative: no limit.
    std::chrono::milliseconds max_lifetime{-1};
    /// By which part of max_lifetime the life of a connection may be shorter, from 0 up to less
    /// than 1. Each draws its own, so that those opened together don't end together.
    double lifetime_jitter = 0;
    /// What becomes of a transaction left open.
    ResetOnReturn reset_on_return = ResetOnReturn::rollback;
    /// Told of everything, for logs and for listeners; called from any thread and never under a
    /// lock. On `checkout` it may throw DisconnectionError to have this connection replaced or
    /// InvalidatePoolError to have all of them replaced, twice at most; on `first_connect`,
    /// `connect` and `checkout` any other exception goes to the caller of connect(). On `reset` an
    /// exception has the connection closed. Elsewhere exceptions are only counted. `event::listen`
    /// on the pool or its engine does the same for single events, at any time.
    std::function<void(const PoolEvent&)> on_event{};
};

/// The state of a pool at one moment, and what it did so far in this process. A plain value.
struct PoolStatistics {
    int checked_in = 0;                       ///< idle open connections
    int checked_out = 0;                      ///< connections in use, being opened or being closed
    int waiting = 0;                          ///< threads waiting in connect()
    std::uint64_t checkouts = 0;              ///< connections handed out
    std::uint64_t opened = 0;                 ///< physical connections opened
    std::uint64_t closed = 0;                 ///< physical connections closed or detached
    std::uint64_t connect_failures = 0;       ///< physical connections that could not be opened
    std::uint64_t invalidated = 0;            ///< connections declared unusable, softly or not
    std::uint64_t recycled = 0;               ///< connections replaced because of `recycle`
    std::uint64_t lifetime_expired = 0;       ///< connections closed because of `max_lifetime`
    std::uint64_t pings = 0;                  ///< signs of life asked for
    std::uint64_t ping_failures = 0;          ///< signs of life that did not come
    std::uint64_t resets = 0;                 ///< transactions left open that were ended
    std::uint64_t reset_failures = 0;         ///< connections closed because their reset failed
    std::uint64_t timeouts = 0;               ///< calls of connect() that ended in TimeoutError
    std::uint64_t waits = 0;                  ///< calls of connect() that had to wait, even in vain
    std::chrono::nanoseconds wait_time{};     ///< how long those waited, together
    std::chrono::nanoseconds longest_wait{};  ///< how long the one waited that waited longest
    std::uint64_t listener_errors = 0;        ///< exceptions of listeners that nobody could catch
};

}  // namespace azoth::inline v0
