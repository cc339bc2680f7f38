// SPDX-License-Identifier: MIT
// expect: this member is a relationship, not a column
// at most: 80 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    (void)update<Address>().values(col<&Address::user> = 1);
#else
    (void)update<Address>().values(col<&Address::id> = 1);
#endif
}
