// SPDX-License-Identifier: MIT
// expect: this column is NOT NULL
// at most: 60 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    (void)update<User>().values(col<&User::name> = nullptr);
#else
    (void)update<User>().values(col<&User::fullname> = nullptr);
#endif
}
