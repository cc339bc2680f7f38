// SPDX-License-Identifier: MIT
// expect: this is an option of relationships, not of columns
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::name>(indexed);
#else
    m.column<&User::name>(cascade_all);
#endif
}
