// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Places within places, five levels of them, as a program without a mapper keeps them.
/// common/places.py makes the same.
namespace bench {

/// The tables, each with a key, a name and, but for the first, `within_id`.
inline constexpr std::array<std::string_view, 5> place_levels{"continent", "country", "region",
                                                              "city", "street"};

struct Place {
    std::int64_t id{};
    std::string name{};
    std::vector<Place> places{};
};

using Places = std::vector<Place>;

/// The outermost of `count` places in all: nine tenths are of the innermost level, nine tenths of
/// the rest of the one around, and so on. Their ids are still to be given.
Places make_places(std::size_t count);

/// How many there are in all that have an id.
std::size_t stored_places(const Places& places);

}  // namespace bench
