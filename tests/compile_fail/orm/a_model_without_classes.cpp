// SPDX-License-Identifier: MIT
// expect: a model lists classes: model<User, Address>("shop")
// at most: 40 lines
#include <azoth/orm/model.hpp>

using namespace azoth;

struct User {
    std::int64_t id{};
    static void map(Mapping<User>& m) {
        m.table("user_account");
        m.column<&User::id>(primary_key);
    }
};

Model make() {
#ifdef AZOTH_VALID
    return model<User>("shop");
#else
    return model<>("shop");
#endif
}
