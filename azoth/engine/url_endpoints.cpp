// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/engine/url_endpoints.hpp>

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

namespace azoth::inline v0::engine {

using azoth::detail::excerpt;
using driver::Endpoint;

namespace {

std::uint16_t to_port(std::string_view text) {
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, port);
    if (error != std::errc() || stopped != end || port == 0)
        throw ArgumentError("The URL's port " + excerpt(text) + " is no number from 1 to 65535");
    return port;
}

std::vector<std::string_view> split_at_commas(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t comma = text.find(',');
        parts.push_back(text.substr(0, comma));
        if (comma == std::string_view::npos) return parts;
        text.remove_prefix(comma + 1);
    }
}

/// "name", "name:5432", "[::1]:5432", an IPv6 address without port, or "/directory".
Endpoint to_endpoint(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            throw ArgumentError("The URL's host " + excerpt(text) + " lacks its ']'");
        const std::string_view rest = text.substr(close + 1);
        if (!rest.empty() && rest[0] != ':')
            throw ArgumentError("The URL's host " + excerpt(text) +
                                " has something other than a port after its ']'");
        return {std::string(text.substr(1, close - 1)),
                rest.empty() ? std::nullopt : std::optional(to_port(rest.substr(1)))};
    }
    const std::size_t colon = text.find(':');
    const bool has_port = !text.starts_with('/') && colon != std::string_view::npos &&
                          text.find(':', colon + 1) == std::string_view::npos;
    if (!has_port) return {std::string(text), std::nullopt};
    return {std::string(text.substr(0, colon)), to_port(text.substr(colon + 1))};
}

/// The query's ports, given as one list ("5432,5433") or one after the other.
std::vector<std::uint16_t> to_ports(const std::vector<std::string>& values) {
    std::vector<std::uint16_t> ports;
    for (const std::string& value : values)
        for (const std::string_view part : split_at_commas(value)) ports.push_back(to_port(part));
    return ports;
}

void add_ports(std::vector<Endpoint>& endpoints, const std::vector<std::uint16_t>& ports) {
    if (ports.size() != 1 && ports.size() != endpoints.size())
        throw ArgumentError("The URL has " + std::to_string(endpoints.size()) + " hosts and " +
                            std::to_string(ports.size()) +
                            " ports: give one port, or one for each host");
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        if (endpoints[i].port)
            throw ArgumentError(
                "The URL gives ports both with its hosts and by the option 'port': write "
                "host=a:5432&host=b:5433 or host=a,b&port=5432,5433");
        endpoints[i].port = ports.size() == 1 ? ports[0] : ports[i];
    }
}

}  // namespace

std::vector<Endpoint> endpoints_of(const URL& url) {
    std::vector<Endpoint> endpoints;
    if (url.host()) endpoints.push_back({*url.host(), std::nullopt});
    for (const std::string& value : url.query_values("host")) {
        if (url.host())
            throw ArgumentError(
                "The URL names hosts both before the database and by the option 'host': use one "
                "of the two");
        for (const std::string_view part : split_at_commas(value))
            endpoints.push_back(to_endpoint(part));
    }
    const std::vector<std::uint16_t> ports = to_ports(url.query_values("port"));
    if (url.port() && !ports.empty()) throw ArgumentError("The URL gives its port twice");
    if (endpoints.empty() && (url.port() || !ports.empty())) endpoints.emplace_back();
    if (!ports.empty()) add_ports(endpoints, ports);
    if (url.port())
        for (Endpoint& endpoint : endpoints)
            if (!endpoint.port) endpoint.port = static_cast<std::uint16_t>(*url.port());
    return endpoints;
}

}  // namespace azoth::inline v0::engine
