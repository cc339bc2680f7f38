// SPDX-License-Identifier: MIT
// Each program of tests, also that of a single layer, knows all databases by these.
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <tests/support/databases.hpp>
#include <tests/support/outside.hpp>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace azoth::test {

namespace {

constexpr const char* variable = "AZOTH_TEST_URLS";

/// Of the database behind the URL, if the dialect of this name were its own.
std::string label_for(const std::string& dialect, const std::string& url) {
    if (dialect != "sqlite") return dialect;
    return url.ends_with("://") ? "sqlite_memory" : "sqlite_file";
}

Database database_at(const std::string& url) {
    const std::string dialect = dialect_of(url);
    if (const OutsideDialect* const outside = find_outside_dialect(dialect)) {
        const std::string like = label_for(outside->like, url);
        return {like == "sqlite_memory" ? dialect + "_memory" : dialect, url, like};
    }
    const std::string label = label_for(dialect, url);
    return {label, url, label};
}

std::vector<Database> read_databases() {
    const char* urls = std::getenv(variable);
    std::istringstream words(urls == nullptr ? "" : urls);
    std::vector<Database> found;
    for (std::string url; words >> url;) found.push_back(database_at(url));
    if (found.empty()) {
        throw std::runtime_error(
            std::string(variable) +
            " names no databases; run the program with: scripts/services run NAME -- PROGRAM");
    }
    return found;
}

}  // namespace

const std::vector<Database>& databases() {
    static const std::vector<Database> all = read_databases();
    return all;
}

const Database& database(std::string_view label) {
    for (const Database& candidate : databases()) {
        if (candidate.label == label) return candidate;
    }
    throw std::runtime_error(std::string(variable) + " names no database '" + std::string(label) +
                             "'");
}

std::string label_of(const testing::TestParamInfo<Database>& info) {
    return info.param.label;
}

void PrintTo(const Database& database, std::ostream* out) {
    *out << database.label;
}

}  // namespace azoth::test
