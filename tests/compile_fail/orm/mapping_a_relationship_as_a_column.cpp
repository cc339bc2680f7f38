// SPDX-License-Identifier: MIT
// expect: One<T> and Many<T> are relationships: map this member with m.relationship
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.relationship<&User::addresses>();
#else
    m.column<&User::addresses>();
#endif
}
