// SPDX-License-Identifier: MIT
// expect: this member is a relationship, not a column
// at most: 80 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    (void)delete_<User>().returning(col<&User::addresses>);
#else
    (void)delete_<User>().returning(col<&User::name>);
#endif
}
