// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>

namespace azoth::inline v0 {

// Here, so that each class has one type_info in the program.
MappingError::~MappingError() = default;
FlushError::~FlushError() = default;
StaleDataError::~StaleDataError() = default;
ObjectDeletedError::~ObjectDeletedError() = default;
DetachedInstanceError::~DetachedInstanceError() = default;
StreamedObjectError::~StreamedObjectError() = default;

}  // namespace azoth::inline v0
