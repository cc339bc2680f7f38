// SPDX-License-Identifier: MIT
// expect: a member is filled by a SQL expression; a value is one as literal(value)
#include "user_to_load.hpp"

struct Tally {
    std::int64_t id{};
    std::int64_t count{};
    static void map(Mapping<Tally>& m);
};

void use() {
#ifdef AZOTH_VALID
    (void)select<Tally>().options(with_expression<&Tally::count>(literal(7)));
#else
    (void)select<Tally>().options(with_expression<&Tally::count>(7));
#endif
}
