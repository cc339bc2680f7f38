// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/postgresql/conninfo_internal.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/engine/url_endpoints.hpp>

#include <charconv>
#include <limits>

namespace azoth::inline v0::postgresql {
namespace {

template <typename Number>
std::optional<Number> to_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::chrono::milliseconds to_timeout(std::string_view text) {
    const auto seconds = to_number<std::int32_t>(text);
    if (!seconds || *seconds < 0)
        throw ArgumentError("The URL's connect_timeout " + detail::excerpt(text) +
                            " is no number of seconds");
    return std::chrono::seconds(*seconds);
}

/// What may stand before the '?' or after it, but not in both places.
std::optional<std::string> only_one(const URL& url, std::string_view keyword,
                                    const std::optional<std::string>& part) {
    std::optional<std::string> value = url.query_value(keyword);
    if (!value) return part;
    if (part) throw ArgumentError("The URL gives '" + std::string(keyword) + "' twice");
    return value;
}

}  // namespace

ConnectOptions options_from_url(const URL& url) {
    ConnectOptions options;
    options.endpoints = engine::endpoints_of(url);
    options.user = only_one(url, "user", url.username());
    options.password = only_one(url, "password", url.password());
    options.dbname = only_one(url, "dbname", url.database());
    if (const auto timeout = url.query_value("connect_timeout"))
        options.connect_timeout = to_timeout(*timeout);
    for (const auto& [key, value] : url.query()) {
        const bool has_place = key == "host" || key == "port" || key == "user" ||
                               key == "password" || key == "dbname" || key == "connect_timeout";
        if (!has_place) options.parameters.emplace_back(key, value);
    }
    check_options(options);
    return options;
}

}  // namespace azoth::inline v0::postgresql
