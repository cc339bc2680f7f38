// SPDX-License-Identifier: MIT
#include <azoth/base/random_part.hpp>

#include <exception>
#include <limits>
#include <random>

namespace azoth::inline v0::detail {

double random_part() noexcept {
    try {
        std::random_device system;
        return std::generate_canonical<double, std::numeric_limits<unsigned>::digits>(system);
    } catch (const std::exception&) {
        return 0.5;  // the system has none to give: better all at once than not at all
    }
}

}  // namespace azoth::inline v0::detail
