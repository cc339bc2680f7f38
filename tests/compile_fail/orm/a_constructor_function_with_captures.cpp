// SPDX-License-Identifier: MIT
// expect: construct() takes a lambda without captures
// at most: 60 lines
#include <azoth/orm/model.hpp>

using namespace azoth;

struct User {
    explicit User(int number) : id(number) {}
    std::int64_t id;
};

void map(Mapping<User>& m) {
#ifdef AZOTH_VALID
    m.construct([] { return User(3); });
#else
    const int number = 3;
    m.construct([&] { return User(number); });
#endif
}
