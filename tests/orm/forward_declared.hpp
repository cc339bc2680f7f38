// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/model.hpp>

#include <cstdint>
#include <string>

// Two classes of which one file each knows everything, and of the other the name only.

namespace forward_test {

struct Wheel;
struct Car {
    std::int64_t id{};
    azoth::Many<Wheel> wheels{};
    azoth::One<Wheel> spare{};
    static void map(azoth::Mapping<Car>& m);
};

}  // namespace forward_test
