// SPDX-License-Identifier: MIT
#include "places.hpp"

#include "../common/people.hpp"

namespace bench {
namespace {

using Sizes = std::array<std::size_t, place_levels.size()>;

Sizes level_sizes(std::size_t count) {
    Sizes sizes{};
    for (std::size_t level = sizes.size() - 1; level > 0; --level) {
        sizes[level] = count * 9 / 10;
        count -= sizes[level];
    }
    sizes[0] = count;
    return sizes;
}

Place make_place(std::size_t level, std::size_t index, const Sizes& sizes) {
    const auto number = static_cast<std::int64_t>(index + 1);
    Place place;
    place.name = make_person(number).name;
    place.name.append(" ").append(place_levels[level]).append(" ").append(std::to_string(number));
    if (level + 1 == sizes.size()) return place;
    // A level's places are dealt to the ones around them in order, as evenly as can be.
    const std::size_t within = sizes[level + 1];
    const std::size_t last = (index + 1) * within / sizes[level];
    for (std::size_t i = index * within / sizes[level]; i < last; ++i)
        place.places.push_back(make_place(level + 1, i, sizes));
    return place;
}

}  // namespace

Places make_places(std::size_t count) {
    const Sizes sizes = level_sizes(count);
    Places places;
    for (std::size_t i = 0; i < sizes[0]; ++i) places.push_back(make_place(0, i, sizes));
    return places;
}

std::size_t stored_places(const Places& places) {
    std::size_t count = 0;
    for (const Place& place : places)
        count += (place.id != 0 ? 1 : 0) + stored_places(place.places);
    return count;
}

}  // namespace bench
