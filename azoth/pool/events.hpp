// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/event.hpp>
#include <azoth/pool/options.hpp>

/// The events of pools, for `event::listen` on a Pool or on the Engine that has it.
namespace azoth::inline v0 {

class Pool;

namespace event {

/// Of which objects the events below tell.
struct PoolScope {};
#define AZOTH_PoolScope "pools (of a Pool, or an Engine for its own)"

/// Where the listeners of a pool are kept.
[[nodiscard]] AZOTH_EXPORT Place place_of(const Pool& pool, PoolScope scope);

/// A connection was opened, the first one of the pool in this process; before `connect`. What the
/// listener throws closes the connection and goes to the caller of connect().
AZOTH_DEFINE_EVENT(first_connect, PoolScope, PoolEventKind::first_connect, (const PoolEvent&));
/// A connection was opened. What the listener throws closes it and goes to the caller of connect().
AZOTH_DEFINE_EVENT(connect, PoolScope, PoolEventKind::connect, (const PoolEvent&));
/// A connection is about to be lent. The listener may throw DisconnectionError, which has it
/// replaced, InvalidatePoolError, which has all of the pool replaced (twice at most), or what goes
/// to the caller of connect().
AZOTH_DEFINE_EVENT(checkout, PoolScope, PoolEventKind::checkout, (const PoolEvent&));
/// A connection came back in good order. Exceptions are counted.
AZOTH_DEFINE_EVENT(checkin, PoolScope, PoolEventKind::checkin, (const PoolEvent&));
/// A connection came back and is about to be reset; `reset_state` says in which state it is. An
/// exception has it closed.
AZOTH_DEFINE_EVENT(reset, PoolScope, PoolEventKind::reset, (const PoolEvent&));
/// That failed, or its listener did; the connection is closed. Exceptions are counted.
AZOTH_DEFINE_EVENT(reset_failed, PoolScope, PoolEventKind::reset_failed, (const PoolEvent&));
/// A connection was found dead by pre_ping; all of the pool are replaced. Exceptions are counted.
AZOTH_DEFINE_EVENT(ping_failed, PoolScope, PoolEventKind::ping_failed, (const PoolEvent&));
/// A connection, or all of the pool, was declared unusable. Exceptions are counted.
AZOTH_DEFINE_EVENT(invalidate, PoolScope, PoolEventKind::invalidate, (const PoolEvent&));
/// A connection is to be replaced after its present use. Exceptions are counted.
AZOTH_DEFINE_EVENT(soft_invalidate, PoolScope, PoolEventKind::soft_invalidate, (const PoolEvent&));
/// A connection is taken out of the pool by its holder. Exceptions are counted.
AZOTH_DEFINE_EVENT(detach, PoolScope, PoolEventKind::detach, (const PoolEvent&));
/// A connection is about to be closed. Exceptions are counted.
AZOTH_DEFINE_EVENT(close, PoolScope, PoolEventKind::close, (const PoolEvent&));
/// A connection that was detached is about to be closed. Exceptions are counted.
AZOTH_DEFINE_EVENT(close_detached, PoolScope, PoolEventKind::close_detached, (const PoolEvent&));

}  // namespace event
}  // namespace azoth::inline v0
