// SPDX-License-Identifier: MIT
// expect: deferred_group() is of columns that are not always loaded: let the member be a
// Deferred<T>
#include <azoth/orm/mapping.hpp>

using namespace azoth;

struct Album {
    std::int64_t id{};
    std::string title{};
    Deferred<std::string> notes{};
    static void map(Mapping<Album>& m);
};

void Album::map(Mapping<Album>& m) {
    m.column<&Album::id>(primary_key);
#ifdef AZOTH_VALID
    m.column<&Album::notes>(deferred_group("texts"));
#else
    m.column<&Album::title>(deferred_group("texts"));
#endif
}
