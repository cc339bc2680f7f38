// SPDX-License-Identifier: MIT
#include "forward_declared.hpp"

// Never sees what a Wheel is.

void forward_test::Car::map(azoth::Mapping<Car>& m) {
    m.table("car");
    m.column<&Car::id>(azoth::primary_key);
    m.relationship<&Car::wheels>(azoth::cascade_all_delete_orphan);
    m.relationship<&Car::spare>(azoth::viewonly);
}
