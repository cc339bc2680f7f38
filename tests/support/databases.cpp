// SPDX-License-Identifier: MIT
// Each program of tests, also that of a single layer, knows all databases by these.
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <tests/support/databases.hpp>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace azoth::test {

namespace {

constexpr const char* variable = "AZOTH_TEST_URLS";

std::string label_for(const std::string& url) {
    const std::string backend = url.substr(0, url.find_first_of("+:"));
    if (backend != "sqlite") return backend;
    return url == "sqlite://" ? "sqlite_memory" : "sqlite_file";
}

std::vector<Database> read_databases() {
    const char* urls = std::getenv(variable);
    std::istringstream words(urls == nullptr ? "" : urls);
    std::vector<Database> found;
    for (std::string url; words >> url;) found.push_back({label_for(url), url});
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
