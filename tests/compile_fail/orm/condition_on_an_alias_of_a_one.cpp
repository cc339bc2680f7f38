// SPDX-License-Identifier: MIT
// expect: any<…>() and contains<…>() ask a Many<T>, has<…>() and rel<…> == object ask a One<T>
#include "user_to_load.hpp"
#include <azoth/orm/relationship_conditions.hpp>

void use() {
    const auto home = aliased<Address>();
#ifdef AZOTH_VALID
    (void)has(home.rel<&Address::user>());
#else
    (void)any(home.rel<&Address::user>());
#endif
}
