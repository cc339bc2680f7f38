// SPDX-License-Identifier: MIT
// expect: member_name<> takes a pointer to a data member, such as &User::id
// at most: 20 lines
#include <azoth/base/names.hpp>

struct User {
    int id{};
    int get() const;
};

#ifdef AZOTH_VALID
const auto name = azoth::member_name<&User::id>();
#else
const auto name = azoth::member_name<&User::get>();
#endif
