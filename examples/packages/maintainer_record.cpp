// SPDX-License-Identifier: MIT
#include "maintainer_record.hpp"

#include "paragraph.hpp"
#include "utf8.hpp"

#include <algorithm>
#include <cstddef>

namespace packages {

namespace {

constexpr std::size_t longest_address = 254;  // RFC 5321

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    return text.size() <= longest_address && at != 0 && at != std::string_view::npos &&
           at + 1 < text.size() && text.find_first_of(" \t\n<>(),") == std::string_view::npos;
}

// Blanks in a row, as continuation lines leave them, become one.
std::string single_spaced(std::string_view text) {
    std::string result;
    for (const char c : trimmed(text)) {
        const bool blank = c == ' ' || c == '\t' || c == '\n';
        if (!blank)
            result += c;
        else if (!result.ends_with(' '))
            result += ' ';
    }
    return result;
}

std::string unquoted(std::string_view name) {
    name = trimmed(name);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
        name = name.substr(1, name.size() - 2);
    }
    return single_spaced(name);
}

std::string complaint(std::string_view what, std::string_view value) {
    return std::string(what) + ": \"" + shortened(single_spaced(value), 100) + '"';
}

}  // namespace

std::string MaintainerRecord::identity() const {
    if (email.empty()) return name;
    std::string result = email;
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

ParsedMaintainer parse_maintainer(std::string_view value) {
    const std::string_view text = trimmed(value);
    std::size_t opening = text.find('<');
    if (opening == std::string_view::npos) opening = text.find('(');
    const std::size_t closing = opening == std::string_view::npos
                                    ? opening
                                    : text.find(text[opening] == '<' ? '>' : ')', opening);
    if (closing == std::string_view::npos) {
        if (is_address(text)) return {{"", std::string(text)}, ""};
        return {{unquoted(text), ""}, complaint("maintainer without an address", text)};
    }
    std::string_view name = text.substr(0, opening);
    std::string_view email = text.substr(opening + 1, closing - opening - 1);
    if (text[opening] == '(') std::swap(name, email);  // address (Name)
    name = trimmed(name);
    email = trimmed(email);
    if (!is_address(email)) {
        return {{unquoted(name), ""}, complaint("maintainer without a usable address", text)};
    }
    ParsedMaintainer parsed{{unquoted(name), std::string(email)}, ""};
    const std::string_view rest = trimmed(text.substr(closing + 1));
    if (rest == ",") {
        parsed.problem = complaint("comma after the maintainer, ignored", text);
    } else if (!rest.empty()) {
        parsed.problem = complaint("only the first maintainer counts", text);
    }
    return parsed;
}

}  // namespace packages
