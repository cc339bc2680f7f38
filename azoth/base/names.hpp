// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

// What the compiler calls things: members, enumerators and types, read out of __PRETTY_FUNCTION__.
//
// The templates below do nothing but hand that text to ordinary functions, which cost a compiler
// far less than code instantiated once a name. Constant evaluation happens only where a caller asks
// for a constant; otherwise the text is parsed at run time, which takes some nanoseconds.

namespace azoth::inline v0 {
namespace detail {

// Not std::string_view: g++ would append "; std::string_view = std::basic_string_view<char>" to the
// text of every function that returns one.
struct PrettyText {
    const char* data;
    std::size_t size;
};

template <auto V>
constexpr PrettyText pretty_value() noexcept {
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}

template <typename T>
constexpr PrettyText pretty_type() noexcept {
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}

// Bytes from 0x80 up are parts of UTF-8 characters, which identifiers may contain.
constexpr bool is_identifier_byte(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The last identifier of a pretty function's text: "id" of "… [with auto V = &ns::User::id]".
/// Empty where the value has no name, as in "(Color)7". Not inlined: clang would spend milliseconds
/// on each member of a mapping.
[[gnu::noinline]] constexpr std::string_view last_identifier(PrettyText pretty) noexcept {
    std::size_t end = pretty.size;
    while (end > 0 && !is_identifier_byte(pretty.data[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && is_identifier_byte(pretty.data[begin - 1])) --begin;
    if (begin == end || (pretty.data[begin] >= '0' && pretty.data[begin] <= '9')) return {};
    return {pretty.data + begin, end - begin};
}

/// What stands between "T = " and the closing bracket: "ns::User".
[[gnu::noinline]] constexpr std::string_view type_argument(PrettyText pretty) noexcept {
    const std::string_view text{pretty.data, pretty.size};
    const std::size_t equals = text.find("T = ");
    if (equals == std::string_view::npos || text.back() != ']') return {};
    return text.substr(equals + 4, text.size() - equals - 5);
}

/// The last identifier of one template argument in a pretty function's text: "id" of "… [with auto
/// Member = &ns::User::id; T = ns::User]" where `parameter` is "Member". Empty where it is not
/// there.
[[nodiscard]] AZOTH_EXPORT std::string_view identifier_in(PrettyText pretty,
                                                          std::string_view parameter) noexcept;

}  // namespace detail

/// The name of a data member as the program spells it (R1): `member_name<&User::id>()` is "id".
/// Safe from any thread; the text lives as long as the program.
///
/// The class may be nested, local, a template or unnamed, the member private (name it where it is
/// accessible) or inherited.
template <auto Member>
constexpr std::string_view member_name() noexcept {
    static_assert(std::is_member_object_pointer_v<decltype(Member)>,
                  "member_name<> takes a pointer to a data member, such as &User::id");
    return detail::last_identifier(detail::pretty_value<Member>());
}

/// The name of a type as the compiler spells it: `type_name<shop::User>()` is "shop::User".
/// Safe from any thread; the text lives as long as the program.
///
/// For messages only: compilers disagree on spaces, default arguments and inline namespaces.
template <typename T>
constexpr std::string_view type_name() noexcept {
    return detail::type_argument(detail::pretty_type<T>());
}

namespace detail {
struct NamesSample {
    int azoth_member;
    enum class Kind { azoth_enumerator };
};
static_assert(member_name<&NamesSample::azoth_member>() == "azoth_member" &&
                  last_identifier(pretty_value<NamesSample::Kind::azoth_enumerator>()) ==
                      "azoth_enumerator" &&
                  last_identifier(pretty_value<static_cast<NamesSample::Kind>(7)>()).empty() &&
                  type_name<int>() == "int",
              "Azoth reads the names of members and enumerators from the compiler's "
              "__PRETTY_FUNCTION__, and this compiler writes it in an unknown form: please report "
              "the compiler and its version");
}  // namespace detail

}  // namespace azoth::inline v0
