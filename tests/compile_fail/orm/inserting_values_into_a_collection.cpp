// SPDX-License-Identifier: MIT
// expect: insert() takes assignments: col<&Event::day> = day
#include <azoth/orm/write_only.hpp>

using namespace azoth;

struct Event {
    std::int64_t id{};
    std::int64_t day{};
    static void map(Mapping<Event>& m);
};

void use(const WriteOnly<Event>& events) {
#ifdef AZOTH_VALID
    (void)events.insert(col<&Event::day> = 3);
#else
    (void)events.insert(3);
#endif
}
