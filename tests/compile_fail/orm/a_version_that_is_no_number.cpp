// SPDX-License-Identifier: MIT
// expect: version_id counts the updates of a row: the member must be an integer
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::id>(version_id);
#else
    m.column<&User::name>(version_id);
#endif
}
