// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/driver/isolation.hpp>

namespace azoth::inline v0::driver {

std::string normalized_isolation_level(std::string_view given) {
    std::string name(given);
    for (char& c : name) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '_') c = ' ';
    }
    return name;
}

std::string_view standard_isolation_level(std::string_view database, std::string_view given) {
    const std::string wanted = normalized_isolation_level(given);
    for (const std::string_view level :
         {"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "READ UNCOMMITTED"})
        if (wanted == level) return level;
    if (wanted == "AUTOCOMMIT")
        throw ArgumentError("AUTOCOMMIT is no isolation level of a transaction: don't begin one");
    throw ArgumentError(std::string(database) + " has no isolation level " +
                        detail::excerpt(given) +
                        ": it has READ COMMITTED, REPEATABLE READ, SERIALIZABLE and READ "
                        "UNCOMMITTED");
}

}  // namespace azoth::inline v0::driver
