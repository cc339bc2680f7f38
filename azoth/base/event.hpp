// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

/// Listening to what engines, connections and pools do. The events themselves stand in the headers
/// of those layers; <azoth/event.hpp> has them all.
namespace azoth::inline v0::event {

class Hub;

/// How somebody listens. A plain value; SQLAlchemy's keywords of `listen`.
struct Options {
    bool once = false;    ///< called for the first occurrence only, whichever thread has it
    bool insert = false;  ///< called before those who listen already
};

/// A listener as its Hub keeps it.
struct AZOTH_EXPORT Entry {
    Entry(std::uint32_t bits, Options how) : events(bits), options(how) {}
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    virtual ~Entry();

    const std::uint32_t events;
    const Options options;
    const void* target = nullptr;  ///< hears of this alone, where it is not null
    std::atomic<bool> over{false};
};

/// An Entry with what it calls.
template <class Signature>
struct Callable final : Entry {
    Callable(std::uint32_t bits, Options how, std::function<Signature> call)
        : Entry(bits, how), listener(std::move(call)) {}
    const std::function<Signature> listener;
};

/// Names somebody who listens, for `remove` and `contains`. A plain value, safe to copy to any
/// thread; it keeps neither the listener nor the engine alive.
class AZOTH_EXPORT Listener {
  public:
    Listener() noexcept = default;
    Listener(std::weak_ptr<Hub> hub, std::weak_ptr<Entry> entry) noexcept
        : hub_(std::move(hub)), entry_(std::move(entry)) {}

  private:
    friend AZOTH_EXPORT bool remove(const Listener& listener);
    friend AZOTH_EXPORT bool contains(const Listener& listener);

    std::weak_ptr<Hub> hub_;
    std::weak_ptr<Entry> entry_;
};

/// Ends the listening, also from inside of a listener, its own too: it isn't called any more by
/// this thread, nor by others, save those that are calling it just now. \returns false where it had
/// ended already. SQLAlchemy: `event.remove`.
AZOTH_EXPORT bool remove(const Listener& listener);
/// True until the listener is removed, was called `once`, or what it listened on is gone.
/// SQLAlchemy: `event.contains`.
[[nodiscard]] AZOTH_EXPORT bool contains(const Listener& listener);

/// Somebody who listens until the end of a scope. One thread at a time; movable.
class AZOTH_EXPORT ScopedListener {
  public:
    ScopedListener() noexcept = default;
    // Taken from `listen`, which says enough. NOLINTNEXTLINE(google-explicit-constructor)
    ScopedListener(Listener listener) noexcept : listener_(std::move(listener)) {}
    ScopedListener(ScopedListener&& other) noexcept;
    ScopedListener& operator=(ScopedListener&& other) noexcept;
    ~ScopedListener();

    [[nodiscard]] const Listener& listener() const noexcept { return listener_; }
    /// Lets it go on listening after the scope.
    Listener release() noexcept { return std::exchange(listener_, {}); }

  private:
    Listener listener_;
};

/// Where somebody listens: the listeners of an engine or a pool, and which of its connections he
/// wants to hear of, if not all. A plain value.
struct Place {
    std::shared_ptr<Hub> hub;
    const void* target = nullptr;
};

namespace detail {

AZOTH_EXPORT Listener add(const Place& place, std::shared_ptr<Entry> entry);

/// place_of() is found where the event's scope is declared.
template <class Target, class Scope>
concept Listened = requires(const Target& target, Scope scope) { place_of(target, scope); };

template <class F, class Signature>
inline constexpr bool hears = false;
template <class F, class... Args>
inline constexpr bool hears<F, void(Args...)> = std::is_invocable_v<F&, Args...>;

}  // namespace detail

/// Has `listener` called whenever `event` happens to `target`, an Engine, a Connection, a Pool, a
/// Table or a MetaData.
///
/// Statements may run in other threads meanwhile; a statement that runs now may or may not be told
/// of. What a listener throws goes to whoever caused the event, and where that is nobody it is
/// logged or counted; each event says which. It must not capture what it listens on by value: the
/// engine would then keep itself alive. Throws ResourceClosedError for a Connection that is closed.
/// SQLAlchemy: `event.listen`, `event.listens_for`.
template <class Target, class E, class F>
Listener listen(const Target& target, E /*event*/, F&& listener, Options options = {}) {
    E::template check_target<detail::Listened<Target, typename E::Scope>>();
    E::template check_listener<detail::hears<std::decay_t<F>, typename E::Signature>>();
    if constexpr (detail::Listened<Target, typename E::Scope> &&
                  detail::hears<std::decay_t<F>, typename E::Signature>) {
        using Signature = typename E::Signature;
        return detail::add(
            place_of(target, typename E::Scope()),
            std::make_shared<Callable<Signature>>(
                E::bit, options, std::function<Signature>(std::forward<F>(listener))));
    } else {
        return {};
    }
}

/// One line an event: where it can be listened to, its number there, what its listeners are called
/// with.
#define AZOTH_DEFINE_EVENT(name, scope, number, ...)                                            \
    struct name##_event {                                                                       \
        using Scope = scope;                                                                    \
        using Signature = void __VA_ARGS__;                                                     \
        static constexpr std::uint32_t bit = std::uint32_t{1} << static_cast<unsigned>(number); \
        template <bool fits>                                                                    \
        static consteval void check_target() {                                                  \
            static_assert(                                                                      \
                fits, "event::" #name " is an event of " AZOTH_##scope ": listen to it there"); \
        }                                                                                       \
        template <bool fits>                                                                    \
        static consteval void check_listener() {                                                \
            static_assert(fits, "a listener of event::" #name " is called with " #__VA_ARGS__   \
                                ": it must take that");                                         \
        }                                                                                       \
    };                                                                                          \
    inline constexpr name##_event name {}

}  // namespace azoth::inline v0::event
