// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/log_names.hpp>

#include <algorithm>

namespace azoth::inline v0::engine {

void check_log_name(std::string_view option, std::string_view given) {
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    if (std::any_of(given.begin(), given.end(), is_control))
        throw ArgumentError(std::string(option) + " " + azoth::detail::excerpt(given) +
                            " holds a line break or another control character");
}

std::string logger_name(std::string_view hierarchy, std::string_view option,
                        std::string_view name) {
    check_log_name(option, name);
    std::string whole(hierarchy);
    if (!name.empty()) whole.append(".").append(name);
    return whole;
}

}  // namespace azoth::inline v0::engine
