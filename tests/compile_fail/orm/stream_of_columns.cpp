// SPDX-License-Identifier: MIT
// expect: stream() gives objects: for columns alone, execute the select on engine.connect(model)
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
    for (const auto& [user, name] : session.stream(select(entity<const User>, col<&User::name>)))
        (void)name;
#else
    for (const auto& [name] : session.stream(select(col<&User::name>))) (void)name;
#endif
}
