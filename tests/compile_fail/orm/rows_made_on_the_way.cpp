// SPDX-License-Identifier: MIT
// expect: the range must own its rows
#include "user_to_write.hpp"

/// Gives each row as a temporary.
struct Counting {
    struct Iterator {
        int at = 0;
        User operator*() const { return {.id = at}; }
        Iterator& operator++() {
            ++at;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at != other.at; }
    };
    [[nodiscard]] Iterator begin() const { return {}; }
    [[nodiscard]] Iterator end() const { return {3}; }
};

void use(Session& session) {
#ifndef AZOTH_VALID
    session.execute(insert<User>(), Counting());
#else
    std::vector<User> users;
    for (const auto& user : Counting()) users.push_back(user);
    session.execute(insert<User>(), users);
#endif
}
