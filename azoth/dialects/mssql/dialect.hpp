// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

namespace azoth::inline v0 {
class Dialect;
}

namespace azoth::inline v0::mssql {

/// The dialect of Microsoft SQL Server 2017 and later. Safe from any thread.
///
/// It compiles and has no driver: an engine of it can't connect (NoSuchModuleError). SQLAlchemy:
/// `sqlalchemy.dialects.mssql`.
[[nodiscard]] AZOTH_EXPORT const Dialect& dialect();

}  // namespace azoth::inline v0::mssql
