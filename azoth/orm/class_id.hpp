// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <typeinfo>

namespace azoth::inline v0::orm {

/// Names a class of the program: a plain value, safe in any thread.
///
/// It is made from the type of a *pointer* to the class, which exists where the class itself is
/// only declared. Equal in all libraries of a program, whatever symbols they hide, because names
/// are compared and not addresses; classes of anonymous namespaces, whose names may be equal
/// without being the same, are told apart by address.
class AZOTH_EXPORT ClassId {
  public:
    ClassId() noexcept = default;
    explicit ClassId(const std::type_info& pointer_type) noexcept : type_(&pointer_type) {}

    [[nodiscard]] friend bool operator==(ClassId a, ClassId b) noexcept {
        return a.type_ == b.type_ || a.equals(b);
    }
    /// Surely the same; where not, == may still say so, and takes longer to find out.
    [[nodiscard]] bool is_identical(ClassId other) const noexcept { return type_ == other.type_; }
    [[nodiscard]] std::size_t hash() const noexcept;
    [[nodiscard]] explicit operator bool() const noexcept { return type_ != nullptr; }

  private:
    [[nodiscard]] bool equals(ClassId other) const noexcept;

    const std::type_info* type_ = nullptr;
};

/// Says what a class is called, for messages: it is only worked out where there is one.
using ClassName = std::string_view (*)() noexcept;

/// The id of T, which may be incomplete; `const T` is the same class.
template <class T>
[[nodiscard]] ClassId class_id() noexcept {
    return ClassId(typeid(std::remove_cv_t<T>*));
}

}  // namespace azoth::inline v0::orm
