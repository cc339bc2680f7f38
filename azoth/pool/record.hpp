// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/event_hub.hpp>
#include <azoth/base/execution_context.hpp>
#include <azoth/driver/driver.hpp>
#include <azoth/pool/clock.hpp>
#include <azoth/pool/pool.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <source_location>

namespace azoth::inline v0::pool {

/// What listeners of pools are called with.
using Told = void(const PoolEvent&);

/// What all cores of one pool, those of child processes too, have in common. Immutable.
struct Config {
    std::string_view class_name;
    PoolCreator creator;
    PoolOptions options;
    std::shared_ptr<event::Hub> events;
};

/// A place for one physical connection. It stays where it is, and is reused, as long as its Core
/// lives, so that checking out allocates nothing and a child process can find every connection
/// without a lock that a vanished thread may have held.
struct Record {
    // Used by whoever has the record: its holder, the thread that opens or closes it.
    std::unique_ptr<driver::Connection> connection;
    std::unique_ptr<ConnectionData> data;
    std::unique_ptr<ConnectionInfo> info;
    std::unique_ptr<ConnectionInfo> record_info;
    UseMonitor use_monitor;
    TimePoint recycle_at;          ///< from then on it is replaced at checkout
    TimePoint expires_at;          ///< from then on it isn't kept either
    TimePoint rests_since;         ///< noted where pings depend on it
    std::uint64_t generation = 0;  ///< the core's when the connection began to be opened
    bool fresh = false;            ///< opened for this checkout: needs no ping

    /// What holders have found out about the connection. Atomic because holders may share it.
    enum class Fitness : std::uint8_t {
        good,
        replace,  ///< softly invalidated: serves until it comes back
        broken    ///< to be closed without another word
    };
    std::atomic<Fitness> fitness{Fitness::good};
    std::atomic<bool> abandoned{false};  ///< in a child process: abandon() was called

    // Guarded by the core's mutex.
    unsigned leases = 0;
    bool busy = false;       ///< SharedCore: a thread opens, resets or closes it, the others wait
    bool ownerless = false;  ///< SingletonThreadCore: its thread has ended
    TimePoint lent_at;
    std::source_location lent_to;
    Record* next = nullptr;  ///< in the list of idle or of empty records

    Record* next_of_all = nullptr;  ///< written once, before others can see the record
};

/// Says that a lease can no longer be used, and why.
[[noreturn]] void throw_not_held();

}  // namespace azoth::inline v0::pool
