// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/sqlite/driver.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/engine/url_option.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace azoth::inline v0::sqlite {
namespace {

using engine::UrlOption;
using std::chrono::milliseconds;

constexpr std::array<std::string_view, 9> own_keys = {"begin_mode",   "busy_timeout", "create",
                                                      "foreign_keys", "read_only",    "synchronous",
                                                      "timeout",      "uri",          "wal"};
/// What SQLite reads from a URI itself.
constexpr std::array<std::string_view, 7> uri_keys = {"cache",  "immutable", "mode", "modeof",
                                                      "nolock", "psow",      "vfs"};

bool contains(std::span<const std::string_view> keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string list(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

template <typename Enum, std::size_t N>
Enum to_enum(const UrlOption& option, const std::array<std::string_view, N>& names) {
    const auto found = std::find(names.begin(), names.end(), option.value);
    if (found == names.end()) option.refuse(list(names));
    return static_cast<Enum>(found - names.begin());
}

/// pysqlite's `timeout`: seconds, with a fraction where wanted.
milliseconds to_seconds(const UrlOption& option) {
    double number = 0;
    const char* const end = option.value.data() + option.value.size();
    const auto [stopped, error] = std::from_chars(option.value.data(), end, number);
    constexpr double most = 2'147'483;
    if (error != std::errc() || stopped != end || !(number >= 0 && number <= most))
        option.refuse("a number of seconds, at most 2147483");
    return milliseconds(std::llround(number * 1000));
}

void set_option(ConnectOptions& options, std::string_view key, std::string_view value) {
    const UrlOption option{"SQLite", key, value};
    static constexpr std::array<std::string_view, 4> begin_modes = {"automatic", "deferred",
                                                                    "immediate", "exclusive"};
    static constexpr std::array<std::string_view, 5> levels = {"as_built", "off", "normal", "full",
                                                               "extra"};
    if (key == "begin_mode")
        options.begin_mode = to_enum<BeginMode>(option, begin_modes);
    else if (key == "synchronous")
        options.synchronous = to_enum<Synchronous>(option, levels);
    else if (key == "busy_timeout")
        options.busy_timeout =
            milliseconds(option.to_count("a whole number of milliseconds, at most 2147483647"));
    else if (key == "timeout")
        options.busy_timeout = to_seconds(option);
    else if (key == "create")
        options.create = option.to_bool();
    else if (key == "foreign_keys")
        options.foreign_keys = option.to_bool();
    else if (key == "read_only")
        options.read_only = option.to_bool();
    else if (key == "uri")
        options.uri = option.to_bool();
    else if (key == "wal")
        options.wal = option.to_bool();
}

/// For the query of SQLite's URI, which knows percent escapes only.
void append_escaped(std::string& text, std::string_view value) {
    static constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : value) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                              c == '/';
        const auto byte = static_cast<unsigned char>(c);
        if (is_plain)
            text += c;
        else
            text.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
}

void append_to_uri(std::string& uri, std::string_view key, std::string_view value) {
    uri += uri.find('?') == std::string::npos ? '?' : '&';
    uri.append(key).append("=");
    append_escaped(uri, value);
}

void require_plain_url(const URL& url) {
    if (url.get_backend_name() != "sqlite")
        throw ArgumentError("This is no SQLite URL: it begins with " +
                            detail::excerpt(url.drivername()));
    if (!url.get_driver_name().empty())
        throw ArgumentError("SQLite has one driver here: write sqlite:// and not " +
                            detail::excerpt(url.drivername() + "://"));
    if (url.host() || url.port() || url.username() || url.password())
        throw ArgumentError(
            "A SQLite URL has no host, port or user: write sqlite:///relative/path.db, "
            "sqlite:////absolute/path.db or sqlite:///:memory:");
}

[[noreturn]] void refuse_key(std::string_view key) {
    if (contains(uri_keys, key))
        throw ArgumentError("The SQLite URL's option '" + std::string(key) +
                            "' belongs to SQLite's own URIs: write sqlite:///file:path?uri=true&" +
                            std::string(key) + "=…");
    throw ArgumentError("A SQLite URL has no option " + detail::excerpt(key) + "; known are: " +
                        list(own_keys) + "; with uri=true also " + list(uri_keys));
}

}  // namespace

ConnectOptions options_from_url(const URL& url) {
    require_plain_url(url);
    ConnectOptions options;
    options.path = url.database().value_or("");
    for (const auto& [key, value] : url.query()) {
        if (!contains(own_keys, key)) continue;
        (void)url.query_value(key);  // throws where the key comes twice
        set_option(options, key, value);
    }
    if (url.query_value("timeout") && url.query_value("busy_timeout"))
        throw ArgumentError(
            "The SQLite URL has both 'timeout', in seconds, and 'busy_timeout', in milliseconds: "
            "use one of the two");
    for (const auto& [key, value] : url.query()) {
        if (contains(own_keys, key)) continue;
        if (!options.uri || !contains(uri_keys, key)) refuse_key(key);
        append_to_uri(options.path, key, value);
    }
    if (options.uri && !options.path.starts_with("file:"))
        throw ArgumentError("With uri=true the path of a SQLite URL must begin with \"file:\"");
    return options;
}

bool is_in_memory(const ConnectOptions& options) {
    if (!options.uri) return options.path.empty() || options.path == ":memory:";
    const std::string_view uri = options.path;
    return uri.starts_with("file::memory:") || uri.find("mode=memory") != std::string_view::npos;
}

}  // namespace azoth::inline v0::sqlite
