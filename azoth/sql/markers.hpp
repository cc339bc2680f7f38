// SPDX-License-Identifier: MIT
#pragma once

namespace azoth::inline v0::sql {

/// Stands in FragmentNode::sql and StatementNode::sql where a placeholder goes; text() refuses it
/// in the program's own text.
inline constexpr char bind_marker = '\x01';

/// Stands around the name of a schema in SQL whose schemas are still open (schema_places.hpp).
inline constexpr char schema_marker = '\0';

}  // namespace azoth::inline v0::sql
