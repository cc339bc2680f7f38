// SPDX-License-Identifier: MIT
// expect: this member cannot hold the values of this expression
#include "user_to_load.hpp"

struct Tally {
    std::int64_t id{};
    std::optional<std::int64_t> count{};
    static void map(Mapping<Tally>& m);
};

void use() {
#ifdef AZOTH_VALID
    (void)select<Tally>().options(with_expression<&Tally::count>(col<&Tally::id> + 1));
#else
    (void)select<Tally>().options(
        with_expression<&Tally::count>(cast<std::string>(col<&Tally::id>)));
#endif
}
