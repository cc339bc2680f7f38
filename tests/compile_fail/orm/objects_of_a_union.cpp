// SPDX-License-Identifier: MIT
// expect: makes them by select<T>().from_statement(statement)
#include "user_to_load.hpp"
#include <azoth/orm/session.hpp>

void use(Session& session) {
    const auto both = union_(select<User>(), select<User>());
#ifdef AZOTH_VALID
    (void)session.scalars(select<User>().from_statement(both)).all();
#else
    (void)session.scalars(both).all();
#endif
}
