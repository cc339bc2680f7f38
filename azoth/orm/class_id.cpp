// SPDX-License-Identifier: MIT
#include <azoth/base/hash.hpp>
#include <azoth/orm/class_id.hpp>

#include <cstring>
#include <string_view>

namespace azoth::inline v0::orm {
namespace {

/// Itanium's mangling of anonymous namespaces.
bool has_internal_linkage(const std::type_info& type) noexcept {
    return std::strstr(type.name(), "_GLOBAL__N") != nullptr;
}

}  // namespace

bool ClassId::equals(ClassId other) const noexcept {
    if (!type_ || !other.type_) return false;
    return std::strcmp(type_->name(), other.type_->name()) == 0 && !has_internal_linkage(*type_);
}

std::size_t ClassId::hash() const noexcept {
    return type_ ? detail::hash_text(std::string_view(type_->name())) : 0;
}

}  // namespace azoth::inline v0::orm
