// SPDX-License-Identifier: MIT
#include "forward_declared.hpp"

#include <gtest/gtest.h>

namespace forward_test {

struct Wheel {
    std::int64_t id{};
    std::int64_t car_id{};
    azoth::One<Car> car{};
    static void map(azoth::Mapping<Wheel>& m) {
        m.table("wheel");
        m.column<&Wheel::id>(azoth::primary_key);
        m.column<&Wheel::car_id>(azoth::foreign_key<&Car::id>);
        m.relationship<&Wheel::car>(azoth::back_populates<&Car::wheels>);
    }
};

}  // namespace forward_test

namespace {

using forward_test::Car;
using forward_test::Wheel;

TEST(ForwardDeclared, R3_a_file_may_map_relationships_to_classes_of_which_it_knows_the_name) {
    const auto garage = azoth::model<Car, Wheel>("garage");
    auto car = garage.make(Car{});
    car->wheels.add(Wheel{.id = 4});
    EXPECT_EQ(car->wheels.size(), 1U);
    EXPECT_TRUE(car->wheels[0]->car == car);
}

}  // namespace
