// SPDX-License-Identifier: MIT
// expect: this value cannot be stored in this column
// at most: 60 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    (void)insert<User>().values(col<&User::id> = "one");
#else
    (void)insert<User>().values(col<&User::id> = 1);
#endif
}
