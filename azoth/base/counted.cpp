// SPDX-License-Identifier: MIT
#include <azoth/base/counted.hpp>

namespace azoth::inline v0 {

Counted::~Counted() = default;

void Counted::release() const noexcept {
    const Counted& unit = counter();
    // The last handle has nobody to agree with, and most are the last: temporaries of statements.
    if (unit.count_.load(std::memory_order_acquire) == 1 ||
        unit.count_.fetch_sub(1, std::memory_order_acq_rel) == 1)
        delete &unit;
}

}  // namespace azoth::inline v0
