// SPDX-License-Identifier: MIT
// expect: this is no option of a column: write a type
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
    m.column<&User::name>(String{30});
#else
    m.column<&User::name>(User{});
#endif
}
