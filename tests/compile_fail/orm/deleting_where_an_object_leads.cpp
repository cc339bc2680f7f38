// SPDX-License-Identifier: MIT
// expect: a C++ bool is no condition of a statement: it is computed once
#include "user_to_load.hpp"
#include <azoth/orm/dml.hpp>
#include <azoth/orm/relationship_conditions.hpp>

void use(const Ptr<Address>& address, const Ptr<User>& user) {
    (void)address;
#ifndef AZOTH_VALID
    (void)delete_<Address>().where(address->user == user);
#else
    (void)delete_<Address>().where(rel<&Address::user> == user);
#endif
}
