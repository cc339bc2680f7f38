// SPDX-License-Identifier: MIT
// expect: this member belongs to another class: Mapping<T> maps the members of T
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::id>();
#else
    m.column<&Address::id>();
#endif
}
