// SPDX-License-Identifier: MIT
#include <azoth/base/event_hub.hpp>

#include <algorithm>
#include <new>

namespace azoth::inline v0::event {

Entry::~Entry() = default;

Hub::Hub() {
    lists_.push_back(std::make_unique<const Entries>());
    entries_.store(lists_.back().get());
}

Hub::~Hub() = default;

Listener Hub::add(std::shared_ptr<Entry> entry) {
    Listener listener(weak_from_this(), entry);
    std::vector<std::unique_ptr<const Entries>> unread;
    const std::lock_guard lock(writing_);
    Entries entries = *entries_.load();
    entries.insert(entry->options.insert ? entries.begin() : entries.end(), std::move(entry));
    unread = replace(std::move(entries));
    return listener;
}

bool Hub::remove(Entry& entry) {
    if (entry.over.exchange(true)) return false;
    std::vector<std::unique_ptr<const Entries>> unread;
    const std::lock_guard lock(writing_);
    unread = replace(*entries_.load());
    return true;
}

void Hub::remove_all_of(const void* target) noexcept {
    {
        const Reading reading(*this);
        for (const auto& entry : reading.entries())
            if (entry->target == target) entry->over = true;
    }
    // Where that can't be done they stay until the next change, and are not called. Not waited for:
    // in a child process nobody may ever unlock.
    std::vector<std::unique_ptr<const Entries>> unread;
    const std::unique_lock lock(writing_, std::try_to_lock);
    if (!lock) return;
    try {
        unread = replace(*entries_.load());
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch)
    }
}

void Hub::hear_as(const Hub& other) {
    const Reading reading(other);
    std::vector<std::unique_ptr<const Entries>> unread;
    const std::lock_guard lock(writing_);
    unread = replace(reading.entries());
}

bool Hub::begins(Entry& entry, std::uint32_t bit, const void* target) {
    if ((entry.events & bit) == 0) return false;
    if (entry.target != nullptr && entry.target != target) return false;
    if (!entry.options.once) return !entry.over.load(std::memory_order_relaxed);
    return remove(entry);  // whoever removes it calls it
}

std::vector<std::unique_ptr<const Hub::Entries>> Hub::replace(Entries entries) {
    std::erase_if(entries, [](const auto& entry) { return entry->over.load(); });
    std::uint32_t heard = 0;
    for (const auto& entry : entries) heard |= entry->events;
    lists_.push_back(std::make_unique<const Entries>(std::move(entries)));
    entries_.store(lists_.back().get());
    heard_.store(heard, std::memory_order_relaxed);
    // Whoever begins to read from now on finds the new list.
    std::vector<std::unique_ptr<const Entries>> unread;
    if (readers_.load() != 0) return unread;
    unread.push_back(std::move(lists_.back()));
    lists_.pop_back();
    lists_.swap(unread);
    return unread;
}

bool remove(const Listener& listener) {
    const auto hub = listener.hub_.lock();
    const auto entry = listener.entry_.lock();
    if (!entry) return false;
    // Without its own hub it may still stand in that of a pool which was made in place of the
    // first.
    return hub ? hub->remove(*entry) : !entry->over.exchange(true);
}

bool contains(const Listener& listener) {
    const auto entry = listener.entry_.lock();
    return entry && !entry->over.load();
}

ScopedListener::ScopedListener(ScopedListener&& other) noexcept : listener_(other.release()) {}

ScopedListener& ScopedListener::operator=(ScopedListener&& other) noexcept {
    const ScopedListener old(release());
    listener_ = other.release();
    return *this;
}

ScopedListener::~ScopedListener() {
    try {
        remove(listener_);
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch)
        // it stays on the list, and is not called
    }
}

Listener detail::add(const Place& place, std::shared_ptr<Entry> entry) {
    entry->target = place.target;
    return place.hub->add(std::move(entry));
}

}  // namespace azoth::inline v0::event
