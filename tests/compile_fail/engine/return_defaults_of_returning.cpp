// SPDX-License-Identifier: MIT
// expect: return_defaults() takes an insert(…) or update(…) without returning(…)
#include <azoth/core.hpp>
#include <azoth/return_defaults.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
};

void run(Connection& conn, const Users& users) {
#ifdef AZOTH_VALID
    const auto done = conn.execute(return_defaults(insert(users).values(users.name = "x")));
    static_cast<void>(done.inserted_primary_key());
#else
    static_cast<void>(conn);
    return_defaults(insert(users).values(users.name = "x").returning(users.id));
#endif
}
