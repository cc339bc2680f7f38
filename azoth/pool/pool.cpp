// SPDX-License-Identifier: MIT
#include <azoth/pool/core.hpp>
#include <azoth/pool/events.hpp>
#include <azoth/pool/pool.hpp>

#include <memory>
#include <tuple>
#include <utility>

namespace azoth::inline v0 {
namespace {

ConnectionInfo& notes(std::unique_ptr<ConnectionInfo>& kept) {
    if (kept == nullptr) kept = std::make_unique<ConnectionInfo>();
    return *kept;
}

pool::Record& record_of(const PoolEvent& event) {
    if (event.record == nullptr || event.connection == nullptr)
        throw InvalidRequestError("this event of a " + std::string(event.pool) +
                                  " is about no connection, which could have notes");
    return *event.record;
}

/// PoolOptions::on_event is a listener as others, to every event.
std::shared_ptr<event::Hub> listeners(const PoolOptions& options) {
    auto hub = std::make_shared<event::Hub>();
    if (options.on_event) {
        constexpr std::uint32_t every_event = ~std::uint32_t{0};
        (void)hub->add(std::make_shared<event::Callable<pool::Told>>(every_event, event::Options(),
                                                                     options.on_event));
    }
    return hub;
}

}  // namespace

ConnectionInfo& PoolEvent::info() const {
    return notes(record_of(*this).info);
}

ConnectionInfo& PoolEvent::record_info() const {
    return notes(record_of(*this).record_info);
}

InvalidatePoolError::~InvalidatePoolError() = default;

// ---- PooledConnection ---------------------------------------------------------------------------

pool::Record& PooledConnection::record() const {
    if (core_ == nullptr) pool::throw_not_held();
    core_->owner().require_current("PooledConnection");
    return *record_;
}

driver::Connection& PooledConnection::connection() const {
    return *record().connection;
}

void PooledConnection::release() noexcept {
    std::exchange(core_, nullptr)->checkin(*std::exchange(record_, nullptr));
}

void PooledConnection::invalidate(std::string_view reason) noexcept {
    if (core_ == nullptr) return;
    std::exchange(core_, nullptr)->invalidate(*std::exchange(record_, nullptr), reason);
}

void PooledConnection::invalidate_pool(std::string_view reason) noexcept {
    if (core_ == nullptr) return;
    std::exchange(core_, nullptr)->invalidate_generation(*std::exchange(record_, nullptr), reason);
}

void PooledConnection::soft_invalidate(std::string_view reason) {
    pool::Record& held = record();
    core_->soft_invalidate(held, reason);
}

void PooledConnection::detach() {
    pool::Record& held = record();
    if (core_->is_detached()) return;
    std::tie(core_, record_) = core_->detach(held);
}

bool PooledConnection::is_detached() const noexcept {
    return core_ != nullptr && core_->is_detached();
}

ConnectionInfo& PooledConnection::info() const {
    return notes(record().info);
}

ConnectionInfo& PooledConnection::record_info() const {
    return notes(record().record_info);
}

pool::ConnectionData* PooledConnection::data() const {
    return record().data.get();
}

void PooledConnection::set_data(std::unique_ptr<pool::ConnectionData> data) const {
    record().data = std::move(data);
}

UseMonitor& PooledConnection::use_monitor() const {
    return record().use_monitor;
}

// ---- Pool ---------------------------------------------------------------------------------------

Pool::Pool(std::string_view class_name, PoolCreator creator, PoolOptions options,
           CoreFactory factory)
    : factory_(factory), core_(nullptr) {
    pool::check_options(class_name, creator, options);
    auto events = listeners(options);
    config_ = std::make_shared<const pool::Config>(
        pool::Config{class_name, std::move(creator), std::move(options), std::move(events)});
    core_.store(factory_(config_));
}

Pool::~Pool() {
    pool::Core& core = *core_.load();
    if (core.is_ours())
        core.orphan();
    else
        core.forsake();
}

pool::Core& Pool::core() const {
    pool::Core& core = *core_.load(std::memory_order_acquire);
    if (core.is_ours()) [[likely]]
        return core;
    return start_afresh(core);
}

pool::Core& Pool::start_afresh(pool::Core& inherited) const {
    pool::Core* fresh = factory_(config_);
    pool::Core* expected = &inherited;
    if (core_.compare_exchange_strong(expected, fresh)) {
        inherited.forsake();
        return *fresh;
    }
    fresh->orphan();  // another thread of the child was faster
    return *expected;
}

PooledConnection Pool::connect(std::source_location where) {
    pool::Core& lender = core();
    return {lender, lender.checkout(where)};
}

std::string Pool::status() const {
    return core().status();
}

PoolStatistics Pool::statistics() const {
    return core().statistics();
}

const PoolOptions& Pool::options() const noexcept {
    return config_->options;
}

std::unique_ptr<Pool> Pool::with_listeners(std::unique_ptr<Pool> made) const {
    made->config_->events->hear_as(*config_->events);
    return made;
}

struct event::PoolAccess {
    [[nodiscard]] static const std::shared_ptr<Hub>& events(const Pool& pool) {
        return pool.config_->events;
    }
};

event::Place event::place_of(const Pool& pool, PoolScope /*scope*/) {
    return {PoolAccess::events(pool)};
}

const PoolCreator& Pool::creator() const noexcept {
    return config_->creator;
}

void Pool::warm_up() {
    core().warm_up();
}

void Pool::maintain() {
    pool::Core& lender = core();
    lender.close_outdated();
    lender.warm_up();
}

void Pool::dispose() {
    core().dispose();
}

void Pool::invalidate(std::string_view reason) {
    core().invalidate_all(reason);
}

}  // namespace azoth::inline v0
