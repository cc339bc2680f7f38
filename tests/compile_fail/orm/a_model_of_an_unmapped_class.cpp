// SPDX-License-Identifier: MIT
// expect: this class is not mapped: give it a static void map(azoth::Mapping<T>& m)
// at most: 40 lines
#include <azoth/orm/model.hpp>

using namespace azoth;

struct User {
    std::int64_t id{};
#ifdef AZOTH_VALID
    static void map(Mapping<User>& m) {
        m.table("user_account");
        m.column<&User::id>(primary_key);
    }
#endif
};

Model make() {
    return model<User>("shop");
}
