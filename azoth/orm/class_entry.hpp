// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/class_id.hpp>
#include <azoth/orm/mapping_terms.hpp>

#include <string_view>

namespace azoth::inline v0::orm {

class Definition;

/// A class as model<…>() hands it over. A plain value.
struct ClassEntry {
    ClassId id{};
    std::string_view name{};
    ClassOps ops{};
    void (*map)(Definition& definition) = nullptr;  ///< what T::map says
    std::string_view mapped_base{};  ///< a base class that is of the model too; empty: none
};

}  // namespace azoth::inline v0::orm
