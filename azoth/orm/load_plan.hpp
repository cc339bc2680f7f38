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
        /// The entity's columns, one a cell from `first_cell` on; all that isn't deferred, the
        /// key's among them.
        std::vector<const Attribute*> attributes;
        /// Counted from `first_cell`, in the order of Mapper::key().
        std::vector<std::uint32_t> key_cells;
    };
    std::vector<Entry> entries;
};

/// The attributes that are loaded with an object: all that isn't deferred, the key's among them.
[[nodiscard]] std::vector<const Attribute*> loaded_attributes(const Mapper& mapper);
/// How an object is made of the cells of a row from `first_cell` on.
[[nodiscard]] LoadPlan::Entry load_entry(const Mapper& mapper, std::uint32_t first_cell);

}  // namespace azoth::inline v0::orm
