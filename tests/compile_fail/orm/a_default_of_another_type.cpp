// SPDX-License-Identifier: MIT
// expect: this server_default() cannot be stored in this column
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
    m.column<&User::id>(server_default(1));
#else
    m.column<&User::id>(server_default(true));
#endif
}
