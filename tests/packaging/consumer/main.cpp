// SPDX-License-Identifier: MIT
// A small program outside: a table, rows in and out, an error caught across the library's border.
#include <azoth/core.hpp>
#include <azoth/sqlite.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

namespace {

struct Users : azoth::Table {
    using Table::Table;
    azoth::Column<std::int64_t> id{*this, "id", azoth::primary_key};
    azoth::Column<std::string> name{*this, "name", azoth::String{30}, azoth::unique};
};

int count_users() {
    azoth::MetaData metadata;
    const Users users{"users", metadata};
    const auto engine = azoth::create_engine("sqlite://");
    metadata.create_all(engine);
    auto connection = engine.connect();
    connection.execute(azoth::insert(users).values(users.name = "sandy"));
    connection.execute(azoth::insert(users).values(users.name = "squidward"));
    int found = 0;
    for (const auto& [id, name] : connection.execute(
             azoth::select(users.id, users.name).where(users.name.like("s%")).order_by(users.id))) {
        if (id == ++found) std::printf("%s\n", name.c_str());
    }
    // An exception of the library must be caught as what it is here, too.
    try {
        connection.execute(azoth::insert(users).values(users.name = "sandy"));
    } catch (const azoth::IntegrityError&) {
        return found;
    }
    return -1;
}

}  // namespace

int main() {
    try {
        return count_users() == 2 ? 0 : 1;
    } catch (const azoth::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
