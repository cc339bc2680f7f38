// SPDX-License-Identifier: MIT
// expect: the rows of an INSERT or UPDATE are objects of the mapped class
// at most: 80 lines
#include "user_to_write.hpp"

void use(Session& session) {
    (void)session;
#ifndef AZOTH_VALID
    session.execute(insert<User>(), std::vector<Point>(2));
#else
    session.execute(insert<User>(), std::vector<User>(2));
#endif
}
