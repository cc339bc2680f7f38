// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/error.hpp>

namespace azoth::inline v0 {

#define AZOTH_DEFINE_ERROR(Name, Base, default_code)                                    \
    class AZOTH_EXPORT Name : public Base {                                             \
      public:                                                                           \
        explicit Name(const std::string& message, std::string_view code = default_code) \
            : Base(message, code) {}                                                    \
        ~Name() override;                                                               \
    }

/// What classes are mapped to makes no sense; all that is wrong stands in one message. Immutable
/// once thrown.
AZOTH_DEFINE_ERROR(MappingError, InvalidRequestError, "azoth-mapping");
/// What is to be flushed can't be, and the database was not asked. Immutable once thrown.
AZOTH_DEFINE_ERROR(FlushError, Error, "azoth-flush");
/// A row that was to be changed is not there, or was changed by somebody else. Immutable once
/// thrown.
AZOTH_DEFINE_ERROR(StaleDataError, Error, "azoth-stale-data");
/// The row of an object is gone. Immutable once thrown.
AZOTH_DEFINE_ERROR(ObjectDeletedError, InvalidRequestError, "azoth-object-deleted");
/// Something is to be loaded for an object that belongs to no session. Immutable once thrown.
AZOTH_DEFINE_ERROR(DetachedInstanceError, InvalidRequestError, "azoth-detached");
/// An object that a stream loaded is to be changed or to load something. Immutable once thrown.
AZOTH_DEFINE_ERROR(StreamedObjectError, InvalidRequestError, "azoth-streamed");

#undef AZOTH_DEFINE_ERROR

}  // namespace azoth::inline v0
