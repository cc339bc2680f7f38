// SPDX-License-Identifier: MIT
// expect: EnumNames<E>::values must be a std::array of std::pair<E, std::string_view>
#include <azoth/types/enum.hpp>

#include <array>
#include <string_view>
#include <utility>

enum class Color { red };

template <>
struct azoth::EnumNames<Color> {
#ifdef AZOTH_VALID
    static constexpr std::array values{std::pair { Color::red, std::string_view{"RED"} }};
#else
    static constexpr std::array values{std::pair{Color::red, "RED"}};
#endif
};

const auto name = azoth::enum_name(Color::red);
