// SPDX-License-Identifier: MIT
// expect: this SQL type cannot hold the C++ type of the member
// at most: 40 lines
#include "user_and_address.hpp"

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.column<&User::name>(Text{});
#else
    m.column<&User::name>(Integer{});
#endif
}
