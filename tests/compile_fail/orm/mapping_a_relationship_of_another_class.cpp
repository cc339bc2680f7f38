// SPDX-License-Identifier: MIT
// expect: this member belongs to another class: Mapping<T> maps the members of T
// at most: 40 lines
#include <azoth/orm/model.hpp>

using namespace azoth;

struct Address;
struct Point {
    int x{};
};
struct User {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> fullname{};
    Deferred<std::string> picture{};
    Point place{};
    Many<Address> addresses{};
};
struct Address {
    std::int64_t id{};
    std::int64_t user_id{};
    One<User> user{};
};

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.relationship<&User::addresses>();
#else
    m.relationship<&Address::user>();
#endif
}
