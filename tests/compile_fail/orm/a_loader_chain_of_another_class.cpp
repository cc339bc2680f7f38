// SPDX-License-Identifier: MIT
// expect: this relationship belongs to another class than the one that the option has come to
#include "user_to_load.hpp"

void use() {
#ifdef AZOTH_VALID
    (void)select<User>().options(selectinload<&User::addresses>().joinedload<&Address::user>());
#else
    (void)select<User>().options(selectinload<&User::addresses>().joinedload<&User::addresses>());
#endif
}
