// SPDX-License-Identifier: MIT
#include "server_process.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace azoth::test {

void end_server_process(const std::string& url, std::int64_t process) {
    auto killer = create_engine(url, {.poolclass = PoolClass::null}).connect();
    const auto number = static_cast<int>(process);
    (void)killer.execute(text("select pg_terminate_backend(:pid)"), {{"pid", number}});
    for (int i = 0; i < 500; ++i) {
        const auto left =
            killer
                .execute(text("select count(*) from pg_stat_activity where pid = :pid")
                             .columns<std::int64_t>(),
                         {{"pid", number}})
                .scalar_one();
        killer.rollback();
        if (left == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("the server's process does not end");
}

}  // namespace azoth::test
