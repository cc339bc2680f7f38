// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/engine/url.hpp>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>

// Connecting: options, several hosts, TLS, and errors that keep the password to themselves.

namespace {

using namespace postgresql_test;
using namespace std::chrono_literals;
using azoth::ArgumentError;
using azoth::OperationalError;
using azoth::postgresql::Endpoint;
using azoth::postgresql::options_from_url;
using testing::HasSubstr;
using testing::Not;

/// A port on which somebody listens and never answers.
class SilentServer {
  public:
    SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_, generic, size) != 0 || ::listen(socket_, 1) != 0 ||
            ::getsockname(socket_, generic, &size) != 0)
            throw std::runtime_error("no silent server");
        port_ = ntohs(address.sin_port);
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    ~SilentServer() { ::close(socket_); }
    [[nodiscard]] Endpoint endpoint() const { return {"127.0.0.1", port_}; }

  private:
    int socket_;
    std::uint16_t port_ = 0;
};

/// A port on which nobody listens: it was free a moment ago.
Endpoint refusing_endpoint() {
    return SilentServer().endpoint();
}

std::string from_environment(const char* name) {
    const char* const value = std::getenv(name);
    if (!value)
        throw std::runtime_error(
            std::string(name) +
            " is not set; run the program with: scripts/services run NAME -- PROGRAM");
    return value;
}

ConnectionPtr open(const ConnectOptions& options) {
    return azoth::postgresql::connect(options);
}
ConnectOptions from_url(std::string_view url) {
    return options_from_url(azoth::make_url(url));
}
template <typename Call>
std::string argument_error(Call&& call) {
    const auto error = caught<ArgumentError>(call);
    return error ? error->what() : "no error";
}

TEST(PostgresqlConnect, a_connection_is_open_and_knows_its_server) {
    ConnectOptions options = server_options();
    options.waiter = nullptr;
    const auto connection = open(options);
    EXPECT_TRUE(connection->is_open());
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_NE(connection->native_handle(), nullptr);
    connection->ping();
    const std::int64_t number =
        integer(*connection, "SELECT current_setting('server_version_num')::int");
    EXPECT_EQ(connection->server_version(), number / 10000 * 10000 + number % 10000 * 100);
}

TEST(PostgresqlConnect, text_is_utf_8_whatever_the_environment_says) {
    ASSERT_EQ(::setenv("PGCLIENTENCODING", "LATIN1", 1), 0);
    const auto connection = connect();
    ASSERT_EQ(::unsetenv("PGCLIENTENCODING"), 0);
    EXPECT_EQ(text_of(*connection, "SELECT current_setting('client_encoding')"), "UTF8");
    EXPECT_EQ(text_of(*connection, "SELECT 'Grüße'"), "Grüße");
}

TEST(PostgresqlConnect, parameters_of_libpq_are_passed_on) {
    ConnectOptions options = server_options();
    set_parameter(options, "application_name", "azoth's test");
    set_parameter(options, "options", "-c statement_timeout=4711ms -c search_path=pg_catalog");
    const auto connection = open(options);
    EXPECT_EQ(text_of(*connection, "SELECT current_setting('application_name')"), "azoth's test");
    EXPECT_EQ(text_of(*connection, "SELECT current_setting('statement_timeout')"), "4711ms");
    EXPECT_EQ(text_of(*connection, "SELECT current_setting('search_path')"), "pg_catalog");
}

TEST(PostgresqlConnect, R27_no_value_can_bring_in_another_option) {
    for (const std::string& evil :
         {std::string("x application_name=evil"), std::string("x' application_name='evil"),
          std::string("postgresql://x/?application_name=evil"),
          std::string("x\\' application_name=evil")}) {
        ConnectOptions options = server_options();
        options.dbname = evil;
        const auto error = caught<OperationalError>([&] { (void)open(options); });
        ASSERT_TRUE(error);
        EXPECT_THAT(error->what(), HasSubstr("database \"" + evil + "\" does not exist"));
        options = server_options();
        set_parameter(options, "application_name", evil);
        EXPECT_EQ(text_of(*open(options), "SELECT current_setting('application_name')"), evil);
    }
    ConnectOptions options = server_options();
    options.endpoints[0].host += " application_name=evil";
    EXPECT_THROW((void)open(options), OperationalError);
}

TEST(PostgresqlConnect, options_that_can_t_be_are_argument_errors_that_quote_no_value) {
    const auto with = [](std::string_view keyword, std::string value) {
        return argument_error([&] {
            ConnectOptions options;
            set_parameter(options, keyword, std::move(value));
            (void)open(options);
        });
    };
    EXPECT_THAT(with("sslmoode", "secret"), HasSubstr("no connection option 'sslmoode'"));
    for (const char* keyword : {"host", "port", "user", "password", "dbname", "connect_timeout"})
        EXPECT_THAT(with(keyword, "secret"), HasSubstr("has a place of its own"));
    EXPECT_THAT(with("client_encoding", "secret"), HasSubstr("always UTF-8"));
    EXPECT_THAT(with("replication", "secret"), HasSubstr("replication connection"));
    EXPECT_THAT(with("application_name", std::string("secret\0x", 8)), HasSubstr("zero byte"));
    for (const char* keyword : {"sslmoode", "password", "replication"})
        EXPECT_THAT(with(keyword, "secret"), Not(HasSubstr("secret")));

    ConnectOptions zero = server_options();
    zero.password = std::string("p\0q", 3);
    EXPECT_EQ(argument_error([&] { (void)open(zero); }),
              "The connection option 'password' contains a zero byte");
    ConnectOptions comma;
    comma.endpoints = {{"a,b", {}}};
    EXPECT_THAT(argument_error([&] { (void)open(comma); }), HasSubstr("contains a comma"));
    ConnectOptions port;
    port.endpoints = {{"a", std::uint16_t{0}}};
    EXPECT_THAT(argument_error([&] { (void)open(port); }), HasSubstr("port 0"));
    ConnectOptions twice;
    twice.parameters = {{"sslmode", "require"}, {"sslmode", "disable"}};
    EXPECT_THAT(argument_error([&] { (void)open(twice); }), HasSubstr("'sslmode' is given twice"));
    ConnectOptions negative;
    negative.connect_timeout = -1ms;
    EXPECT_THAT(argument_error([&] { (void)open(negative); }), HasSubstr("negative"));
    ConnectOptions several;
    several.endpoints = {{"a", {}}, {"b", {}}};
    set_parameter(several, "hostaddr", "127.0.0.1");
    EXPECT_THAT(argument_error([&] { (void)open(several); }), HasSubstr("hostaddr"));
}

TEST(PostgresqlConnect, R27_a_wrong_password_is_an_error_without_the_password) {
    ConnectOptions options = server_options();
    options.password = "open sesame";
    const auto error = caught<OperationalError>([&] { (void)open(options); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("password authentication failed"));
    EXPECT_THAT(error->what(), Not(HasSubstr("open sesame")));
    EXPECT_TRUE(error->connection_invalidated());
}

TEST(PostgresqlConnect, R27_no_error_of_connecting_contains_the_password) {
    const std::string password = "s3cr3t-Pässwörd";
    for (const Endpoint& endpoint : {refusing_endpoint(), Endpoint{"no-such-host.invalid", {}},
                                     Endpoint{"/no/such/directory", {}}}) {
        ConnectOptions options = server_options();
        options.endpoints = {endpoint};
        options.password = password;
        const auto error = caught<OperationalError>([&] { (void)open(options); });
        ASSERT_TRUE(error);
        EXPECT_THAT(error->what(), HasSubstr(endpoint.host));
        EXPECT_THAT(error->what(), Not(HasSubstr(password)));
    }
    ConnectOptions bad_option = server_options();
    bad_option.password = password;
    set_parameter(bad_option, "sslmode", "sometimes");
    const auto error = caught<OperationalError>([&] { (void)open(bad_option); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("sometimes"));
    EXPECT_THAT(error->what(), Not(HasSubstr(password)));
}

TEST(PostgresqlConnect, a_server_that_doesn_t_answer_is_given_up_in_time) {
    const SilentServer silent;
    ConnectOptions options = server_options();
    options.endpoints = {silent.endpoint()};
    options.connect_timeout = 200ms;
    const auto start = std::chrono::steady_clock::now();
    const auto error = caught<OperationalError>([&] { (void)open(options); });
    const auto taken = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("did not answer within the connect timeout"));
    EXPECT_THAT(error->what(),
                HasSubstr("\"127.0.0.1\", port " + std::to_string(*silent.endpoint().port)));
    EXPECT_GE(taken, 200ms);
    EXPECT_LT(taken, 20s);

    ASSERT_EQ(::setenv("PGCONNECT_TIMEOUT", "1", 1), 0);
    options.connect_timeout.reset();
    EXPECT_THROW((void)open(options), OperationalError);
    ASSERT_EQ(::unsetenv("PGCONNECT_TIMEOUT"), 0);
}

TEST(PostgresqlConnect, hosts_are_tried_in_order_until_one_accepts) {
    const SilentServer silent;
    ConnectOptions options = server_options();
    const Endpoint real = options.endpoints.at(0);
    options.connect_timeout = 300ms;
    options.endpoints = {silent.endpoint(), refusing_endpoint(), real};
    EXPECT_EQ(integer(*open(options), "SELECT inet_server_port()"), *real.port);

    options.endpoints.pop_back();
    const auto error = caught<OperationalError>([&] { (void)open(options); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("did not answer"));
    EXPECT_THAT(error->what(), HasSubstr("Connection refused"));
}

TEST(PostgresqlConnect, target_session_attrs_choose_among_hosts) {
    ConnectOptions options = server_options();
    options.endpoints.insert(options.endpoints.begin(), refusing_endpoint());
    for (const char* attrs : {"any", "primary", "read-write", "prefer-standby"}) {
        set_parameter(options, "target_session_attrs", attrs);
        EXPECT_EQ(integer(*open(options), "SELECT 1"), 1) << attrs;
    }
    set_parameter(options, "target_session_attrs", "standby");
    const auto error = caught<OperationalError>([&] { (void)open(options); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("server is not in hot standby mode"));
}

TEST(PostgresqlConnect, tls_is_used_where_it_is_required) {
    constexpr std::string_view encrypted =
        "SELECT ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    ConnectOptions options = server_options();
    set_parameter(options, "sslmode", "disable");
    EXPECT_EQ(integer(*open(options), encrypted), 0);
    set_parameter(options, "sslmode", "require");
    EXPECT_EQ(integer(*open(options), encrypted), 1);
    set_parameter(options, "sslmode", "verify-full");
    set_parameter(options, "sslrootcert", from_environment("AZOTH_POSTGRESQL_ROOT_CERTIFICATE"));
    EXPECT_EQ(integer(*open(options), encrypted), 1);
    set_parameter(options, "sslrootcert", "/no/such/certificate");
    EXPECT_THROW((void)open(options), OperationalError);
}

TEST(PostgresqlConnect, large_values_pass_through_tls_in_both_directions) {
    ConnectOptions options = server_options();
    set_parameter(options, "sslmode", "require");
    const auto connection = open(options);
    const auto start = std::chrono::steady_clock::now();
    // Sizes around that of a TLS record, where bytes may be left behind in the TLS library.
    const auto echo = prepare(*connection, {.sql = "SELECT $1, $1", .types = {azoth::Text{}}});
    for (std::size_t size = 1000; size < 40'000; size += 517) {
        const std::string value(size, 'x');
        echo->execute(Parameters{text(value)});
        ValueView cells[2];
        ASSERT_TRUE(echo->fetch(cells));
        ASSERT_EQ(cells[1].text(), value);
    }
    const std::string large(30'000'000, 'y');
    EXPECT_EQ(scalar(*connection, "SELECT $1", {text(large)}, {azoth::Text{}}).view().chars.size,
              large.size());
    EXPECT_LT(std::chrono::steady_clock::now() - start, 30s);
}

TEST(PostgresqlConnect, unix_sockets_are_hosts_that_begin_with_a_slash) {
    const auto connection = open(from_url(from_environment("AZOTH_POSTGRESQL_SOCKET_URL")));
    EXPECT_EQ(to_string(query(*connection, "SELECT inet_server_port()")), "NULL");
}

TEST(PostgresqlConnect, every_wait_goes_through_the_waiter) {
    struct Counting final : azoth::driver::Waiter {
        azoth::driver::Readiness wait(int descriptor, azoth::driver::Readiness wanted,
                                      azoth::driver::Deadline deadline) override {
            ++waits;
            return azoth::driver::polling_waiter().wait(descriptor, wanted, deadline);
        }
        int waits = 0;
    } waiter;
    ConnectOptions options = plain_options();
    options.waiter = &waiter;
    const auto connection = open(options);
    EXPECT_GE(waiter.waits, 3);
    const auto statement = prepare(*connection, {.sql = "SELECT 1 FROM pg_sleep(0.01)"});
    statement->execute({});
    waiter.waits = 0;
    statement->execute({});
    EXPECT_EQ(waiter.waits, 1);
    connection->ping();
    EXPECT_EQ(waiter.waits, 2);
}

TEST(PostgresqlUrl, parts_and_query_become_options) {
    const ConnectOptions options = from_url(
        "postgresql+libpq://scott:ti%40ger@db.example:5433/"
        "shop?sslmode=require&application_name=a%20b&connect_timeout=7");
    ASSERT_EQ(options.endpoints.size(), 1U);
    EXPECT_EQ(options.endpoints[0].host, "db.example");
    EXPECT_EQ(options.endpoints[0].port, 5433);
    EXPECT_EQ(options.user, "scott");
    EXPECT_EQ(options.password, "ti@ger");
    EXPECT_EQ(options.dbname, "shop");
    EXPECT_EQ(options.connect_timeout, 7s);
    const std::vector<std::pair<std::string, std::string>> rest{{"sslmode", "require"},
                                                                {"application_name", "a b"}};
    EXPECT_EQ(options.parameters, rest);

    const ConnectOptions bare = from_url("postgresql://");
    EXPECT_TRUE(bare.endpoints.empty());
    EXPECT_FALSE(bare.user || bare.password || bare.dbname || bare.connect_timeout);
    EXPECT_EQ(from_url("postgresql:///db?user=u&password=p").password, "p");
}

std::string hosts(std::string_view url) {
    std::string text;
    for (const Endpoint& endpoint : from_url(url).endpoints)
        text += (text.empty() ? "" : " ") + endpoint.host +
                (endpoint.port ? "=" + std::to_string(*endpoint.port) : "");
    return text;
}

TEST(PostgresqlUrl, several_hosts_are_written_as_in_sqlalchemy) {
    EXPECT_EQ(hosts("postgresql:///d?host=a:1&host=b:2&host=c"), "a=1 b=2 c");
    EXPECT_EQ(hosts("postgresql:///d?host=a,b&port=1,2"), "a=1 b=2");
    EXPECT_EQ(hosts("postgresql:///d?host=a,b&port=7"), "a=7 b=7");
    EXPECT_EQ(hosts("postgresql:///d?host=a&host=b&port=1&port=2"), "a=1 b=2");
    EXPECT_EQ(hosts("postgresql:///d?host=/run/pg&port=7"), "/run/pg=7");
    EXPECT_EQ(hosts("postgresql:///d?host=%5B::1%5D:7&host=::1&host=%5Bfe80::1%5D"),
              "::1=7 ::1 fe80::1");
    EXPECT_EQ(hosts("postgresql://h:7/d"), "h=7");
    EXPECT_EQ(hosts("postgresql:///d?port=7"), "=7");
}

TEST(PostgresqlUrl, mistakes_are_argument_errors) {
    const auto mistake = [](std::string_view url) {
        return argument_error([&] { (void)from_url(url); });
    };
    EXPECT_THAT(mistake("postgresql://h/d?sslmoode=require"),
                HasSubstr("no connection option 'sslmoode'"));
    EXPECT_THAT(mistake("postgresql://h/d?client_encoding=latin1"), HasSubstr("always UTF-8"));
    EXPECT_THAT(mistake("postgresql://h/d?sslmode=a&sslmode=b"), HasSubstr("twice"));
    EXPECT_THAT(mistake("postgresql://h/d?host=other"),
                HasSubstr("hosts both before the database"));
    EXPECT_THAT(mistake("postgresql:///d?host=a:1,b:2&port=3,4"), HasSubstr("ports both"));
    EXPECT_THAT(mistake("postgresql:///d?host=a,b,c&port=3,4"), HasSubstr("3 hosts and 2 ports"));
    EXPECT_THAT(mistake("postgresql:///d?host=a:x"), HasSubstr("port 'x'"));
    EXPECT_THAT(mistake("postgresql:///d?host=a:65536"), HasSubstr("1 to 65535"));
    EXPECT_THAT(mistake("postgresql:///d?host=a&port=0"), HasSubstr("1 to 65535"));
    EXPECT_THAT(mistake("postgresql:///d?host=%5B::1"), HasSubstr("lacks its ']'"));
    EXPECT_THAT(mistake("postgresql:///d?host=%5B::1%5Dx"), HasSubstr("after its ']'"));
    EXPECT_THAT(mistake("postgresql://u@h/d?user=v"), HasSubstr("'user' twice"));
    EXPECT_THAT(mistake("postgresql://h:1/d?port=2"), HasSubstr("port twice"));
    EXPECT_THAT(mistake("postgresql://h/d?connect_timeout=soon"),
                HasSubstr("no number of seconds"));
    EXPECT_THAT(mistake("postgresql://h/d?connect_timeout=-1"), HasSubstr("no number of seconds"));
    EXPECT_THAT(mistake("postgresql://u:hidden@h/d?password=secret"), Not(HasSubstr("secret")));
}

}  // namespace
