// SPDX-License-Identifier: MIT
// expect: a bundle groups columns; a whole object is a value already
#include "user_to_load.hpp"
#include <azoth/orm/bundle.hpp>

void use() {
#ifdef AZOTH_VALID
    (void)select(bundle("b", col<&User::id>), entity<User>);
#else
    (void)select(bundle("b", col<&User::id>, entity<User>));
#endif
}
