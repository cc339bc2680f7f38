// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/postgresql/conninfo_internal.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <memory>
#include <new>

namespace azoth::inline v0::postgresql {
namespace {

/// A keyword that the driver sets itself, and what to do instead.
struct Reserved {
    std::string_view keyword;
    std::string_view instead;
};
constexpr Reserved reserved[] = {
    {"host", "it has a place of its own"},
    {"port", "it has a place of its own"},
    {"user", "it has a place of its own"},
    {"password", "it has a place of its own"},
    {"dbname", "it has a place of its own"},
    {"connect_timeout", "it has a place of its own"},
    {"client_encoding", "text is always UTF-8"},
    {"replication", "a replication connection doesn't run ordinary statements"},
};

bool libpq_knows(std::string_view keyword) {
    using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;
    Options options(PQconndefaults(), &PQconninfoFree);
    // A service file that can't be read leaves no defaults; the keywords are there all the same.
    if (!options) options.reset(PQconninfoParse("", nullptr));
    if (!options) throw std::bad_alloc();
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option)
        if (keyword == option->keyword) return true;
    return false;
}

void check_value(std::string_view keyword, std::string_view value) {
    if (value.find('\0') != std::string_view::npos)
        throw ArgumentError("The connection option '" + std::string(keyword) +
                            "' contains a zero byte");
}

void check_endpoint(const Endpoint& endpoint) {
    check_value("host", endpoint.host);
    if (endpoint.host.find(',') != std::string::npos)
        throw ArgumentError("The host " + detail::excerpt(endpoint.host) +
                            " contains a comma: give each host an endpoint of its own");
    if (endpoint.port == 0) throw ArgumentError("There is no port 0 to connect to");
}

void check_parameters(const ConnectOptions& options) {
    for (auto it = options.parameters.begin(); it != options.parameters.end(); ++it) {
        const auto& [keyword, value] = *it;
        check_keyword(keyword);
        check_value(keyword, value);
        const auto same = [&](const auto& other) { return other.first == keyword; };
        if (std::any_of(options.parameters.begin(), it, same))
            throw ArgumentError("The connection option '" + keyword + "' is given twice");
        if (keyword == "hostaddr" && options.endpoints.size() > 1)
            throw ArgumentError(
                "hostaddr can't be combined with several hosts: give their addresses as hosts");
    }
}

}  // namespace

void Conninfo::set(std::string_view keyword, std::string value) {
    const auto known = std::find(keyword_texts_.begin(), keyword_texts_.end(), keyword);
    if (known != keyword_texts_.end()) {
        value_texts_[static_cast<std::size_t>(known - keyword_texts_.begin())] = std::move(value);
        return;
    }
    keyword_texts_.emplace_back(keyword);
    value_texts_.push_back(std::move(value));
}

namespace {

const char* const* as_array(const std::vector<std::string>& texts,
                            std::vector<const char*>& pointers) {
    pointers.clear();
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    pointers.push_back(nullptr);
    return pointers.data();
}

}  // namespace

const char* const* Conninfo::keywords() {
    return as_array(keyword_texts_, keywords_);
}
const char* const* Conninfo::values() {
    return as_array(value_texts_, values_);
}

void check_keyword(std::string_view keyword) {
    for (const Reserved& own : reserved)
        if (keyword == own.keyword)
            throw ArgumentError("The connection option '" + std::string(keyword) +
                                "' can't be given as a parameter: " + std::string(own.instead));
    if (!libpq_knows(keyword))
        throw ArgumentError("PostgreSQL's client library has no connection option " +
                            detail::excerpt(keyword) +
                            "; settings of the server are given as options=-c name=value");
}

void check_options(const ConnectOptions& options) {
    for (const Endpoint& endpoint : options.endpoints) check_endpoint(endpoint);
    if (options.user) check_value("user", *options.user);
    if (options.password) check_value("password", *options.password);
    if (options.dbname) check_value("dbname", *options.dbname);
    if (options.connect_timeout && options.connect_timeout->count() < 0)
        throw ArgumentError("The connect timeout is negative");
    check_parameters(options);
}

Conninfo common_conninfo(const ConnectOptions& options) {
    Conninfo conninfo;
    if (options.user) conninfo.set("user", *options.user);
    if (options.password) conninfo.set("password", *options.password);
    if (options.dbname) conninfo.set("dbname", *options.dbname);
    for (const auto& [keyword, value] : options.parameters) conninfo.set(keyword, value);
    conninfo.set("client_encoding", "UTF8");
    return conninfo;
}

}  // namespace azoth::inline v0::postgresql
