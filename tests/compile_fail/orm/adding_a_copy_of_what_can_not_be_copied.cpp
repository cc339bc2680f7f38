// SPDX-License-Identifier: MIT
// expect: objects of this class can't be copied into a session: move the value
// at most: 60 lines
#include "user_and_address.hpp"
#include <azoth/orm/session.hpp>

#include <memory>

struct Upload {
    std::int64_t id{};
    std::unique_ptr<int> buffer{};
    static void map(Mapping<Upload>& m);
};

void store(Session& session, Upload& upload) {
#ifdef AZOTH_VALID
    session.add(std::move(upload));
#else
    session.add(upload);
#endif
}
