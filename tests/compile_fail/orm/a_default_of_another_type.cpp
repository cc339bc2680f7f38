// SPDX-License-Identifier: MIT
// expect: this server_default() cannot be stored in this column
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::id>(server_default(1));
#else
    m.column<&User::id>(server_default(true));
#endif
}
