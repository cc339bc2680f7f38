// SPDX-License-Identifier: MIT
// expect: name a data member, as in col<&User::name>
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
    (void)col<&User::map>;
#else
    (void)col<&User::id>;
#endif
}
