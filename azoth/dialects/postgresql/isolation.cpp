// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/isolation_internal.hpp>
#include <azoth/driver/isolation.hpp>

namespace azoth::inline v0::postgresql {

std::string begin_statement(std::string_view isolation_level) {
    if (isolation_level.empty()) return "BEGIN";
    return std::string("BEGIN ISOLATION LEVEL ")
        .append(driver::standard_isolation_level("PostgreSQL", isolation_level));
}

}  // namespace azoth::inline v0::postgresql
