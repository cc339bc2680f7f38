// SPDX-License-Identifier: MIT
// expect: values() takes assignments
// at most: 60 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    (void)update<User>().values(col<&User::name> == "sandy");
#else
    (void)update<User>().values(col<&User::name> = "sandy");
#endif
}
