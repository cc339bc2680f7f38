// SPDX-License-Identifier: MIT
// expect: this is no option of a relationship: write back_populates
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.relationship<&User::addresses>(back_populates<&Address::user>);
#else
    m.relationship<&User::addresses>(7);
#endif
}
