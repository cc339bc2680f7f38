// SPDX-License-Identifier: MIT
// expect: bundle<S>() needs a struct with one member for each column, in their order
#include "user_to_load.hpp"
#include <azoth/orm/bundle.hpp>
#include <azoth/sql/text.hpp>

struct Point {
    std::int64_t x{};
    double y{};
};

void use() {
#ifdef AZOTH_VALID
    (void)bundle<Point>("p", col<&User::id>, literal_column<double>("1.5"));
#else
    (void)bundle<Point>("p", col<&User::id>, col<&User::name>);
#endif
}
