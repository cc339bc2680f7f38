// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/ptr.hpp>
#include <azoth/orm/select.hpp>

#include <cstddef>
#include <type_traits>

/// Conditions on what relationships lead to.
namespace azoth::inline v0 {

namespace orm {

/// What is asked of a relationship and an object.
enum class RelationTest : std::uint8_t {
    leads_to,      ///< a One leads to the object
    leads_not_to,  ///< it leads to another one, or to none
    contains,      ///< a Many holds the object
    is_led_to_by,  ///< the objects that the relationship of this object leads to
};

// What the functions below hand over to; in relationship_conditions.cpp.

/// EXISTS (what the relationship leads to, and meets the condition).
[[nodiscard]] AZOTH_EXPORT sql::Expression relation_exists(const FromClause& relation,
                                                           const sql::Operand& condition);
/// \param object null: none at all
[[nodiscard]] AZOTH_EXPORT sql::Expression relation_to(const FromClause& relation,
                                                       RelationTest test, const Slot* object);

namespace detail {

template <auto... Path>
using link_of = link_member<typename MemberPath<Path...>::member_type>;

template <bool Many, auto... Path>
constexpr void require_link() {
    require_relationship<typename MemberPath<Path...>::member_type>();
    if constexpr (link_of<Path...>::value)
        static_assert(link_of<Path...>::is_many == Many,
                      "any<…>() and contains<…>() ask a Many<T>, has<…>() and rel<…> == object ask "
                      "a One<T>");
}
template <class T, auto... Path>
constexpr void require_target() {
    if constexpr (link_of<Path...>::value)
        static_assert(std::is_same_v<std::remove_const_t<T>, typename link_of<Path...>::target>,
                      "the relationship leads to objects of another class than this one");
}

}  // namespace detail
}  // namespace orm

/// Some object of the collection meets the condition; without one: it is not empty.
/// `select<User>().where(any<&User::addresses>(col<&Address::email>.like("%.org")))`. Members in
/// the condition are those of the related object. SQLAlchemy: `User.addresses.any()`.
template <auto... Path>
[[nodiscard]] Expr<bool> any(const Expr<bool>& condition = {}) {
    orm::detail::require_link<true, Path...>();
    return Expr<bool>(
        orm::relation_exists(JoinPath<Path...>::target(), sql::Operand::of(condition.core())));
}
/// It leads to an object that meets the condition; without one: to any. SQLAlchemy:
/// `Address.user.has()`.
template <auto... Path>
[[nodiscard]] Expr<bool> has(const Expr<bool>& condition = {}) {
    orm::detail::require_link<false, Path...>();
    return Expr<bool>(
        orm::relation_exists(JoinPath<Path...>::target(), sql::Operand::of(condition.core())));
}
/// The collection holds the object. Throws InvalidRequestError for an object that has no key yet.
/// SQLAlchemy: `User.addresses.contains(object)`.
template <auto... Path, class T>
[[nodiscard]] Expr<bool> contains(const Ptr<T>& object) {
    orm::detail::require_link<true, Path...>();
    orm::detail::require_target<T, Path...>();
    return Expr<bool>(orm::relation_to(JoinPath<Path...>::target(), orm::RelationTest::contains,
                                       PtrAccess::slot(object)));
}
/// The objects that the relationship of `parent` leads to:
/// `select<Address>().where(with_parent<&User::addresses>(sandy))`. Throws as contains().
/// SQLAlchemy: `with_parent`.
template <auto... Path, class T>
[[nodiscard]] Expr<bool> with_parent(const Ptr<T>& parent) {
    orm::detail::require_relationship<typename orm::detail::MemberPath<Path...>::member_type>();
    static_assert(std::is_same_v<std::remove_const_t<T>,
                                 typename orm::detail::MemberPath<Path...>::class_type>,
                  "the relationship belongs to another class than this object");
    return Expr<bool>(orm::relation_to(JoinPath<Path...>::target(), orm::RelationTest::is_led_to_by,
                                       PtrAccess::slot(parent)));
}
/// The same of an alias: `with_parent<&User::addresses>(sandy, home)`. SQLAlchemy: `from_entity`.
template <auto... Path, class T, class U>
[[nodiscard]] Expr<bool> with_parent(const Ptr<T>& parent, const Aliased<U>& alias) {
    orm::detail::require_relationship<typename orm::detail::MemberPath<Path...>::member_type>();
    orm::detail::require_target<U, Path...>();
    static_assert(std::is_same_v<std::remove_const_t<T>,
                                 typename orm::detail::MemberPath<Path...>::class_type>,
                  "the relationship belongs to another class than this object");
    return Expr<bool>(orm::relation_to(JoinPath<Path...>::target().of_type(alias),
                                       orm::RelationTest::is_led_to_by, PtrAccess::slot(parent)));
}

// The same of an alias: `any(boss.rel<&Employee::reports>(), condition)`.

template <class A, auto... Path>
[[nodiscard]] Expr<bool> any(const orm::RelationOf<A, Path...>& relationship,
                             const Expr<bool>& condition = {}) {
    orm::detail::require_link<true, Path...>();
    return Expr<bool>(orm::relation_exists(relationship, sql::Operand::of(condition.core())));
}
template <class A, auto... Path>
[[nodiscard]] Expr<bool> has(const orm::RelationOf<A, Path...>& relationship,
                             const Expr<bool>& condition = {}) {
    orm::detail::require_link<false, Path...>();
    return Expr<bool>(orm::relation_exists(relationship, sql::Operand::of(condition.core())));
}
template <class A, auto... Path, class T>
[[nodiscard]] Expr<bool> contains(const orm::RelationOf<A, Path...>& relationship,
                                  const Ptr<T>& object) {
    orm::detail::require_link<true, Path...>();
    orm::detail::require_target<T, Path...>();
    return Expr<bool>(
        orm::relation_to(relationship, orm::RelationTest::contains, PtrAccess::slot(object)));
}
template <class A, auto... Path, class T>
[[nodiscard]] Expr<bool> operator==(const orm::RelationOf<A, Path...>& relationship,
                                    const Ptr<T>& object) {
    orm::detail::require_link<false, Path...>();
    orm::detail::require_target<T, Path...>();
    return Expr<bool>(
        orm::relation_to(relationship, orm::RelationTest::leads_to, PtrAccess::slot(object)));
}
template <class A, auto... Path, class T>
[[nodiscard]] Expr<bool> operator!=(const orm::RelationOf<A, Path...>& relationship,
                                    const Ptr<T>& object) {
    orm::detail::require_link<false, Path...>();
    orm::detail::require_target<T, Path...>();
    return Expr<bool>(
        orm::relation_to(relationship, orm::RelationTest::leads_not_to, PtrAccess::slot(object)));
}
template <class A, auto... Path>
[[nodiscard]] Expr<bool> operator==(const orm::RelationOf<A, Path...>& relationship,
                                    std::nullptr_t) {
    orm::detail::require_link<false, Path...>();
    return Expr<bool>(orm::relation_to(relationship, orm::RelationTest::leads_to, nullptr));
}
template <class A, auto... Path>
[[nodiscard]] Expr<bool> operator!=(const orm::RelationOf<A, Path...>& relationship,
                                    std::nullptr_t) {
    orm::detail::require_link<false, Path...>();
    return Expr<bool>(orm::relation_to(relationship, orm::RelationTest::leads_not_to, nullptr));
}

/// It leads to the object: `rel<&Address::user> == sandy`. Throws as contains(). SQLAlchemy:
/// `Address.user == sandy`.
template <auto... Path, class T>
[[nodiscard]] Expr<bool> operator==(Rel<Path...>, const Ptr<T>& object) {
    orm::detail::require_link<false, Path...>();
    orm::detail::require_target<T, Path...>();
    return Expr<bool>(orm::relation_to(JoinPath<Path...>::target(), orm::RelationTest::leads_to,
                                       PtrAccess::slot(object)));
}
/// It leads to another object, or to none.
template <auto... Path, class T>
[[nodiscard]] Expr<bool> operator!=(Rel<Path...>, const Ptr<T>& object) {
    orm::detail::require_link<false, Path...>();
    orm::detail::require_target<T, Path...>();
    return Expr<bool>(orm::relation_to(JoinPath<Path...>::target(), orm::RelationTest::leads_not_to,
                                       PtrAccess::slot(object)));
}
/// It leads to nothing: `rel<&Address::user> == nullptr`.
template <auto... Path>
[[nodiscard]] Expr<bool> operator==(Rel<Path...>, std::nullptr_t) {
    orm::detail::require_link<false, Path...>();
    return Expr<bool>(
        orm::relation_to(JoinPath<Path...>::target(), orm::RelationTest::leads_to, nullptr));
}
template <auto... Path>
[[nodiscard]] Expr<bool> operator!=(Rel<Path...>, std::nullptr_t) {
    orm::detail::require_link<false, Path...>();
    return Expr<bool>(
        orm::relation_to(JoinPath<Path...>::target(), orm::RelationTest::leads_not_to, nullptr));
}

}  // namespace azoth::inline v0
