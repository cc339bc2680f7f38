// SPDX-License-Identifier: MIT
// expect: aliased<T>() takes what can stand in FROM: write aliased<T>(statement.subquery())
#include "user_to_load.hpp"

void use() {
#ifdef AZOTH_VALID
    (void)aliased<User>(select<User>().subquery());
#else
    (void)aliased<User>(select<User>());
#endif
}
