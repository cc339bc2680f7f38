// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/class_id.hpp>
#include <azoth/orm/mapping_terms.hpp>

#include <cstdint>
#include <string_view>

namespace azoth::inline v0::orm {

class Definition;

/// A class as model<…>() hands it over. A plain value.
struct ClassEntry {
    ClassId id{};
    std::string_view name{};
    ClassOps ops{};
    void (*map)(Definition& definition) = nullptr;  ///< what T::map says
    std::uint32_t ancestors = 1;  ///< how many classes of the model it is or inherits from
};

}  // namespace azoth::inline v0::orm
