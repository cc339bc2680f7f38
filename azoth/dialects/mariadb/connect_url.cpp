// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/mariadb/connect.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/engine/url_endpoints.hpp>
#include <azoth/engine/url_option.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0::mariadb {

using engine::UrlOption;

namespace {

struct TextKey {
    std::string_view name;
    std::string ConnectOptions::* member;
};
constexpr std::array<TextKey, 11> text_keys = {{
    {"init_command", &ConnectOptions::init_command},
    {"option_file", &ConnectOptions::option_file},
    {"option_group", &ConnectOptions::option_group},
    {"sql_mode", &ConnectOptions::sql_mode},
    {"ssl_ca", &ConnectOptions::ssl_ca},
    {"ssl_capath", &ConnectOptions::ssl_capath},
    {"ssl_cert", &ConnectOptions::ssl_cert},
    {"ssl_cipher", &ConnectOptions::ssl_cipher},
    {"ssl_key", &ConnectOptions::ssl_key},
    {"tls_version", &ConnectOptions::tls_version},
    {"unix_socket", &ConnectOptions::unix_socket},
}};

struct TimeoutKey {
    std::string_view name;
    std::chrono::seconds ConnectOptions::* member;
};
constexpr std::array<TimeoutKey, 3> timeout_keys = {{
    {"connect_timeout", &ConnectOptions::connect_timeout},
    {"read_timeout", &ConnectOptions::read_timeout},
    {"write_timeout", &ConnectOptions::write_timeout},
}};

struct ModeName {
    std::string_view name;
    SslMode mode;
};
constexpr std::array<ModeName, 5> mode_names = {{
    {"disabled", SslMode::disabled},
    {"preferred", SslMode::preferred},
    {"required", SslMode::required},
    {"verify_ca", SslMode::verify_ca},
    {"verify_identity", SslMode::verify_identity},
}};

template <typename Key, std::size_t N>
const Key* find_key(const std::array<Key, N>& keys, std::string_view name) {
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

/// As MySQL's tools spell it, VERIFY_CA, or in lower case, with '-' or '_'.
SslMode to_ssl_mode(const UrlOption& option) {
    std::string name(option.value);
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '-') c = '_';
    }
    if (const ModeName* const known = find_key(mode_names, name)) return known->mode;
    option.refuse("disabled, preferred, required, verify_ca or verify_identity");
}

[[noreturn]] void refuse_key(std::string_view key) {
    std::string known = "charset, compress, host, port, ssl_mode";
    for (const TimeoutKey& timeout : timeout_keys) known.append(", ").append(timeout.name);
    for (const TextKey& text : text_keys) known.append(", ").append(text.name);
    throw ArgumentError("A MariaDB URL has no option " + detail::excerpt(key) +
                        "; known are: " + known);
}

void set_option(ConnectOptions& options, const std::string& key, const std::string& value) {
    const UrlOption option{"MariaDB", key, value};
    if (const TextKey* const text = find_key(text_keys, key)) {
        options.*(text->member) = value;
    } else if (const TimeoutKey* const timeout = find_key(timeout_keys, key)) {
        options.*(timeout->member) =
            std::chrono::seconds(option.to_count("a whole number of seconds"));
    } else if (key == "ssl_mode") {
        options.ssl_mode = to_ssl_mode(option);
    } else if (key == "compress") {
        options.compress = option.to_bool();
    } else if (key == "charset") {
        if (value != "utf8mb4") option.refuse("utf8mb4 only: text is always UTF-8");
    } else {
        refuse_key(key);
    }
}

void require_mariadb(const URL& url) {
    const std::string_view backend = url.get_backend_name();
    if (backend != "mariadb" && backend != "mysql")
        throw ArgumentError("This is no MariaDB URL: it begins with " +
                            detail::excerpt(url.drivername()));
    if (!url.get_driver_name().empty())
        throw ArgumentError("MariaDB has one driver here: write mariadb:// and not " +
                            detail::excerpt(url.drivername() + "://"));
}

void set_hosts(ConnectOptions& options, std::vector<driver::Endpoint> hosts) {
    if (hosts.size() == 1 && !hosts.front().host.starts_with('/')) {
        options.host = std::move(hosts.front().host);
        options.port = hosts.front().port;
    } else {
        options.endpoints = std::move(hosts);
    }
}

}  // namespace

ConnectOptions options_from_url(const URL& url) {
    require_mariadb(url);
    ConnectOptions options;
    set_hosts(options, engine::endpoints_of(url));
    options.user = url.username();
    options.password = url.password();
    options.database = url.database().value_or("");
    for (const auto& [key, value] : url.query()) {
        if (key == "host" || key == "port") continue;
        (void)url.query_value(key);  // throws where the key comes twice
        set_option(options, key, value);
    }
    const bool has_host = !options.host.empty() || options.port || !options.endpoints.empty();
    if (!options.unix_socket.empty() && has_host)
        throw ArgumentError(
            "The MariaDB URL has both a host or port and a unix_socket: use one of the two");
    return options;
}

}  // namespace azoth::inline v0::mariadb
