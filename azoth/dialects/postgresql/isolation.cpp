// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/isolation_internal.hpp>
#include <azoth/driver/isolation.hpp>

namespace azoth::inline v0::postgresql {
namespace {

void add_mode(std::string& sql, std::string_view mode) {
    sql += sql.size() == std::string_view("BEGIN").size() ? " " : ", ";
    sql += mode;
}

}  // namespace

std::string begin_statement(const driver::BeginOptions& options) {
    std::string sql = "BEGIN";
    if (!options.isolation_level.empty()) {
        add_mode(sql, "ISOLATION LEVEL ");
        sql += driver::standard_isolation_level("PostgreSQL", options.isolation_level);
    }
    if (options.read_only) add_mode(sql, *options.read_only ? "READ ONLY" : "READ WRITE");
    if (options.deferrable) add_mode(sql, *options.deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
    return sql;
}

}  // namespace azoth::inline v0::postgresql
