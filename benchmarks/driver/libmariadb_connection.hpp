// SPDX-License-Identifier: MIT
#pragma once

#include "libmariadb_statement.hpp"

#include <regex>

namespace driver {

/// A connection to MariaDB, frozen with the programs that use it.
class Connection {
  public:
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

  protected:
    /// `url` is mariadb://user:password@host:port/database or, for a Unix socket,
    /// mariadb://user:password@/database?unix_socket=/path, and nothing in it is encoded.
    explicit Connection(const std::string& url) {
        const std::regex form{
            "mariadb://([^:]*):([^@]*)@([^:/]*):?([0-9]*)/([^?]*)(?:[?]unix_socket=([^&%]*))?"};
        std::smatch found;
        if (!std::regex_match(url, found, form)) throw std::invalid_argument{"which URL is " + url};
        const std::string user{found[1]}, password{found[2]}, host{found[3]}, database{found[5]},
            socket{found[6]};
        const unsigned long port = found[4].length() > 0 ? std::stoul(found[4]) : 0;
        const my_bool encrypts = host.empty() ? 0 : 1;  // as Azoth does by default
        mysql_options(connection_, MYSQL_OPT_SSL_ENFORCE, &encrypts);
        mysql_options(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        expect(mysql_real_connect(connection_, host.empty() ? "localhost" : host.c_str(),
                                  user.c_str(), password.c_str(), database.c_str(),
                                  static_cast<unsigned>(port),
                                  socket.empty() ? nullptr : socket.c_str(), 0) != nullptr);
    }
    ~Connection() { mysql_close(connection_); }

    static std::string version() { return std::string{"libmariadb "} + mysql_get_client_info(); }
    void run(std::string_view sql) {
        expect(mysql_real_query(connection_, sql.data(), sql.size()) == 0);
    }
    void expect(bool condition) const {
        if (!condition) throw std::runtime_error{mysql_error(connection_)};
    }

    MYSQL* connection_ = mysql_init(nullptr);
};

}  // namespace driver
