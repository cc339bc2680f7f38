// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/connect.hpp>
#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/conninfo_internal.hpp>

#include <algorithm>
#include <string>

namespace azoth::inline v0::postgresql {
namespace {

constexpr std::string_view session_attrs = "target_session_attrs";

/// Several endpoints are tried here and not by libpq, because libpq leaves timeouts to those who
/// wait themselves, but doesn't let them go on to the next host.
class Attempts {
  public:
    explicit Attempts(const ConnectOptions& options)
        : options_(options), conninfo_(common_conninfo(options)) {}

    [[nodiscard]] std::unique_ptr<driver::Connection> run();

  private:
    [[nodiscard]] std::unique_ptr<driver::Connection> try_all();
    [[nodiscard]] std::unique_ptr<driver::Connection> try_one();
    [[noreturn]] void fail() const;

    const ConnectOptions& options_;
    Conninfo conninfo_;
    std::string errors_;
};

std::unique_ptr<driver::Connection> Attempts::run() {
    const bool prefers_standby =
        std::any_of(options_.parameters.begin(), options_.parameters.end(), [](const auto& option) {
            return option.first == session_attrs && option.second == "prefer-standby";
        });
    if (prefers_standby && options_.endpoints.size() > 1) {
        // A preference looks at all endpoints before it gives in.
        conninfo_.set(session_attrs, "standby");
        if (auto connection = try_all()) return connection;
        conninfo_.set(session_attrs, "any");
    }
    if (auto connection = try_all()) return connection;
    fail();
}

std::unique_ptr<driver::Connection> Attempts::try_all() {
    if (options_.endpoints.empty()) return try_one();
    for (const Endpoint& endpoint : options_.endpoints) {
        conninfo_.set("host", endpoint.host);
        conninfo_.set("port", endpoint.port ? std::to_string(*endpoint.port) : "");
        if (auto connection = try_one()) return connection;
    }
    return nullptr;
}

std::unique_ptr<driver::Connection> Attempts::try_one() {
    driver::Waiter& waiter = options_.waiter ? *options_.waiter : driver::polling_waiter();
    auto link = std::make_unique<Link>(waiter, options_.on_notice);
    if (link->open(conninfo_.keywords(), conninfo_.values(), options_.connect_timeout))
        return std::make_unique<Connection>(std::move(link));
    if (!errors_.empty()) errors_ += '\n';
    errors_ += link->fault().message;
    return nullptr;
}

void Attempts::fail() const {
    DriverFault fault;
    fault.message = errors_;
    fault.poisoned = Poisoned::connection;
    driver::raise(driver::ErrorClass::operational, fault, {});
}

}  // namespace

std::unique_ptr<driver::Connection> connect(const ConnectOptions& options) {
    check_options(options);
    return Attempts(options).run();
}

}  // namespace azoth::inline v0::postgresql
