// SPDX-License-Identifier: MIT
// expect: insert<T>(), update<T>() and delete_<T>() take a mapped class
// at most: 80 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    (void)insert<Point>();
#else
    (void)insert<User>();
#endif
}
