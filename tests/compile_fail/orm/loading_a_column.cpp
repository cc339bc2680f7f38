// SPDX-License-Identifier: MIT
// expect: joinedload<…>() and its like name a relationship
#include "user_to_load.hpp"

void use() {
#ifdef AZOTH_VALID
    (void)select<User>().options(selectinload<&User::addresses>());
#else
    (void)select<User>().options(selectinload<&User::name>());
#endif
}
