// SPDX-License-Identifier: MIT
// expect: a primary key is always loaded: let the member be a T
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::name>(primary_key);
#else
    m.column<&User::picture>(primary_key);
#endif
}
