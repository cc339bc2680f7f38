// SPDX-License-Identifier: MIT
// expect: this member belongs to another class than the one that the option has come to
#include "user_to_load.hpp"

void use() {
#ifdef AZOTH_VALID
    (void)select<Address>().options(selectinload<&Address::user>().undefer<&User::picture>());
#else
    (void)select<Address>().options(Load<Address>().undefer<&User::picture>());
#endif
}
