// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/slot.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace azoth::inline v0::orm {

/// Empties a list that is used again and again. It keeps its memory, unless that is more than a
/// small transaction needs.
template <class T>
void empty_out(std::vector<T>& list) noexcept {
    constexpr std::size_t kept = 8192;
    if (list.capacity() * sizeof(T) > kept)
        std::vector<T>().swap(list);
    else
        list.clear();
}

/// In a walk over many objects: has one that comes soon brought near while others are looked at.
inline void fetch_ahead(std::span<Slot* const> slots, std::size_t at) noexcept {
    constexpr std::size_t ahead = 8;
    if (at + ahead < slots.size()) __builtin_prefetch(slots[at + ahead]);
}

/// Room for so many more in a list that may grow often. Never by little, or it would be copied each
/// time.
template <class T>
void make_room(std::vector<T>& list, std::size_t more) {
    const std::size_t wanted = list.size() + more;
    if (wanted > list.capacity()) list.reserve(std::max(wanted, 2 * list.capacity()));
}

}  // namespace azoth::inline v0::orm
