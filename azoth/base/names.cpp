// SPDX-License-Identifier: MIT
#include <azoth/base/names.hpp>

#include <string>

namespace azoth::inline v0::detail {

std::string_view identifier_in(PrettyText pretty, std::string_view parameter) noexcept {
    const std::string_view text{pretty.data, pretty.size};
    std::size_t begin = 0;
    do {  // "Member" is not what "OtherMember = " ends with
        begin = text.find(parameter, begin + 1);
        if (begin == std::string_view::npos) return {};
    } while (is_identifier_byte(text[begin - 1]) ||
             text.substr(begin + parameter.size(), 3) != " = ");
    begin += parameter.size();
    // It ends where the next argument begins or the list closes, not inside brackets of its own.
    int depth = 0;
    std::size_t end = begin;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (c == '<' || c == '(' || c == '{' || c == '[') ++depth;
        if (depth == 0 && (c == ';' || c == ',' || c == ']')) break;
        if (c == '>' || c == ')' || c == '}' || c == ']') --depth;
    }
    return last_identifier({text.data() + begin, end - begin});
}

}  // namespace azoth::inline v0::detail
