// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/postgresql/isolation_internal.hpp>

namespace azoth::inline v0::postgresql {
namespace {

std::string normalized(std::string_view level) {
    std::string name(level);
    for (char& c : name) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '_') c = ' ';
    }
    return name;
}

}  // namespace

std::string begin_statement(std::string_view isolation_level) {
    if (isolation_level.empty()) return "BEGIN";
    const std::string wanted = normalized(isolation_level);
    // What is sent is one of these, never the caller's text.
    for (const char* level :
         {"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "READ UNCOMMITTED"})
        if (wanted == level) return std::string("BEGIN ISOLATION LEVEL ") + level;
    if (wanted == "AUTOCOMMIT")
        throw ArgumentError("AUTOCOMMIT is no isolation level of a transaction: don't begin one");
    throw ArgumentError("PostgreSQL has no isolation level " + detail::excerpt(isolation_level) +
                        ": it has READ COMMITTED, REPEATABLE READ, SERIALIZABLE and READ "
                        "UNCOMMITTED");
}

}  // namespace azoth::inline v0::postgresql
