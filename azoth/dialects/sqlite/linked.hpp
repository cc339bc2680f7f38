// SPDX-License-Identifier: MIT
#pragma once

namespace azoth::inline v0::sqlite {

/// A place in a list whose elements hold their own links, so that joining and leaving it costs no
/// allocation and leaving no search. One thread at a time.
template <typename T>
struct Links {
    T* next = nullptr;
    T** place = nullptr;  // the pointer that points at this element; null outside a list
};

/// Puts `element` at the front of the list that begins at `first`.
template <typename T, Links<T> T::* hook>
void link(T*& first, T& element) noexcept {
    Links<T>& links = element.*hook;
    links.next = first;
    links.place = &first;
    if (first != nullptr) (first->*hook).place = &links.next;
    first = &element;
}

/// Takes `element` out of its list, if it is in one.
template <typename T, Links<T> T::* hook>
void unlink(T& element) noexcept {
    Links<T>& links = element.*hook;
    if (links.place == nullptr) return;
    *links.place = links.next;
    if (links.next != nullptr) (links.next->*hook).place = links.place;
    links = {};
}

}  // namespace azoth::inline v0::sqlite
