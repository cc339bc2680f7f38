// SPDX-License-Identifier: MIT
// expect: this member is not one of the object's class
// at most: 40 lines
#include "user_and_address.hpp"
#include <azoth/attributes.hpp>

bool is_changed(const Ptr<User>& user) {
#ifdef AZOTH_VALID
    return get_history<&User::name>(user).has_changes();
#else
    return get_history<&Address::user_id>(user).has_changes();
#endif
}
