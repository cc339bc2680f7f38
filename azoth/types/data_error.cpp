// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/types/data_error.hpp>

#include <utility>

namespace azoth::inline v0::detail {

void throw_data_error(std::string message) {
    DriverFault fault;
    fault.message = std::move(message);
    throw DataError(fault);
}

}  // namespace azoth::inline v0::detail
