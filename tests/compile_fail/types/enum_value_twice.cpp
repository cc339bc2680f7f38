// SPDX-License-Identifier: MIT
// expect: EnumNames<E> names one value twice
#include <azoth/types/enum.hpp>

enum class Color { red, green, crimson = red };

template <>
#ifdef AZOTH_VALID
struct azoth::EnumNames<Color> : azoth::Enumerators<Color::red, Color::green> {
};
#else
struct azoth::EnumNames<Color> : azoth::Enumerators<Color::red, Color::green, Color::crimson> {
};
#endif

const auto name = azoth::enum_name(Color::green);
