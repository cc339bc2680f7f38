// SPDX-License-Identifier: MIT
#include <tests/support/outside.hpp>

#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace azoth::test {
namespace {

struct OutsideDialects {
    std::mutex mutex;
    std::map<std::string, OutsideDialect, std::less<>> by_name;
};

OutsideDialects& outside_dialects() {
    static OutsideDialects the_dialects;
    return the_dialects;
}

}  // namespace

bool register_outside_dialect(OutsideDialect dialect) {
    if (dialect.like != "sqlite" && dialect.like != "postgresql" && dialect.like != "mariadb")
        throw std::invalid_argument("the dialect '" + dialect.name + "' is like '" + dialect.like +
                                    "', and must be like sqlite, postgresql or mariadb");
    OutsideDialects& known = outside_dialects();
    const std::lock_guard lock(known.mutex);
    std::string name = dialect.name;
    known.by_name.insert_or_assign(std::move(name), std::move(dialect));
    return true;
}

std::string dialect_of(const std::string& url) {
    return url.substr(0, url.find_first_of("+:"));
}

const OutsideDialect* find_outside_dialect(std::string_view name) {
    OutsideDialects& known = outside_dialects();
    const std::lock_guard lock(known.mutex);
    const auto found = known.by_name.find(name);
    return found == known.by_name.end() ? nullptr : &found->second;
}

Requirements requirements_of(const Database& database) {
    Requirements requirements(database);
    const OutsideDialect* const outside = find_outside_dialect(dialect_of(database.url));
    if (outside && outside->adjust) outside->adjust(requirements);
    return requirements;
}

}  // namespace azoth::test
