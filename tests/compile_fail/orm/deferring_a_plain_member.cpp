// SPDX-License-Identifier: MIT
// expect: a plain member is always loaded (design rule R7)
#include "user_to_load.hpp"

void use() {
#ifdef AZOTH_VALID
    (void)select<User>().options(defer<&User::picture>());
#else
    (void)select<User>().options(defer<&User::name>());
#endif
}
