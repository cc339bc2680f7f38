// SPDX-License-Identifier: MIT
// What a pool does with its connections: without the lock, by the thread that has the record.
#include <azoth/pool/core.hpp>

#include <exception>
#include <string>
#include <utility>

namespace azoth::inline v0::pool {

bool Core::count_too_old(const Record& record, TimePoint now) noexcept {
    if (now >= record.expires_at) {
        lifetime_expired_.add();
        return true;
    }
    if (now >= record.recycle_at) {
        recycled_.add();
        return true;
    }
    return false;
}

void Core::open(Record& record) {
    close(record);
    // Read first: an invalidation while the connection is being opened counts against it.
    const std::uint64_t generation = generation_.load(std::memory_order_relaxed);
    record.connection = create_connection();
    record.generation = generation;
    const TimePoint now = coarse_now();
    record.recycle_at =
        options().recycle.count() >= 0 ? after(now, options().recycle) : TimePoint::max();
    record.expires_at = lifetimes_.end_of_one_from(now);
    record.rests_since = now;
    record.fresh = true;
    record.fitness.store(Record::Fitness::good, std::memory_order_relaxed);
    opened_.add();
    tell_connect(record);
}

std::unique_ptr<driver::Connection> Core::create_connection() try {
    auto connection = config_->creator();
    if (connection == nullptr) {
        throw InvalidRequestError(std::string(config_->class_name) +
                                  ": the creator function returned no connection");
    }
    return connection;
} catch (...) {
    connect_failures_.add();
    throw;
}

void Core::tell_connect(Record& record) {
    if (events_.hears(bit(PoolEventKind::first_connect)) && !first_connect_told_.exchange(true)) {
        try {
            tell(PoolEventKind::first_connect, record);
        } catch (...) {
            first_connect_told_ = false;
            throw;
        }
    }
    tell(PoolEventKind::connect, record);
}

bool Core::needs_ping(const Record& record) const noexcept {
    return options().pre_ping && !record.fresh &&
           record.lent_at >= after(record.rests_since, options().ping_idle_threshold);
}

void Core::verify(Record& record) {
    constexpr int attempts = 2;  // as SQLAlchemy
    for (int attempt = 1;; ++attempt) {
        try {
            if (needs_ping(record)) ping(record);
            record.fresh = false;
            tell(PoolEventKind::checkout, record);
            return;
        } catch (const DisconnectionError& error) {
            if (dynamic_cast<const InvalidatePoolError*>(&error) != nullptr)
                end_generation(record.generation);
            invalidated_.add();
            tell_quietly(PoolEventKind::invalidate, record, error.what());
            if (attempt == attempts) {
                throw DisconnectionError(
                    std::string(config_->class_name) +
                    ": connections were refused at checkout twice in a row, the last one with: " +
                    error.what());
            }
        }
        open(record);
    }
}

void Core::ping(Record& record) {
    pings_.add();
    try {
        record.connection->ping();
    } catch (const DBAPIError& error) {
        const bool dead = error.connection_invalidated() || !record.connection->is_open() ||
                          dynamic_cast<const OperationalError*>(&error) != nullptr;
        if (!dead) throw;
        ping_failures_.add();
        tell_quietly(PoolEventKind::ping_failed, record, error.what());
        throw InvalidatePoolError(error.what());
    }
}

bool Core::reset(Record& record) noexcept {
    driver::Connection* connection = record.connection.get();
    if (connection == nullptr || !connection->is_open() ||
        record.fitness.load(std::memory_order_relaxed) == Record::Fitness::broken)
        return false;
    constexpr std::uint32_t ends = bit(PoolEventKind::reset) | bit(PoolEventKind::checkin);
    if (connection->in_transaction() || events_.hears(ends)) [[unlikely]] {
        try {
            end_transaction(record);
        } catch (const std::exception& error) {
            fail_reset(record, error.what());
            return false;
        } catch (...) {
            fail_reset(record, "an exception of an unknown type");
            return false;
        }
        if (!is_detached()) tell_quietly(PoolEventKind::checkin, record);
    }
    return !rests_ || may_rest(record);
}

void Core::end_transaction(Record& record) {
    driver::Connection& connection = *record.connection;
    if (events_.hears(bit(PoolEventKind::reset))) {
        tell(PoolEventKind::reset, record, {},
             {.transaction_was_reset = !connection.in_transaction(),
              .terminate_only = is_detached() || !is_current(record)});
    }
    // Asked again: the listener may have ended it, in a better way than the pool knows.
    if (options().reset_on_return == ResetOnReturn::none || !connection.in_transaction()) return;
    if (options().reset_on_return == ResetOnReturn::commit)
        connection.commit();
    else
        connection.rollback();
    resets_.add();
}

void Core::fail_reset(Record& record, std::string_view why) noexcept {
    reset_failures_.add();
    tell_quietly(PoolEventKind::reset_failed, record, why);
}

bool Core::may_rest(Record& record) noexcept {
    const TimePoint now = coarse_now();
    record.rests_since = now;
    if (now < record.expires_at) return true;
    lifetime_expired_.add();
    return false;
}

void Core::close(Record& record) noexcept {
    if (record.connection == nullptr) return;
    tell_quietly(is_detached() ? PoolEventKind::close_detached : PoolEventKind::close, record);
    record.data.reset();
    record.info.reset();
    record.connection->close();
    record.connection.reset();
    closed_.add();
}

void Core::clear(Record& record) noexcept {
    close(record);
    record.record_info.reset();
}

// ---- events -------------------------------------------------------------------------------------

void Core::tell(PoolEventKind kind, Record& record, std::string_view message,
                PoolResetState state) const {
    if (!events_.hears(bit(kind))) return;
    const PoolEvent event{kind,   record.connection.get(), config_->class_name, message, state,
                          &record};
    events_.tell_as<Told>(bit(kind), nullptr, event);
}

void Core::tell_quietly(PoolEventKind kind, Record& record,
                        std::string_view message) const noexcept {
    try {
        tell(kind, record, message);
    } catch (...) {
        listener_errors_.add();
    }
}

}  // namespace azoth::inline v0::pool
