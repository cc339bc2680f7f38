// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/url_option.hpp>

#include <charconv>
#include <string>
#include <system_error>

namespace azoth::inline v0::engine {

void UrlOption::refuse(std::string_view wanted) const {
    throw ArgumentError("The " + std::string(database) + " URL's option '" + std::string(key) +
                        "' is " + detail::excerpt(value) + "; it takes " + std::string(wanted));
}

bool UrlOption::to_bool() const {
    for (const std::string_view yes : {"true", "1", "yes", "on"})
        if (value == yes) return true;
    for (const std::string_view no : {"false", "0", "no", "off"})
        if (value == no) return false;
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
