// SPDX-License-Identifier: MIT
// expect: joinedload<…>() and its like name a relationship
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/maybe.hpp>
#include <azoth/orm/relationships.hpp>

using namespace azoth;

struct Address;
struct User {
    std::int64_t id{};
    std::string name{};
    Deferred<std::string> picture{};
    Many<Address> addresses{};
    static void map(Mapping<User>& m);
};
struct Address {
    std::int64_t id{};
    One<User> user{};
    static void map(Mapping<Address>& m);
};

void use() {
#ifdef AZOTH_VALID
    (void)select<User>().options(selectinload<&User::addresses>());
#else
    (void)select<User>().options(selectinload<&User::name>());
#endif
}
