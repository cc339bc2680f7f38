// SPDX-License-Identifier: MIT
// expect: let the member be a std::optional<T>, or write func::coalesce(expression, value)
#include <azoth/orm.hpp>

using namespace azoth;

struct Tally {
    std::int64_t id{};
    std::int64_t most{};
    static void map(Mapping<Tally>& m);
};

void Tally::map(Mapping<Tally>& m) {
    const auto most = select(func::max(col<&Tally::id>)).scalar_subquery();
#ifdef AZOTH_VALID
    m.query_expression<&Tally::most>(func::coalesce(most, 0));
#else
    m.query_expression<&Tally::most>(most);
#endif
}
