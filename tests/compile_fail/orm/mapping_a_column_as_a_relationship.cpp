// SPDX-License-Identifier: MIT
// expect: a relationship is a member of type One<T>, Many<T>, ManyMap<K, T> or WriteOnly<T>
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::name>();
#else
    m.relationship<&User::name>();
#endif
}
