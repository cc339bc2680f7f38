// SPDX-License-Identifier: MIT
// expect: whether a mapped column accepts NULL is said by its member
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::fullname>();
#else
    m.column<&User::fullname>(not_null);
#endif
}
