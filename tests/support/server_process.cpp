// SPDX-License-Identifier: MIT
#include "server_process.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace azoth::test {
namespace {

/// How a database's server speaks of its processes.
struct Words {
    const char* own;
    const char* end;    ///< before the number
    const char* after;  ///< it
    const char* count;
};

const Words& words_of(const Database& database) {
    static constexpr Words postgresql{"select pg_backend_pid()", "select pg_terminate_backend(",
                                      ")", "select count(*) from pg_stat_activity where pid = "};
    static constexpr Words mariadb{
        "select connection_id()", "kill ", "",
        "select count(*) from information_schema.processlist where id = "};
    return database.like == "postgresql" ? postgresql : mariadb;
}

}  // namespace

std::string own_process_query(const Database& database) {
    return words_of(database).own;
}

void end_server_process(const Database& database, std::int64_t process) {
    auto killer = create_engine(database.url, {.poolclass = PoolClass::null}).connect();
    const Words& words = words_of(database);
    const std::string number = std::to_string(process);
    (void)killer.execute(text(words.end + number + words.after));
    for (int i = 0; i < 500; ++i) {
        const auto left =
            killer.execute(text(words.count + number).columns<std::int64_t>()).scalar_one();
        killer.rollback();
        if (left == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("the server's process does not end");
}

}  // namespace azoth::test
