// SPDX-License-Identifier: MIT
// expect: select<T>(), entity<T> and aliased<T>() take a mapped class
// at most: 80 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    (void)delete_<User>().returning<Point>();
#else
    (void)delete_<User>().returning<User>();
#endif
}
