// SPDX-License-Identifier: MIT
// expect: join<…>() goes along a relationship
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
    (void)select<User>().join<&User::name>();
#else
    (void)select<User>().join<&User::addresses>();
#endif
}
