// SPDX-License-Identifier: MIT
// A URL that can be read is written so that it reads as the same URL, and never shows its password.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/url.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using azoth::URL;
using azoth::URLParts;
using azoth_fuzz::Input;
using azoth_fuzz::require;

namespace {

template <class Make>
std::optional<URL> made_by(const Make& make) {
    try {
        return make();
    } catch (const azoth::ArgumentError&) {
        return std::nullopt;
    }
}

URLParts parts_of(Input input) {
    const auto next = [&input]() -> std::optional<std::string> {
        const std::string_view part = input.text_until('|');
        if (part == "-") return std::nullopt;
        return std::string(part);
    };
    URLParts parts;
    parts.drivername = next().value_or("");
    parts.username = next();
    parts.password = next();
    parts.host = next();
    parts.database = next();
    if (const std::uint8_t port = input.byte()) parts.port = port * 257;
    while (!input.rest().empty()) {
        auto key = next().value_or("");
        parts.query.emplace_back(std::move(key), next().value_or(""));
    }
    return parts;
}

void check(const URL& url) {
    const URL again = azoth::make_url(url.render_as_string(false));
    require(again == url, "a URL that was written reads as itself");
    require(std::hash<URL>{}(again) == std::hash<URL>{}(url), "equal URLs have equal hashes");
    require(again.render_as_string() == url.render_as_string(), "equal URLs look the same");

    (void)azoth::make_url(url.render_as_string());
    if (url.password())
        require(url.with_password("another").render_as_string() == url.render_as_string(),
                "what is shown doesn't depend on the password");
    require(url.with_query(url.query()) == url, "a URL with its own query is the same");
    require(url.update_query_dict(url.normalized_query()) == url,
            "a query updated by itself is the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Input input(data, size);
    const std::string_view text = input.rest();
    if (const auto url = made_by([&] { return azoth::make_url(text); })) check(*url);
    if (const auto url = made_by([&] { return URL::create(parts_of(input)); })) check(*url);

    static const URL plain = azoth::make_url("sqlite:///a.db?mode=ro&mode=rw");
    for (const bool append : {false, true})
        if (const auto url = made_by([&] { return plain.update_query_string(text, append); }))
            check(*url);
    return 0;
}
