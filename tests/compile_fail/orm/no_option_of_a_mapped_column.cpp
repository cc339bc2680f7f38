// SPDX-License-Identifier: MIT
// expect: this is no option of a column: write a type
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::name>(String{30});
#else
    m.column<&User::name>(User{});
#endif
}
