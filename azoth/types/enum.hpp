// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/names.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace azoth::inline v0 {

/// How the values of an enumeration are spelled in a database; specialised by the program.
///
/// Names as in the source:
///
///     template <>
///     struct azoth::EnumNames<Color> : azoth::Enumerators<Color::red, Color::green> {};
///
/// or other spellings, and another name for a native database type than `color`:
///
///     template <>
///     struct azoth::EnumNames<Color> {
///         static constexpr std::array values{std::pair{Color::red, std::string_view{"RED"}},
///                                            std::pair{Color::green, std::string_view{"GREEN"}}};
///         static constexpr std::string_view type_name = "paint";
///     };
///
/// The order is the order of a native type's labels. SQLAlchemy: `Enum(Color)` and its
/// `values_callable` and `name`.
template <typename E>
struct EnumNames;

namespace detail {

template <typename E, auto... Values>
constexpr auto enumerator_table() noexcept {
    static_assert((std::is_same_v<decltype(Values), const E> && ...) ||
                      (std::is_same_v<decltype(Values), E> && ...),
                  "Enumerators<> takes enumerators of one enumeration");
    static_assert(((!last_identifier(pretty_value<Values>()).empty()) && ...),
                  "Enumerators<> was given a value that is not a named enumerator");
    return std::array<std::pair<E, std::string_view>, sizeof...(Values)>{
        std::pair<E, std::string_view>{Values, last_identifier(pretty_value<Values>())}...};
}

}  // namespace detail

/// The table of EnumNames with each enumerator's own name: to derive EnumNames<E> from.
template <auto First, auto... Rest>
struct Enumerators {
    static_assert(std::is_enum_v<decltype(First)>, "Enumerators<> takes enumerators");
    /// Enumerator and name, in the order given.
    static constexpr auto values =
        detail::enumerator_table<std::remove_const_t<decltype(First)>, First, Rest...>();
};

/// True for an enumeration whose EnumNames the program has specialised.
template <typename E>
concept NamedEnum = std::is_enum_v<E> && requires { EnumNames<E>::values; };

namespace detail {

// Takes a span of the table so that one function serves every size.
template <typename E>
constexpr bool has_duplicate_value(std::span<const std::pair<E, std::string_view>> table) noexcept {
    for (std::size_t i = 1; i < table.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (table[i].first == table[j].first) return true;
    return false;
}

template <typename E>
constexpr bool has_duplicate_name(std::span<const std::pair<E, std::string_view>> table) noexcept {
    for (std::size_t i = 1; i < table.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (table[i].second == table[j].second) return true;
    return false;
}

template <typename E>
constexpr bool has_empty_name(std::span<const std::pair<E, std::string_view>> table) noexcept {
    for (const auto& entry : table)
        if (entry.second.empty()) return true;
    return false;
}

// True where the enumerators are 0, 1, 2 … in order, so that a name is found by index.
template <typename E>
constexpr bool counts_from_zero(std::span<const std::pair<E, std::string_view>> table) noexcept {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].first) != i) return false;
    return true;
}

/// What is right with EnumNames<E>, checked once for each enumeration where it is first used.
template <typename E>
struct CheckedEnum {
    using Table = std::span<const std::pair<E, std::string_view>>;

    static_assert(
        std::is_same_v<typename std::remove_cvref_t<decltype(EnumNames<E>::values)>::value_type,
                       std::pair<E, std::string_view>>,
        "EnumNames<E>::values must be a std::array of std::pair<E, std::string_view>");

    static constexpr Table table{EnumNames<E>::values};
    static_assert(!table.empty(), "EnumNames<E>::values must name at least one enumerator");
    static_assert(!has_duplicate_value<E>(table), "EnumNames<E> names one value twice");
    static_assert(!has_duplicate_name<E>(table), "EnumNames<E> gives one name to two values");
    static_assert(!has_empty_name<E>(table), "EnumNames<E> gives a value an empty name");
    static constexpr bool by_index = counts_from_zero<E>(table);
};

constexpr bool is_upper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// Room for the snake-case form of an identifier: at most an underscore before each character.
template <std::size_t N>
struct SnakeName {
    std::array<char, N> text{};
    std::size_t size = 0;

    constexpr void append(char c) noexcept { text[size++] = c; }
};

/// "OrderStatus" as "order_status", "HTTPMethod" as "http_method".
template <std::size_t N>
constexpr SnakeName<N> to_snake_case(std::string_view name) noexcept {
    SnakeName<N> snake;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!is_upper(c)) {
            snake.append(c);
            continue;
        }
        const bool after_word = i > 0 && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
        const bool ends_acronym =
            i > 0 && is_upper(name[i - 1]) && i + 1 < name.size() && is_lower(name[i + 1]);
        if (after_word || ends_acronym) snake.append('_');
        snake.append(static_cast<char>(c - 'A' + 'a'));
    }
    return snake;
}

template <typename E>
inline constexpr std::string_view enum_identifier = last_identifier(pretty_type<E>());

template <typename E>
inline constexpr auto enum_snake_name =
    to_snake_case<2 * enum_identifier<E>.size()>(enum_identifier<E>);

template <typename E>
inline constexpr auto enum_labels = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::string_view, sizeof...(I)>{CheckedEnum<E>::table[I].second...};
}(std::make_index_sequence<EnumNames<E>::values.size()>{});

}  // namespace detail

/// The name of an enumerator, or nothing for a value that EnumNames doesn't list. Any thread.
template <NamedEnum E>
[[nodiscard]] constexpr std::optional<std::string_view> enum_name(E value) noexcept {
    using Checked = detail::CheckedEnum<E>;
    if constexpr (Checked::by_index) {
        const auto index = static_cast<std::size_t>(value);
        if (index < Checked::table.size()) return Checked::table[index].second;
    } else {
        for (const auto& entry : Checked::table)
            if (entry.first == value) return entry.second;
    }
    return std::nullopt;
}

/// The enumerator of a name, or nothing where EnumNames has no such name. Case matters. Any thread.
template <NamedEnum E>
[[nodiscard]] constexpr std::optional<E> enum_value(std::string_view name) noexcept {
    for (const auto& entry : detail::CheckedEnum<E>::table)
        if (entry.second == name) return entry.first;
    return std::nullopt;
}

/// Enumerators and names in the order of EnumNames. Any thread.
template <NamedEnum E>
[[nodiscard]] constexpr std::span<const std::pair<E, std::string_view>> enum_values() noexcept {
    return detail::CheckedEnum<E>::table;
}

/// The name of a native database type for the enumeration: `EnumNames<E>::type_name` where there is
/// one, else the enumeration's own name in lower-case snake form. Any thread.
template <NamedEnum E>
[[nodiscard]] constexpr std::string_view enum_type_name() noexcept {
    if constexpr (requires { EnumNames<E>::type_name; }) {
        static_assert(!std::string_view{EnumNames<E>::type_name}.empty(),
                      "EnumNames<E>::type_name must not be empty");
        return EnumNames<E>::type_name;
    } else {
        static_assert(!detail::enum_identifier<E>.empty(),
                      "an unnamed enumeration needs EnumNames<E>::type_name");
        const auto& snake = detail::enum_snake_name<E>;
        return {snake.text.data(), snake.size};
    }
}

/// An enumeration as code that is no template sees it: a plain value whose texts live for ever.
struct EnumDescription {
    std::string_view type_name{};                ///< see enum_type_name
    std::span<const std::string_view> labels{};  ///< the names in order
};

/// The description of an enumeration. Any thread.
template <NamedEnum E>
[[nodiscard]] constexpr EnumDescription describe_enum() noexcept {
    return {enum_type_name<E>(), detail::enum_labels<E>};
}

}  // namespace azoth::inline v0
