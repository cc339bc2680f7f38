// SPDX-License-Identifier: MIT
// expect: EnumNames<E> gives one name to two values
#include <azoth/types/enum.hpp>

#include <array>
#include <string_view>
#include <utility>

enum class Color { red, green };

#ifdef AZOTH_VALID
constexpr std::string_view green = "GREEN";
#else
constexpr std::string_view green = "RED";
#endif

template <>
struct azoth::EnumNames<Color> {
    static constexpr std::array values{std::pair{Color::red, std::string_view{"RED"}},
                                       std::pair{Color::green, green}};
};

const auto name = azoth::enum_name(Color::green);
