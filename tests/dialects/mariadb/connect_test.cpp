// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/url.hpp>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

// Connecting: options and URLs, what a new connection is set to, TLS, and servers that don't
// answer.

namespace {

using namespace mariadb_test;
using azoth::ArgumentError;
using azoth::make_url;
using azoth::OperationalError;
using azoth::mariadb::options_from_url;
using azoth::mariadb::SslMode;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string refusal(const std::string& url) {
    const auto error = caught<ArgumentError>([&] { (void)options_from_url(make_url(url)); });
    return error ? error->what() : "no error";
}

TEST(MariadbUrl, reads_all_parts) {
    const ConnectOptions options = options_from_url(make_url(
        "mariadb://me:p%40ss@db.example:3307/shop?connect_timeout=3&read_timeout=4&"
        "write_timeout=5&ssl_mode=VERIFY_CA&ssl_ca=/ca&ssl_capath=/cas&ssl_cert=/c&ssl_key=/k&"
        "ssl_cipher=x&tls_version=TLSv1.3&compress=true&init_command=SET+x&charset=utf8mb4&"
        "option_file=/my.cnf&option_group=app"));
    EXPECT_EQ(options.host, "db.example");
    EXPECT_EQ(options.port, 3307);
    EXPECT_EQ(options.user, "me");
    EXPECT_EQ(options.password, "p@ss");
    EXPECT_EQ(options.database, "shop");
    EXPECT_EQ(options.connect_timeout, std::chrono::seconds(3));
    EXPECT_EQ(options.read_timeout, std::chrono::seconds(4));
    EXPECT_EQ(options.write_timeout, std::chrono::seconds(5));
    EXPECT_EQ(options.ssl_mode, SslMode::verify_ca);
    EXPECT_EQ(options.ssl_ca, "/ca");
    EXPECT_EQ(options.ssl_capath, "/cas");
    EXPECT_EQ(options.ssl_cert, "/c");
    EXPECT_EQ(options.ssl_key, "/k");
    EXPECT_EQ(options.ssl_cipher, "x");
    EXPECT_EQ(options.tls_version, "TLSv1.3");
    EXPECT_TRUE(options.compress);
    EXPECT_EQ(options.init_command, "SET x");
    EXPECT_EQ(options.option_file, "/my.cnf");
    EXPECT_EQ(options.option_group, "app");
}

TEST(MariadbUrl, may_be_called_mysql_and_name_a_socket) {
    const ConnectOptions options =
        options_from_url(make_url("mysql://me@/shop?unix_socket=/run/db.sock"));
    EXPECT_EQ(options.unix_socket, "/run/db.sock");
    EXPECT_EQ(options.host, "");
    EXPECT_FALSE(options.password.has_value());
}

TEST(MariadbUrl, several_hosts_are_written_as_in_sqlalchemy) {
    const auto hosts = [](const std::string& url) {
        std::string text;
        for (const auto& endpoint : options_from_url(make_url(url)).endpoints) {
            text += (text.empty() ? "" : " ") + endpoint.host;
            if (endpoint.port) text += "=" + std::to_string(*endpoint.port);
        }
        return text;
    };
    EXPECT_EQ(hosts("mariadb:///d?host=a:1&host=b:2&host=c"), "a=1 b=2 c");
    EXPECT_EQ(hosts("mariadb:///d?host=a,b&port=1,2"), "a=1 b=2");
    EXPECT_EQ(hosts("mariadb:///d?host=a,b&port=7"), "a=7 b=7");
    EXPECT_EQ(hosts("mariadb:///d?host=%5B::1%5D:7&host=/run/db.sock"), "::1=7 /run/db.sock");
    EXPECT_EQ(hosts("mariadb:///d?host=/run/db.sock"), "/run/db.sock");
    EXPECT_EQ(options_from_url(make_url("mariadb:///d?host=a:7")).host, "a");
    EXPECT_EQ(options_from_url(make_url("mariadb:///d?host=a:7")).port, 7);
}

TEST(MariadbUrl, mistakes_in_hosts_are_argument_errors) {
    EXPECT_THAT(refusal("mariadb://h/d?host=other"), HasSubstr("'host'"));
    EXPECT_THAT(refusal("mariadb:///d?host=a,b,c&port=3,4"), HasSubstr("3 hosts and 2 ports"));
    EXPECT_THAT(refusal("mariadb:///d?host=a:x"), HasSubstr("port 'x'"));
    EXPECT_THAT(refusal("mariadb:///d?host=a&host=b&unix_socket=/s"),
                HasSubstr("use one of the two"));
}

TEST(MariadbUrl, an_unknown_option_is_an_error_that_lists_the_known_ones) {
    EXPECT_THAT(refusal("mariadb://h/d?ssl_verify=1"),
                AllOf(HasSubstr("'ssl_verify'"), HasSubstr("ssl_mode"), HasSubstr("compress"),
                      HasSubstr("connect_timeout"), HasSubstr("unix_socket")));
}

TEST(MariadbUrl, refuses_values_that_can_not_be) {
    EXPECT_THAT(refusal("mariadb://h/d?connect_timeout=-1"), HasSubstr("connect_timeout"));
    EXPECT_THAT(refusal("mariadb://h/d?connect_timeout=1.5"), HasSubstr("whole number"));
    EXPECT_THAT(refusal("mariadb://h/d?compress=maybe"), HasSubstr("true or false"));
    EXPECT_THAT(refusal("mariadb://h/d?ssl_mode=yes"), HasSubstr("verify_identity"));
    EXPECT_THAT(refusal("mariadb://h/d?charset=latin1"), HasSubstr("utf8mb4 only"));
    EXPECT_THAT(refusal("mariadb://h/d?compress=1&compress=0"), HasSubstr("compress"));
    EXPECT_THAT(refusal("mariadb://h/d?unix_socket=/s"), HasSubstr("use one of the two"));
    EXPECT_THAT(refusal("mariadb+mysqlclient://h/d"), HasSubstr("one driver"));
    EXPECT_THAT(refusal("postgresql://h/d"), HasSubstr("no MariaDB URL"));
}

TEST(MariadbConnect, refuses_options_that_can_not_be) {
    const auto refused = [](auto change) {
        ConnectOptions options = server_options();
        change(options);
        const auto error = caught<ArgumentError>([&] { (void)azoth::mariadb::connect(options); });
        return error ? std::string(error->what()) : "no error";
    };
    EXPECT_THAT(refused([](auto& o) { o.host = "a,b"; }), HasSubstr("one host"));
    EXPECT_THAT(refused([](auto& o) { o.host = "host=a;user=b"; }), HasSubstr("one host"));
    EXPECT_THAT(refused([](auto& o) { o.port = 0; }), HasSubstr("port 0"));
    EXPECT_THAT(refused([](auto& o) { o.endpoints = {{"a", 1}}; }), HasSubstr("several hosts"));
    const auto refused_endpoint = [&](azoth::driver::Endpoint endpoint) {
        return refused([&](auto& o) {
            o.host.clear();
            o.port.reset();
            o.endpoints = {{"a", 1}, endpoint};
        });
    };
    EXPECT_THAT(refused_endpoint({"a,b", {}}), HasSubstr("one host"));
    EXPECT_THAT(refused_endpoint({"b", 0}), HasSubstr("port 0"));
    EXPECT_THAT(refused_endpoint({std::string("a\0b", 3), {}}), HasSubstr("zero byte"));
    EXPECT_THAT(refused_endpoint({"/run/db.sock", 3306}), HasSubstr("Unix socket"));
    EXPECT_THAT(refused([](auto& o) { o.unix_socket = "/s"; }), HasSubstr("use one of the two"));
    EXPECT_THAT(refused([](auto& o) { o.read_timeout = std::chrono::seconds(-1); }),
                HasSubstr("read_timeout"));
    EXPECT_THAT(refused([](auto& o) { o.user = std::string("a\0b", 3); }), HasSubstr("zero byte"));
    EXPECT_THAT(refused([](auto& o) { o.sql_mode = "ANSI'; DROP TABLE t; -- "; }),
                HasSubstr("sql_mode"));
    EXPECT_THAT(refused([](auto& o) { o.ssl_mode = SslMode::verify_ca; }), HasSubstr("ssl_ca"));
}

TEST(MariadbConnect, hosts_are_tried_in_order_until_one_accepts) {
    ConnectOptions options = server_options();
    const azoth::driver::Endpoint dead{"127.0.0.1", 1};
    const azoth::driver::Endpoint real{options.host, options.port};
    options.host.clear();
    options.port.reset();
    options.endpoints = {dead, {"/no/such/socket", {}}, real};
    const auto connection = azoth::mariadb::connect(options);
    EXPECT_EQ(integer(*connection, "SELECT @@port"), *real.port);

    options.endpoints.pop_back();
    const auto error = caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), AllOf(HasSubstr("\"127.0.0.1\", port 1"),
                                     HasSubstr("the Unix socket \"/no/such/socket\"")));
    EXPECT_THAT(error->what(), Not(HasSubstr(options.password.value())));

    ConnectOptions by_socket = socket_options();
    by_socket.endpoints = {dead, {by_socket.unix_socket, {}}};
    by_socket.unix_socket.clear();
    EXPECT_TRUE(azoth::mariadb::connect(by_socket)->is_open());
}

TEST(MariadbConnect, a_connection_knows_its_server) {
    const auto connection = connect();
    EXPECT_TRUE(connection->is_open());
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_GE(connection->server_version(), 100000);
    EXPECT_NE(connection->native_handle(), nullptr);
    connection->ping();
}

TEST(MariadbConnect, sets_what_statements_rely_on) {
    const auto connection = connect();
    EXPECT_EQ(text_of(*connection, "SELECT @@time_zone"), "+00:00");
    EXPECT_EQ(text_of(*connection, "SELECT @@character_set_client"), "utf8mb4");
    EXPECT_EQ(text_of(*connection, "SELECT @@character_set_results"), "utf8mb4");
    EXPECT_THAT(text_of(*connection, "SELECT @@sql_mode"),
                AllOf(HasSubstr("STRICT_ALL_TABLES"), HasSubstr("STRICT_TRANS_TABLES"),
                      HasSubstr("ERROR_FOR_DIVISION_BY_ZERO")));
}

TEST(MariadbConnect, is_strict_where_the_server_has_no_modes) {
    const auto admin = connect();
    const std::string usual = text_of(*admin, "SELECT @@global.sql_mode");
    admin->run("SET GLOBAL sql_mode = ''");
    const auto strict = connect();
    admin->run("SET GLOBAL sql_mode = '" + usual + "'");
    EXPECT_EQ(text_of(*strict, "SELECT @@sql_mode"),
              "NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES,SIMULTANEOUS_ASSIGNMENT");
}

TEST(MariadbConnect, counts_matched_rows_rather_than_changed_ones) {
    const auto connection = connect();
    connection->run("CREATE TEMPORARY TABLE t (a INT); INSERT INTO t VALUES (1), (1)");
    const auto update = prepare(*connection, {.sql = "UPDATE t SET a = 1"});
    update->execute({});
    EXPECT_EQ(update->rows_affected(), 2);
}

TEST(MariadbConnect, works_over_the_unix_socket_and_with_compression) {
    ConnectOptions options = socket_options();
    EXPECT_EQ(integer(*azoth::mariadb::connect(options), "SELECT 1"), 1);
    options.compress = true;
    const auto compressed = azoth::mariadb::connect(options);
    EXPECT_EQ(to_string(query(*compressed, "SHOW SESSION STATUS LIKE 'Compression'")),
              "'Compression', 'ON'");
}

TEST(MariadbConnect, adds_modes_and_runs_the_init_command) {
    ConnectOptions options = server_options();
    options.init_command = "SET @greeting = 'hello'; SET @other = 2";
    const auto connection = azoth::mariadb::connect(options);
    EXPECT_EQ(text_of(*connection, "SELECT @greeting"), "hello");
    EXPECT_EQ(integer(*connection, "SELECT @other"), 2);

    options.sql_mode = "ANSI_QUOTES,PIPES_AS_CONCAT";
    EXPECT_EQ(text_of(*azoth::mariadb::connect(options), "SELECT 'a' || @greeting \"b\""),
              "ahello");
    options.sql_mode.clear();
    options.init_command = "SET nonsense";
    const auto error = caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->fault().message, HasSubstr("init_command"));
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::connection);
}

TEST(MariadbConnect, a_wrong_password_is_an_operational_error_that_does_not_show_it) {
    ConnectOptions options = server_options();
    options.password = "wrong-secret";
    const auto error = caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1045);
    EXPECT_EQ(error->sqlstate(), "28000");
    EXPECT_THAT(error->what(), AllOf(HasSubstr("Access denied"), Not(HasSubstr("wrong-secret"))));
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::connection);
}

TEST(MariadbConnect, an_unknown_database_is_an_operational_error) {
    ConnectOptions options = server_options();
    options.database = "no_such_database";
    const auto error = caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1049);
}

TEST(MariadbConnect, reads_no_option_file_unless_asked) {
    const char* const path = "azoth_mariadb_test.cnf";
    std::ofstream(path) << "[client]\ninit-command=SET @from_file = 1\n"
                        << "[azoth_group]\ninit-command=SET @from_group = 1\n";
    ConnectOptions options = server_options();
    EXPECT_EQ(text_of(*azoth::mariadb::connect(options), "SELECT CAST(@from_file AS CHAR)"),
              "NULL");
    options.option_file = path;
    EXPECT_EQ(text_of(*azoth::mariadb::connect(options), "SELECT CAST(@from_file AS CHAR)"), "1");
    options.option_group = "azoth_group";
    EXPECT_EQ(text_of(*azoth::mariadb::connect(options), "SELECT CAST(@from_group AS CHAR)"), "1");
    std::remove(path);
}

// --- TLS

std::string cipher_of(const ConnectOptions& options) {
    const Rows rows = query(*azoth::mariadb::connect(options), "SHOW STATUS LIKE 'Ssl_cipher'");
    return std::string(rows.at(0).at(1).view().text());
}

TEST(MariadbTls, is_used_over_tcp_where_the_server_has_it) {
    EXPECT_NE(cipher_of(server_options()), "");
    ConnectOptions plain = server_options();
    plain.ssl_mode = SslMode::disabled;
    EXPECT_EQ(cipher_of(plain), "");
    EXPECT_EQ(cipher_of(socket_options()), "");
}

TEST(MariadbTls, a_certificate_is_verified_together_with_its_host) {
    ConnectOptions options = server_options();
    options.ssl_ca = std::getenv("AZOTH_MARIADB_ROOT_CERTIFICATE");
    EXPECT_NE(cipher_of(options), "");  // automatic: verify_identity
    options.host = "127.1";  // the same address by a name that the certificate doesn't have
    EXPECT_TRUE(caught<OperationalError>([&] { (void)cipher_of(options); }));
    options.ssl_mode = SslMode::verify_ca;
    EXPECT_NE(cipher_of(options), "");
}

TEST(MariadbTls, a_certificate_of_an_unknown_authority_is_refused) {
    ConnectOptions options = server_options();
    options.ssl_mode = SslMode::verify_identity;  // nobody whom the system trusts has signed it
    const auto error = caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), testing::ContainsRegex("certificate|verify"));
    options.ssl_mode = SslMode::required;
    EXPECT_NE(cipher_of(options), "");
}

TEST(MariadbTls, a_missing_ca_file_is_an_error) {
    ConnectOptions options = server_options();
    options.ssl_ca = "/no/such/file";
    EXPECT_TRUE(caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); }));
}

// --- servers that don't answer

/// A port on which connections are accepted by the system, and nobody ever says a word.
class SilentServer {
  public:
    SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(socket_, 4), 0);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    ~SilentServer() { ::close(socket_); }
    [[nodiscard]] std::uint16_t port() const { return port_; }

  private:
    int socket_;
    std::uint16_t port_ = 0;
};

TEST(MariadbConnect, gives_up_on_a_silent_server_after_the_connect_timeout) {
    const SilentServer server;
    ConnectOptions options;
    options.host = "127.0.0.1";
    options.port = server.port();
    options.connect_timeout = std::chrono::seconds(1);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); }));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(MariadbConnect, nobody_listening_is_an_operational_error_that_names_the_place) {
    std::uint16_t port = 0;
    {
        port = SilentServer().port();
    }
    ConnectOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    const auto error = caught<OperationalError>([&] { (void)azoth::mariadb::connect(options); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), AllOf(HasSubstr("127.0.0.1"), HasSubstr(std::to_string(port))));

    const auto no_socket = caught<OperationalError>(
        [] { (void)azoth::mariadb::connect({.unix_socket = "/no/such.sock"}); });
    ASSERT_TRUE(no_socket);
    EXPECT_THAT(no_socket->what(), HasSubstr("/no/such.sock"));
}

}  // namespace
