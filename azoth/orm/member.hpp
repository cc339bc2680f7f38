// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/names.hpp>
#include <azoth/orm/class_id.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace azoth::inline v0 {

template <class T>
class One;
template <class T>
class Many;
template <class K, class T>
class ManyMap;
template <class T>
class WriteOnly;
template <class T>
class Maybe;
template <class T>
class Deferred;

/// Says which class a member is meant of, where that is not the one that declares it: of a base
/// class that is not mapped itself, or of another class of a hierarchy: `col<of<Manager>,
/// &Manager::id>`. A constant.
template <class T>
struct Of {};
template <class T>
inline constexpr Of<T> of{};

/// Names a column's member as a value: for generic code (`m.column(attr<&User::name>)`), and to
/// make a private member known to others (design rule R17). A constant:
///
///     class User {
///       public:
///         static constexpr auto name = attr<&User::name_>;   // elsewhere: col<User::name>
template <auto... Path>
struct Attr {};
template <auto... Path>
inline constexpr Attr<Path...> attr{};

/// Names a relationship's member as a value, as attr does a column's. A constant.
template <auto... Path>
struct Rel {};
template <auto... Path>
inline constexpr Rel<Path...> rel{};

namespace orm {

/// A member of a mapped class, without its C++ type. A plain value; names live as long as the
/// program.
struct MemberId {
    ClassId entity{};
    std::ptrdiff_t offset = 0;  ///< in bytes, from the beginning of `entity`
    std::string_view class_name{};
    std::string_view name{};

    [[nodiscard]] friend bool operator==(const MemberId& a, const MemberId& b) noexcept {
        return a.offset == b.offset && a.entity == b.entity;
    }
};

namespace detail {

template <auto... Path>
struct MemberPath;

/// Of the type of a pointer to a data member, or of what attr<> and rel<> give.
template <class P>
struct member_traits {
    static_assert(sizeof(P) == 0, "name a data member, as in col<&User::name>");
};
template <class C, class M>
struct member_traits<M C::*> {
    static_assert(!std::is_function_v<M>, "name a data member, not a function");
    using class_type = C;
    using member_type = M;
    static constexpr bool is_named = false;
};
template <class P>  // g++ lets decltype of a template parameter be const
struct member_traits<const P> : member_traits<P> {};
template <auto... Path>
struct member_traits<Attr<Path...>> {
    using path = MemberPath<Path...>;
    static constexpr bool is_named = true;
};
template <auto... Path>
struct member_traits<Rel<Path...>> {
    using path = MemberPath<Path...>;
    static constexpr bool is_named = true;
};

/// The class, the type and the pointer of a member, as `Traits` says.
template <auto Member, class Traits, bool Named>
struct ResolvedMember {
    using class_type = typename Traits::class_type;
    using member_type = typename Traits::member_type;
    static constexpr auto member = Member;
};
template <auto Name, class Traits>
struct ResolvedMember<Name, Traits, true> : Traits::path {};

template <class T>
inline constexpr bool is_attr = false;
template <auto... Path>
inline constexpr bool is_attr<Attr<Path...>> = true;
template <auto... Path>
inline constexpr bool is_attr<Rel<Path...>> = true;

template <class T>
struct is_of : std::false_type {};
template <class T>
struct is_of<Of<T>> : std::true_type {
    using class_type = T;
};

/// The class and the member of what stands between the angle brackets.
template <auto... Path>
struct MemberPath {
    static_assert(sizeof...(Path) == 1,
                  "name one member, as in col<&User::name>, or a class and a member of it, as in "
                  "col<of<Manager>, &Manager::id>");
};
template <auto Member>
struct MemberPath<Member> : ResolvedMember<Member, member_traits<decltype(Member)>,
                                           member_traits<decltype(Member)>::is_named> {};
template <auto Class, auto Member>
struct MemberPath<Class, Member> {
    static_assert(is_of<std::remove_cv_t<decltype(Class)>>::value,
                  "the first of two names must be of<Class>, as in col<of<Manager>, &Manager::id>");
    using class_type = typename is_of<std::remove_cv_t<decltype(Class)>>::class_type;
    using member_type = typename MemberPath<Member>::member_type;
    static_assert(std::is_base_of_v<typename MemberPath<Member>::class_type, class_type>,
                  "this member is not one of the class named before it");
    static constexpr auto member = MemberPath<Member>::member;
};

/// Is M a relationship, and where does it lead?
template <class M>
struct link_member : std::false_type {};
template <class T, bool IsMany, bool IsWriteOnly = false, class Key = void>
struct LinkTo : std::true_type {
    static constexpr bool is_many = IsMany;
    static constexpr bool is_write_only = IsWriteOnly;
    using key = Key;  ///< of a ManyMap
    using target = T;
};
template <class T>
struct link_member<One<T>> : LinkTo<T, false> {};
template <class T>
struct link_member<Many<T>> : LinkTo<T, true> {};
template <class K, class T>
struct link_member<ManyMap<K, T>> : LinkTo<T, true, false, K> {};
template <class T>
struct link_member<WriteOnly<T>> : LinkTo<T, true, true> {};

/// The value in the member of a column.
template <class U>
struct unwrap_member {
    using type = U;
    static constexpr bool is_maybe = false;
    static constexpr bool is_deferred = false;
};
template <class U>
struct unwrap_member<Maybe<U>> {
    using type = U;
    static constexpr bool is_maybe = true;
    static constexpr bool is_deferred = false;
};
template <class U>
struct unwrap_member<Deferred<U>> {
    using type = U;
    static constexpr bool is_maybe = false;
    static constexpr bool is_deferred = true;
};

/// Where a data member stands in its object: the very number by which the ABI represents the
/// pointer.
template <class C, class M>
[[nodiscard]] std::ptrdiff_t offset_of(M C::* member) noexcept {
    static_assert(
        sizeof member == sizeof(std::ptrdiff_t),
        "Azoth knows pointers to data members of the Itanium ABI alone: please report the "
        "compiler and its version");
    return __builtin_bit_cast(std::ptrdiff_t, member);
}

/// Where a member stands in class C, which may have inherited it.
template <class C, auto Member>
[[nodiscard]] std::ptrdiff_t offset_in() noexcept {
    using M = typename member_traits<decltype(Member)>::member_type;
    return offset_of(static_cast<M C::*>(Member));
}

template <auto... Path>
[[nodiscard]] MemberId member_id() noexcept {
    using P = MemberPath<Path...>;
    using C = typename P::class_type;
    return {class_id<C>(), offset_in<C, P::member>(), type_name<C>(), member_name<P::member>()};
}

}  // namespace detail
}  // namespace orm
}  // namespace azoth::inline v0
