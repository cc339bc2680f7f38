// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/maybe.hpp>
#include <azoth/orm/member.hpp>
#include <azoth/types/traits.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

namespace azoth::inline v0::orm {

/// Members of these very types are written where a row is read, without a call.
enum class Direct : std::uint8_t { none, int64, text };

/// What the library does with a member of one C++ type, as plain functions: one table for each
/// type, however many members have it. Immutable; safe from any thread.
struct AttributeOps {
    Kind kind;            ///< the form in which it travels
    bool accepts_null;    ///< std::optional
    bool is_maybe;        ///< Maybe<T>: may be unset
    bool is_deferred;     ///< Deferred<T>: may not be loaded
    bool is_plain_value;  ///< a bool, number, enumeration or text, for which zero is a value too
    Direct direct;
    std::uint32_t size;  ///< of the member, in bytes
    const Type& (*type)();
    /// The value as it is bound; NULL of an empty optional and of what is unset.
    ValueView (*view)(const void* member);
    /// Takes a cell of `kind`; NULL only where `accepts_null`.
    void (*assign)(void* member, const ValueView& cell);
    /// Its type's zero: 0, false, "", an empty optional, unset.
    bool (*is_zero)(const void* member);
    /// Maybe, Deferred: there is something in it. Others: true.
    bool (*is_set)(const void* member);
    [[nodiscard]] constexpr bool may_be_unset() const noexcept { return is_maybe || is_deferred; }
    /// Makes it zero or, where it can be, unset.
    void (*reset)(void* member);
    /// Deferred: says in which slot it stands. Others: null.
    void (*bind)(void* member, Slot* owner);
};

namespace detail {

/// The functions of AttributeOps for members of type M.
template <class M>
struct MemberFunctions {
    using Unwrapped = unwrap_member<M>;
    using U = typename Unwrapped::type;  // may be optional
    using Plain = azoth::detail::unwrap_optional_t<U>;
    using Traits = TypeTraits<Plain>;
    static constexpr bool wrapped = Unwrapped::is_maybe || Unwrapped::is_deferred;

    static ValueView view_value(const U& value) {
        if constexpr (azoth::detail::is_optional<U>)
            return value ? Traits::view(*value) : ValueView{};
        else
            return Traits::view(value);
    }
    static void assign_value(U& value, const ValueView& cell) {
        if constexpr (azoth::detail::is_optional<U>) {
            if (cell.is_null()) {
                value.reset();
                return;
            }
        }
        value = Traits::from(cell);
    }

    static ValueView view(const void* member) {
        const M& m = *static_cast<const M*>(member);
        if constexpr (wrapped)
            return MemberAccess::has_value(m) ? view_value(MemberAccess::value(m)) : ValueView{};
        else
            return view_value(m);
    }
    static void assign(void* member, const ValueView& cell) {
        M& m = *static_cast<M*>(member);
        if constexpr (wrapped)
            assign_value(MemberAccess::emplace(m), cell);
        else
            assign_value(m, cell);
    }
    static bool is_set(const void* member) {
        if constexpr (wrapped)
            return MemberAccess::has_value(*static_cast<const M*>(member));
        else
            return true;
    }
    static bool is_zero(const void* member) {
        if constexpr (wrapped) {
            return !is_set(member);
        } else {
            const U& value = *static_cast<const U*>(member);
            if constexpr (azoth::detail::is_optional<U>)
                return !value.has_value();
            else if constexpr (std::equality_comparable<U> && std::default_initializable<U>)
                return value == U{};
            else
                return false;
        }
    }
    static void reset(void* member) {
        M& m = *static_cast<M*>(member);
        if constexpr (wrapped)
            MemberAccess::clear(m);
        else if constexpr (std::default_initializable<U> && std::is_move_assignable_v<U>)
            m = U{};
    }
    static void bind(void* member, Slot* owner) {
        if constexpr (Unwrapped::is_deferred) MemberAccess::bind(*static_cast<M*>(member), owner);
    }
    static const Type& type() { return Traits::type(); }
};

}  // namespace detail

namespace detail {
/// Values that travel so have a zero (0, false, "") that is as good as any other.
constexpr bool has_zero(Kind kind) noexcept {
    return kind == Kind::boolean || kind == Kind::int64 || kind == Kind::uint64 ||
           kind == Kind::float64 || kind == Kind::decimal || kind == Kind::text;
}
}  // namespace detail

/// The table of a type, in the file that asks.
template <class M>
inline constexpr AttributeOps made_attribute_ops{
    .kind = detail::MemberFunctions<M>::Traits::kind,
    .accepts_null = azoth::detail::is_optional<typename detail::MemberFunctions<M>::U>,
    .is_maybe = detail::MemberFunctions<M>::Unwrapped::is_maybe,
    .is_deferred = detail::MemberFunctions<M>::Unwrapped::is_deferred,
    .is_plain_value = !detail::MemberFunctions<M>::wrapped &&
                      !azoth::detail::is_optional<typename detail::MemberFunctions<M>::U> &&
                      detail::has_zero(detail::MemberFunctions<M>::Traits::kind),
    .direct = std::is_same_v<M, std::int64_t>  ? Direct::int64
              : std::is_same_v<M, std::string> ? Direct::text
                                               : Direct::none,
    .size = sizeof(M),
    .type = &detail::MemberFunctions<M>::type,
    .view = &detail::MemberFunctions<M>::view,
    .assign = &detail::MemberFunctions<M>::assign,
    .is_zero = &detail::MemberFunctions<M>::is_zero,
    .is_set = &detail::MemberFunctions<M>::is_set,
    .reset = &detail::MemberFunctions<M>::reset,
    .bind = detail::MemberFunctions<M>::Unwrapped::is_deferred ? &detail::MemberFunctions<M>::bind
                                                               : nullptr,
};

template <class M>
[[nodiscard]] const AttributeOps& attribute_ops() noexcept {
    return made_attribute_ops<M>;
}
// Those that most members have are made once, in attribute_ops.cpp, and not in every user's file.
#define AZOTH_COMMON_ATTRIBUTE(M)                                               \
    template <>                                                                 \
    [[nodiscard]] AZOTH_EXPORT const AttributeOps& attribute_ops<M>() noexcept; \
    template <>                                                                 \
    [[nodiscard]] AZOTH_EXPORT const AttributeOps& attribute_ops<std::optional<M>>() noexcept
AZOTH_COMMON_ATTRIBUTE(bool);
AZOTH_COMMON_ATTRIBUTE(std::int32_t);
AZOTH_COMMON_ATTRIBUTE(std::int64_t);
AZOTH_COMMON_ATTRIBUTE(double);
AZOTH_COMMON_ATTRIBUTE(std::string);
#undef AZOTH_COMMON_ATTRIBUTE

}  // namespace azoth::inline v0::orm
