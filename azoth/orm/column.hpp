// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/member.hpp>
#include <azoth/sql/dml.hpp>

#include <atomic>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace azoth::inline v0 {

template <class T>
struct Mapped;
template <class T>
class Mapping;

namespace orm {

/// The expression of a member, made once and kept as long as the program.
[[nodiscard]] AZOTH_EXPORT const sql::Expression& member_expression(const MemberId& member,
                                                                    const Type& type);
/// The same, remembered in `kept`: a static object with a guard would be more code in every file.
[[nodiscard]] AZOTH_EXPORT const sql::Expression& member_expression(
    std::atomic<const sql::Expression*>& kept, MemberId (*member)(), const Type& (*type)());

namespace detail {

template <class T>
concept MappedInside = requires { &T::map; };
template <class T>
concept MappedOutside = requires { &Mapped<T>::map; };

/// The class of a member is mapped, as far as the program's text up to here tells.
template <class C>
constexpr void require_mapped() {
    static_assert(
        MappedInside<C> || MappedOutside<C>,
        "the class of this member is not mapped: give it a static void "
        "map(azoth::Mapping<T>& m), or declare azoth::Mapped<T> before; for a member that "
        "a mapped class inherits name that class first: col<of<Manager>, &Manager::id>");
}

/// The C++ type with which a member takes part in expressions.
template <class M>
using member_value_t = typename unwrap_member<M>::type;

template <class M>
inline constexpr bool is_column =
    !link_member<M>::value &&
    azoth::detail::is_sql_type<azoth::detail::canonical_t<member_value_t<M>>>;

template <class M>
constexpr void require_column() {
    static_assert(!link_member<M>::value,
                  "this member is a relationship, not a column: use it in join<…>(), or name a "
                  "member of the class that it leads to");
    if constexpr (!link_member<M>::value) azoth::detail::require_sql_type<member_value_t<M>>();
}

template <auto... Path>
[[nodiscard]] const sql::Expression& column_expression() {
    using U = member_value_t<typename MemberPath<Path...>::member_type>;
    static constinit std::atomic<const sql::Expression*> kept{nullptr};
    return member_expression(kept, &member_id<Path...>, &azoth::detail::type_for<U>);
}

}  // namespace detail
}  // namespace orm

/// A member of a mapped class as a SQL expression of C++ type T, wherever an `Expr<T>` may stand:
/// what `col<…>` is. A constant; safe from any thread. SQLAlchemy: `InstrumentedAttribute`.
///
/// Which table and column it is, the model of the session knows that executes the statement (design
/// rule R3). Executing it on a plain Connection throws ArgumentError that names the remedies.
template <class T>
class MemberColumn : public ExpressionOf<T> {
  public:
    using Make = const sql::Expression& (*)();
    constexpr explicit MemberColumn(Make make) noexcept : make_(make) {}
    constexpr MemberColumn(const MemberColumn&) noexcept = default;

    // NOLINTBEGIN(misc-unconventional-assign-operator): assignments are values here
    /// `member = value`: an assignment for INSERT and UPDATE, as Column has it.
    template <class U>
    [[nodiscard]] Assignment operator=(U&& value) const {
        return azoth::detail::assign<T>(core(), static_cast<U&&>(value));
    }
    /// `member = member`.
    [[nodiscard]] Assignment operator=(const MemberColumn& other) const {
        return azoth::detail::assign<T>(core(), other);
    }
    // NOLINTEND(misc-unconventional-assign-operator)

    [[nodiscard]] const sql::Expression& core() const { return make_(); }
    [[nodiscard]] Expr<T> expression() const { return Expr<T>(make_()); }
    operator Expr<T>() const { return expression(); }  // NOLINT(google-explicit-constructor)

    // As in Expr<T>.
    [[nodiscard]] Expr<T> label(std::string name) const {
        return expression().label(std::move(name));
    }
    [[nodiscard]] Ordering asc() const { return expression().asc(); }
    [[nodiscard]] Ordering desc() const { return expression().desc(); }
    [[nodiscard]] Expr<bool> is_null() const { return expression().is_null(); }
    [[nodiscard]] Expr<bool> is_not_null() const { return expression().is_not_null(); }
    template <class P>
    [[nodiscard]] auto like(const P& pattern, std::string_view escape = {}) const {
        return expression().like(pattern, escape);
    }
    template <class P>
    [[nodiscard]] auto not_like(const P& pattern, std::string_view escape = {}) const {
        return expression().not_like(pattern, escape);
    }
    template <class P>
    [[nodiscard]] auto ilike(const P& pattern, std::string_view escape = {}) const {
        return expression().ilike(pattern, escape);
    }
    [[nodiscard]] auto startswith(std::string_view text) const {
        return expression().startswith(text);
    }
    [[nodiscard]] auto endswith(std::string_view text) const { return expression().endswith(text); }
    [[nodiscard]] auto contains(std::string_view text) const { return expression().contains(text); }
    [[nodiscard]] auto icontains(std::string_view text) const {
        return expression().icontains(text);
    }
    template <class U>
    [[nodiscard]] auto in(std::initializer_list<U> choices) const {
        return expression().in(choices);
    }
    template <class R>
    [[nodiscard]] auto in(const R& choices) const {
        return expression().in(choices);
    }
    template <class U>
    [[nodiscard]] auto not_in(std::initializer_list<U> choices) const {
        return expression().not_in(choices);
    }
    template <class R>
    [[nodiscard]] auto not_in(const R& choices) const {
        return expression().not_in(choices);
    }
    template <class L, class H>
    [[nodiscard]] auto between(const L& low, const H& high) const {
        return expression().between(low, high);
    }
    template <class U>
    [[nodiscard]] auto is_distinct_from(const U& other) const {
        return expression().is_distinct_from(other);
    }
    template <class U>
    [[nodiscard]] auto is_not_distinct_from(const U& other) const {
        return expression().is_not_distinct_from(other);
    }

  private:
    Make make_;
};

namespace orm::detail {

template <auto... Path>
constexpr auto column_of() {
    using P = MemberPath<Path...>;
    using M = typename P::member_type;
    require_mapped<typename P::class_type>();
    require_column<M>();
    if constexpr (is_column<M>)
        return MemberColumn<member_value_t<M>>(&column_expression<Path...>);
    else
        return MemberColumn<Any>(nullptr);  // it was refused above; this keeps the message short
}

}  // namespace orm::detail

/// A member of a mapped class as a SQL expression: `col<&User::name> == "sandy"`; of an inherited
/// member `col<of<Manager>, &Manager::id>`; of a name that the class offers for a private one
/// `col<User::name>`. Maybe<T> and Deferred<T> are expressions of T. SQLAlchemy: `User.name`.
template <auto... Path>
inline constexpr auto col = orm::detail::column_of<Path...>();

}  // namespace azoth::inline v0
