// SPDX-License-Identifier: MIT
#pragma once

#include <tests/compliance/support.hpp>

#include <chrono>
#include <string>
#include <thread>

namespace compliance {

/// What the database itself says of the isolation level of the transaction that is open, in which a
/// table has been looked at: MariaDB knows of it only then.
inline std::string level_of_transaction(Connection& conn, const Requirements& requirements) {
    const auto ask = [&](std::string_view sql) {
        return conn.execute(text(sql).columns<std::string>()).scalar_one();
    };
    if (requirements.postgresql)
        return ask("select upper(current_setting('transaction_isolation'))");
    if (requirements.sqlite)
        return ask(
            "select case read_uncommitted when 0 then 'SERIALIZABLE' else 'READ UNCOMMITTED' end "
            "from pragma_read_uncommitted");
    // InnoDB shows what it showed before until nobody has asked for a tenth of a second.
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    return ask(
        "select trx_isolation_level from information_schema.innodb_trx "
        "where trx_mysql_thread_id = connection_id()");
}

}  // namespace compliance
