// SPDX-License-Identifier: MIT
// expect: the rows of an INSERT or UPDATE are a range
// at most: 80 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    session.execute(insert<User>(), User{});
#else
    session.execute(insert<User>(), std::vector<User>(1));
#endif
}
