// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/orm/mapper.hpp>

#include <cstdint>
#include <vector>

namespace azoth::inline v0::orm {

/// How the rows of a compiled statement become objects and values: made with the SQL, kept with it.
/// Immutable; safe from any thread.
struct LoadPlan final : Counted {
    /// An entry of the select list as the program wrote it.
    struct Entry {
        const Mapper* mapper = nullptr;  ///< null: a plain column
        std::uint32_t first_cell = 0;    ///< of the row
        /// The entity's columns, one a cell from `first_cell` on; all that isn't deferred, the key's
        /// among them.
        std::vector<const Attribute*> attributes;
        std::vector<std::uint32_t> key_cells;  ///< in the order of Mapper::key()
    };
    std::vector<Entry> entries;
};

}  // namespace azoth::inline v0::orm
