// SPDX-License-Identifier: MIT
// expect: create and drop take an Engine or a Connection
// at most: 30 lines
#include <azoth/schema.hpp>
#include <azoth/schema/target.hpp>

using namespace azoth;

struct Database {
    void run_ddl(const std::function<void(schema::Target&)>&) {}
};

void create(const MetaData& metadata) {
#ifdef AZOTH_VALID
    metadata.create_all(Database{});
#else
    metadata.create_all("sqlite:///app.db");
#endif
}
