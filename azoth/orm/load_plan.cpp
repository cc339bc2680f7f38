// SPDX-License-Identifier: MIT
#include <azoth/orm/load_plan.hpp>

namespace azoth::inline v0::orm {

std::vector<const Attribute*> loaded_attributes(const Mapper& mapper) {
    std::vector<const Attribute*> loaded;
    for (const Attribute& attribute : mapper.attributes())
        if (!attribute.ops->is_deferred) loaded.push_back(&attribute);
    return loaded;
}

LoadPlan::Entry load_entry(const Mapper& mapper, std::uint32_t first_cell) {
    LoadPlan::Entry entry{&mapper, first_cell, loaded_attributes(mapper), {}};
    for (const Attribute* key : mapper.key())
        for (std::uint32_t i = 0; i < entry.attributes.size(); ++i)
            if (entry.attributes[i] == key) entry.key_cells.push_back(i);
    return entry;
}

}  // namespace azoth::inline v0::orm
