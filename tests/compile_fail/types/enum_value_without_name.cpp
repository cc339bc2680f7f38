// SPDX-License-Identifier: MIT
// expect: Enumerators<> was given a value that is not a named enumerator
#include <azoth/types/enum.hpp>

enum class Color { red, green };

#ifdef AZOTH_VALID
constexpr auto second = Color::green;
#else
constexpr auto second = static_cast<Color>(2);
#endif

template <>
struct azoth::EnumNames<Color> : azoth::Enumerators<Color::red, second> {};

const auto name = azoth::enum_name(Color::red);
