// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/schema_translate_map.hpp>

#include <cstddef>
#include <optional>

namespace azoth::inline v0 {

/// What a statement says of its execution, or a call. A plain value; what is empty is as elsewhere.
/// Of a statement it is of effect where neither engine nor connection say otherwise, of a call it
/// goes before all others. SQLAlchemy: `Executable.execution_options`.
struct StatementOptions {
    SchemaTranslateMap schema_translate_map{};  ///< which schemas stand for those of tables
    /// The rows stay with the server, in a cursor of its own, and come over as they are read.
    std::optional<bool> stream_results{};
    /// The most rows of such a cursor that come over at a time, 1 at first and then more each time;
    /// 1000 where nothing is said.
    std::optional<std::size_t> max_row_buffer{};
    /// The same, always so many rows at a time, which are those of `partitions()` too.
    std::optional<std::size_t> yield_per{};

    /// Whether it says something.
    [[nodiscard]] bool is_given() const noexcept {
        return schema_translate_map.is_given() || stream_results || max_row_buffer || yield_per;
    }
    /// Throws ArgumentError for windows of no rows.
    AZOTH_EXPORT void check() const;
};

}  // namespace azoth::inline v0
