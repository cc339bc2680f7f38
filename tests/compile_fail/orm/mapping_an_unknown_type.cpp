// SPDX-License-Identifier: MIT
// expect: Azoth has no SQL type for this C++ type
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::name>();
#else
    m.column<&User::place>();
#endif
}
