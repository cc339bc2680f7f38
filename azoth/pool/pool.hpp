// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/execution_context.hpp>
#include <azoth/base/export.hpp>
#include <azoth/pool/options.hpp>

#include <atomic>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>

namespace azoth::inline v0 {

namespace event {
struct PoolAccess;
}

namespace pool {
class Core;
struct Config;
struct Record;

/// What a user of the pool, such as the engine, keeps with a physical connection: prepared
/// statements, negotiated settings. Used by the holder of the connection only.
///
/// Destroyed before the connection is closed, whoever closes it. After fork() the child never
/// destroys inherited ones (R23): their destructors would talk to the server.
struct AZOTH_EXPORT ConnectionData {
    ConnectionData() = default;
    ConnectionData(const ConnectionData&) = delete;
    ConnectionData& operator=(const ConnectionData&) = delete;
    virtual ~ConnectionData();
};
}  // namespace pool

/// A connection on loan from a pool, given back by the destructor. One thread at a time; it may be
/// moved to another thread, and it may outlive its pool.
///
/// The destructor never throws (R25): it ends an open transaction as the pool's reset_on_return
/// says, and a connection on which that fails is closed and reported to `PoolOptions::on_event`. In
/// a child process that inherited the lease (R23) it sends nothing, and every member that needs the
/// connection throws ForkedProcessError. SQLAlchemy: PoolProxiedConnection.
class AZOTH_EXPORT PooledConnection {
  public:
    /// Holds nothing.
    PooledConnection() noexcept = default;
    PooledConnection(PooledConnection&& other) noexcept
        : core_(std::exchange(other.core_, nullptr)),
          record_(std::exchange(other.record_, nullptr)) {}
    PooledConnection& operator=(PooledConnection&& other) noexcept {
        PooledConnection old(std::move(*this));
        core_ = std::exchange(other.core_, nullptr);
        record_ = std::exchange(other.record_, nullptr);
        return *this;
    }
    ~PooledConnection() {
        if (core_ != nullptr) release();
    }

    /// True while it holds a connection: not after close(), invalidate() or being moved from.
    [[nodiscard]] bool is_valid() const noexcept { return core_ != nullptr; }
    /// The physical connection. Throws ResourceClosedError unless is_valid(), ForkedProcessError in
    /// a child process. SQLAlchemy: `dbapi_connection`.
    [[nodiscard]] driver::Connection& connection() const;
    /// The same, for calling a member.
    [[nodiscard]] driver::Connection* operator->() const { return &connection(); }

    /// Gives the connection back now; does nothing where there is none. Statements prepared on it,
    /// other than those in data(), must be gone.
    void close() noexcept {
        if (core_ != nullptr) release();
    }
    /// Closes the physical connection without another word to the transaction on it, and ends the
    /// loan: the place in the pool is free at once. Does nothing where there is no connection.
    /// `reason` goes to `PoolOptions::on_event`.
    void invalidate(std::string_view reason = {}) noexcept;
    /// The same, and all connections of the pool that are as old as this one are replaced before
    /// their next use: the server is gone or was restarted. Many threads may find that out of one
    /// generation.
    void invalidate_pool(std::string_view reason = {}) noexcept;
    /// Lets this use go on, but has the connection replaced afterwards. SQLAlchemy:
    /// `invalidate(soft=True)`. Throws as connection() does.
    void soft_invalidate(std::string_view reason = {});
    /// Takes the connection out of the pool, which may open another in its place; this object still
    /// holds it, and its end closes it. Throws as connection() does, and InvalidRequestError where
    /// other leases share the connection (StaticPool, SingletonThreadPool).
    void detach();
    /// True after detach().
    [[nodiscard]] bool is_detached() const noexcept;

    /// Notes on the physical connection. Throws as connection() does.
    [[nodiscard]] ConnectionInfo& info() const;
    /// Notes on the connection's place in the pool: they stay when the connection is replaced at a
    /// checkout (because of its age, a ping, a listener), and go when the place is given up. Throws
    /// as connection() does. SQLAlchemy: `record_info`.
    [[nodiscard]] ConnectionInfo& record_info() const;
    /// What set_data() left with the physical connection, perhaps in an earlier lease; or null.
    /// Throws as connection() does.
    [[nodiscard]] pool::ConnectionData* data() const;
    /// Keeps `data` with the physical connection; what was there is destroyed. Throws as
    /// connection() does.
    void set_data(std::unique_ptr<pool::ConnectionData> data) const;
    /// Notices concurrent use of the physical connection (R19), which several leases can share in
    /// StaticPool and SingletonThreadPool. Throws as connection() does.
    [[nodiscard]] UseMonitor& use_monitor() const;

  private:
    friend class Pool;

    PooledConnection(pool::Core& core, pool::Record& record) noexcept
        : core_(&core), record_(&record) {}
    void release() noexcept;
    [[nodiscard]] pool::Record& record() const;

    pool::Core* core_ = nullptr;
    pool::Record* record_ = nullptr;
};

/// Keeps physical connections for reuse. Safe from any thread, its destructor excepted.
///
/// Needs nothing of the engine: a function that opens a driver connection is enough. No lock is
/// held while connections are opened, pinged, reset or closed. In a child process a pool starts
/// afresh by itself (R23): inherited connections are abandoned without a byte sent. SQLAlchemy:
/// Pool.
class AZOTH_EXPORT Pool {
  public:
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    /// Closes what is idle; connections still on loan are closed when they come back.
    virtual ~Pool();

    /// Lends a connection: opens one, or checks and reuses an idle one, or waits for one.
    ///
    /// `where` is shown to those who wait in vain. Throws TimeoutError, what the creator throws,
    /// what `PoolOptions::on_event` throws, and DisconnectionError where a listener refused two in
    /// a row.
    [[nodiscard]] PooledConnection connect(
        std::source_location where = std::source_location::current());

    /// The pool in one line, for people.
    [[nodiscard]] std::string status() const;
    /// The pool in numbers.
    [[nodiscard]] PoolStatistics statistics() const;
    /// The options it was made with.
    [[nodiscard]] const PoolOptions& options() const noexcept;

    /// Opens connections until `PoolOptions::min_size` are open, in the calling thread and one
    /// after the other; does nothing where as many are. Several threads may call it at a time: they
    /// share the work. Throws what the creator and a listener throw; what was opened until then
    /// stays. SQLAlchemy has no such thing.
    void warm_up();
    /// What a thread in the background would do: closes idle connections whose time is over
    /// (`recycle`, `max_lifetime`) or that were invalidated, and does warm_up(). A pool has no such
    /// thread: the program calls this from its own timer, if it wants idle connections to be closed
    /// and min_size to hold although nobody asks for any. Throws as warm_up().
    void maintain();
    /// Closes what is idle now and what is on loan when it comes back. The pool stays usable.
    void dispose();
    /// Has all connections that are open now replaced before their next use.
    void invalidate(std::string_view reason = {});
    /// A new, empty pool of the same class, creator, options and listeners.
    [[nodiscard]] virtual std::unique_ptr<Pool> recreate() const = 0;

  protected:
    /// Makes the part of a pool that one process uses; called again in a child process.
    using CoreFactory = pool::Core* (*)(std::shared_ptr<const pool::Config>);

    Pool(std::string_view class_name, PoolCreator creator, PoolOptions options,
         CoreFactory factory);
    [[nodiscard]] const PoolCreator& creator() const noexcept;
    /// For recreate(): who listens to this pool listens to `made` too.
    [[nodiscard]] std::unique_ptr<Pool> with_listeners(std::unique_ptr<Pool> made) const;

  private:
    friend struct event::PoolAccess;
    [[nodiscard]] pool::Core& core() const;
    [[nodiscard]] pool::Core& start_afresh(pool::Core& inherited) const;

    std::shared_ptr<const pool::Config> config_;
    CoreFactory factory_;
    mutable std::atomic<pool::Core*> core_;
};

}  // namespace azoth::inline v0
