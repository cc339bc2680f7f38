// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/event.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace azoth::inline v0::event {

/// The listeners of one engine, pool, table or MetaData. Safe from any thread.
///
/// Whoever has something to tell reads an immutable list without a lock: neither does a listener
/// hold up other threads, nor can a child process find a lock that a vanished thread has taken
/// (R23). A list that was replaced is freed by whoever replaces the next one while nobody reads.
class AZOTH_EXPORT Hub : public std::enable_shared_from_this<Hub> {
  public:
    Hub();
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;
    ~Hub();

    /// True where somebody listens to one of these events; the cost of an event that nobody
    /// listens to. \param events bits, as Event::bit
    [[nodiscard]] bool hears(std::uint32_t events) const noexcept {
        return (heard_.load(std::memory_order_relaxed) & events) != 0;
    }
    /// Calls those who listen to this event, on everything or on `target`, in their order; what one
    /// of them throws comes out, and the others are not called.
    template <class E, class... Given>
    void tell(E /*event*/, const void* target, Given&&... given) {
        tell_as<typename E::Signature>(E::bit, target, given...);
    }
    template <class Signature, class... Given>
    void tell_as(std::uint32_t bit, const void* target, Given&... given) {
        const Reading reading(*this);
        for (const auto& entry : reading.entries()) {
            if (!begins(*entry, bit, target)) continue;
            static_cast<const Callable<Signature>&>(*entry).listener(given...);
        }
    }

    [[nodiscard]] Listener add(std::shared_ptr<Entry> entry);
    /// \returns false where it was not there any more
    bool remove(Entry& entry);
    /// For the end of what was listened on.
    void remove_all_of(const void* target) noexcept;
    /// Has those who listen to `other` now listen here too, and nobody else.
    void hear_as(const Hub& other);

  private:
    using Entries = std::vector<std::shared_ptr<Entry>>;

    /// Keeps the list that is read from being freed.
    class Reading {
      public:
        explicit Reading(const Hub& hub) noexcept : hub_(hub) {
            hub.readers_.fetch_add(1);  // before the list is looked up, in the one order of all
            entries_ = hub.entries_.load();
        }
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;
        ~Reading() { hub_.readers_.fetch_sub(1); }
        [[nodiscard]] const Entries& entries() const noexcept { return *entries_; }

      private:
        const Hub& hub_;
        const Entries* entries_;
    };

    /// Whether this listener is to be called now; one that listens once is taken from the list.
    [[nodiscard]] bool begins(Entry& entry, std::uint32_t bit, const void* target);
    /// Those that are over are left out. The lock is held.
    /// \returns lists that nobody reads any more, to be freed without the lock: with them go the
    /// functions of listeners, and with those perhaps other listeners
    [[nodiscard]] std::vector<std::unique_ptr<const Entries>> replace(Entries entries);

    std::atomic<std::uint32_t> heard_{0};
    std::atomic<const Entries*> entries_;
    mutable std::atomic<std::uint32_t> readers_{0};
    std::mutex writing_;
    std::vector<std::unique_ptr<const Entries>> lists_;  // the last one is read, others perhaps
};

}  // namespace azoth::inline v0::event
