// SPDX-License-Identifier: MIT
// expect: a stream's objects are for reading and are never written: select<const User>()
#include <azoth/orm/select.hpp>
#include <azoth/orm/session.hpp>

using namespace azoth;

struct User {
    std::int64_t id{};
    std::string name{};
    static void map(Mapping<User>& m);
};

void use(Session& session) {
#ifdef AZOTH_VALID
    for (const auto& user : session.stream(select<const User>())) (void)user->name;
#else
    for (const auto& user : session.stream(select<User>())) (void)user->name;
#endif
}
