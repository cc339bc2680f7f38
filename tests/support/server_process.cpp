// SPDX-License-Identifier: MIT
#include "server_process.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

namespace azoth::test {
namespace {

/// How a database's server names its processes.
struct Words {
    const char* own;
    const char* end;
    const char* count;
};

const Words& words_of(std::string_view dialect) {
    static constexpr Words postgresql{"select pg_backend_pid()", "select pg_terminate_backend(",
                                      "select count(*) from pg_stat_activity where pid = "};
    static constexpr Words mariadb{"select connection_id()", "kill (",
                                   "select count(*) from information_schema.processlist where id = "};
    return dialect == "postgresql" ? postgresql : mariadb;
}

}  // namespace

std::string own_process_query(std::string_view dialect) {
    return words_of(dialect).own;
}

void end_server_process(const std::string& url, std::int64_t process) {
    auto killer = create_engine(url, {.poolclass = PoolClass::null}).connect();
    const Words& words = words_of(killer.engine().dialect().name());
    const std::string number = std::to_string(process);
    (void)killer.execute(text(words.end + number + ")"));
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
