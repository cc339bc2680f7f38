// SPDX-License-Identifier: MIT
// expect: nullable() takes a column or another expression of a SQL value
#include <azoth/core.hpp>
#include <azoth/orm/relationships.hpp>
#include <azoth/orm/select.hpp>

using namespace azoth;

struct Address;
struct User {
    std::int64_t id{};
    std::string name{};
    Many<Address> addresses{};
    static void map(Mapping<User>& m);
};
struct Address {
    std::int64_t id{};
    static void map(Mapping<Address>& m);
};
struct Unmapped {
    std::int64_t id{};
};

void use(Connection& conn) {
    (void)conn;
#ifndef AZOTH_VALID
    (void)nullable(entity<User>);
#else
    (void)nullable(col<&User::id>);
#endif
}
