// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/url_option.hpp>

#include <charconv>
#include <string>
#include <system_error>

namespace azoth::inline v0::engine {

std::optional<bool> read_switch(std::string_view text) noexcept {
    for (const std::string_view yes : {"true", "1", "yes", "on"})
        if (text == yes) return true;
    for (const std::string_view no : {"false", "0", "no", "off"})
        if (text == no) return false;
    return std::nullopt;
}

void UrlOption::refuse(std::string_view wanted) const {
    throw ArgumentError("The " + std::string(database) + " URL's option '" + std::string(key) +
                        "' is " + detail::excerpt(value) + "; it takes " + std::string(wanted));
}

bool UrlOption::to_bool() const {
    if (const std::optional<bool> read = read_switch(value)) return *read;
    refuse("true or false");
}

int UrlOption::to_count(std::string_view wanted) const {
    int number = 0;
    const char* const end = value.data() + value.size();
    const auto [stopped, error] = std::from_chars(value.data(), end, number);
    if (error != std::errc() || stopped != end || number < 0) refuse(wanted);
    return number;
}

}  // namespace azoth::inline v0::engine
