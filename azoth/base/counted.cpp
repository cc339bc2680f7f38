// SPDX-License-Identifier: MIT
#include <azoth/base/counted.hpp>

namespace azoth::inline v0 {

Counted::~Counted() = default;

void Counted::release() const noexcept {
    const Counted& unit = counter();
    if (unit.count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete &unit;
}

}  // namespace azoth::inline v0
