// SPDX-License-Identifier: MIT
// expect: this is an option of columns, not of relationships
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.relationship<&User::addresses>(cascade_all);
#else
    m.relationship<&User::addresses>(indexed);
#endif
}
