// SPDX-License-Identifier: MIT
// expect: this is an option of columns, not of relationships
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
    m.relationship<&User::addresses>(cascade_all);
#else
    m.relationship<&User::addresses>(indexed);
#endif
}
