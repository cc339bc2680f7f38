// SPDX-License-Identifier: MIT
// expect: let the member be a std::optional<T> in place of a Deferred<T>
#include <azoth/orm.hpp>

using namespace azoth;

struct Tally {
    std::int64_t id{};
    std::optional<std::int64_t> count{};
    Deferred<std::int64_t> later{};
    static void map(Mapping<Tally>& m);
};

void Tally::map(Mapping<Tally>& m) {
#ifdef AZOTH_VALID
    m.query_expression<&Tally::count>();
#else
    m.query_expression<&Tally::later>();
#endif
}
