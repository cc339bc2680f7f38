// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/column.hpp>
#include <azoth/sql/select.hpp>

#include <string>
#include <string_view>

namespace azoth::inline v0 {

template <class T>
class Ptr;

namespace orm {

class EntityNode;

// What the typed classes below hand over to; in select.cpp.

/// The entity of a class in FROM, and its objects in a select list; both kept as long as the
/// program.
struct EntityRef {
    FromClause from;
    sql::Expression object;
};
[[nodiscard]] AZOTH_EXPORT const EntityRef& entity_ref(ClassId id, std::string_view class_name);

/// What an alias of a class consists of. One handle to an immutable description.
class AZOTH_EXPORT AliasCore {
  public:
    AliasCore(ClassId id, std::string_view class_name, std::string name);
    /// Of what `selectable` selects.
    AliasCore(ClassId id, std::string_view class_name, const FromClause& selectable,
              std::string name, bool adapt_on_names);

    [[nodiscard]] const FromClause& from() const noexcept { return from_; }
    [[nodiscard]] const sql::Expression& core() const noexcept { return object_; }
    [[nodiscard]] sql::Expression member(const MemberId& member, const Type& type) const;
    [[nodiscard]] const EntityNode& node() const noexcept;

  private:
    FromClause from_;
    sql::Expression object_;
};

/// A relationship as the target of a join: `boss.rel<&Employee::reports>()`. A counted handle, safe
/// to copy in any thread.
class AZOTH_EXPORT Relation : public FromClause {
  public:
    /// Of the class itself.
    explicit Relation(const MemberId& relationship);
    /// Of an alias of the class.
    Relation(const MemberId& relationship, const AliasCore& source);

    /// Joins an alias of the class that the relationship leads to, or another FROM object with its
    /// columns. SQLAlchemy: `of_type`.
    [[nodiscard]] Relation of_type(const FromClause& target) const;

  private:
    explicit Relation(FromClause from) : FromClause(std::move(from)) {}
};

/// The relationship at the end of a path, of an alias of class T. As Relation.
template <class T, auto... Path>
class RelationOf : public Relation {
  public:
    explicit RelationOf(const AliasCore& source) : Relation(member_of(), source) {}

  private:
    [[nodiscard]] static MemberId member_of() { return detail::member_id<Path...>(); }
};

namespace detail {

template <class T>
constexpr void require_entity() {
    // A class that is only declared here may be mapped; who uses its objects knows.
    if constexpr (requires { sizeof(T); })
        static_assert(
            std::is_class_v<T> && (MappedInside<T> || MappedOutside<T>),
            "select<T>(), entity<T> and aliased<T>() take a mapped class: give it a static "
            "void map(azoth::Mapping<T>& m), or declare azoth::Mapped<T> before");
}

template <class M>
constexpr void require_relationship() {
    static_assert(link_member<M>::value,
                  "join<…>() goes along a relationship (One<T> or Many<T>), and this member is a "
                  "column: join<&User::addresses>(), or join(entity<Address>, condition)");
}

}  // namespace detail
}  // namespace orm

/// The class T itself in a statement: its objects in a select list, its table in FROM. `const T`
/// gives handles for reading. A constant; safe from any thread. SQLAlchemy: the class's name.
template <class T>
class Entity : public ExpressionOf<Ptr<T>> {
  public:
    [[nodiscard]] const sql::Expression& core() const { return ref().object; }
    operator const FromClause&() const {
        return ref().from;
    }  // NOLINT(google-explicit-constructor)

  private:
    [[nodiscard]] static const orm::EntityRef& ref() {
        orm::detail::require_entity<std::remove_cv_t<T>>();
        static const orm::EntityRef& kept =
            orm::entity_ref(orm::class_id<T>(), type_name<std::remove_cv_t<T>>());
        return kept;
    }
};
/// `select(entity<User>, func::count(col<&Address::id>))`, `select_from(entity<User>)`.
template <class T>
inline constexpr Entity<T> entity{};

/// Of aliased() from something that is selected. A plain value.
struct AliasedOptions {
    /// Columns that are none of the class's stand for those whose names they have.
    bool adapt_on_names = false;
};

/// Another name for class T in a statement: objects of T in a select list, its table once more in
/// FROM, or what a subquery, CTE or union selects. A counted handle, safe to copy in any thread.
/// SQLAlchemy: `AliasedClass`.
template <class T>
class Aliased : public ExpressionOf<Ptr<T>> {
  public:
    /// \param name empty: the compiler gives it one, different from all others of the statement
    explicit Aliased(std::string name = {})
        : alias_(orm::class_id<T>(), type_name<std::remove_cv_t<T>>(), std::move(name)) {
        orm::detail::require_entity<std::remove_cv_t<T>>();
    }
    /// Of the rows of a subquery, CTE or table.
    Aliased(const FromClause& selectable, std::string name, AliasedOptions options)
        : alias_(orm::class_id<T>(), type_name<std::remove_cv_t<T>>(), selectable, std::move(name),
                 options.adapt_on_names) {
        orm::detail::require_entity<std::remove_cv_t<T>>();
    }

    /// A member of the alias: `boss.col<&Employee::name>()`.
    template <auto... Path>
    [[nodiscard]] auto col() const {
        using M = typename orm::detail::MemberPath<Path...>::member_type;
        orm::detail::require_column<M>();
        check_member<Path...>();
        if constexpr (orm::detail::is_column<M>) {
            using U = orm::detail::member_value_t<M>;
            return Expr<U>(alias_.member(orm::detail::member_id<Path...>(), detail::type_for<U>()));
        }
    }
    /// A relationship of the alias: the target of a join, `join(boss.rel<&Employee::reports>())`,
    /// and what conditions ask about, `any(boss.rel<&Employee::reports>())`.
    template <auto... Path>
    [[nodiscard]] orm::RelationOf<T, Path...> rel() const {
        orm::detail::require_relationship<typename orm::detail::MemberPath<Path...>::member_type>();
        check_member<Path...>();
        return orm::RelationOf<T, Path...>(alias_);
    }

    [[nodiscard]] const sql::Expression& core() const noexcept { return alias_.core(); }
    operator const FromClause&() const noexcept {  // NOLINT(google-explicit-constructor)
        return alias_.from();
    }

  private:
    template <auto... Path>
    static constexpr void check_member() {
        static_assert(std::is_same_v<typename orm::detail::MemberPath<Path...>::class_type,
                                     std::remove_cv_t<T>>,
                      "this member belongs to another class than the alias; name an inherited one "
                      "with the class before it: col<of<Manager>, &Manager::id>()");
    }

    orm::AliasCore alias_;
};
/// `const auto boss = aliased<Employee>("boss")`. SQLAlchemy: `aliased`.
template <class T>
[[nodiscard]] Aliased<T> aliased(std::string name = {}) {
    return Aliased<T>(std::move(name));
}
/// Objects of T out of what a subquery, CTE or union selects: `aliased<User>(select<User>()
/// .where(…).subquery())`. Each member is taken from the column that selects it; executing a
/// statement that needs one that isn't selected throws ArgumentError.
/// \param name for messages and descriptions; the SQL has the name of `selectable`
template <class T>
[[nodiscard]] Aliased<T> aliased(const FromClause& selectable, std::string name = {},
                                 AliasedOptions options = {}) {
    return Aliased<T>(selectable, std::move(name), options);
}
template <class T, class S>
    requires std::derived_from<S, sql::Statement>
[[nodiscard]] Aliased<T> aliased(const S&, const std::string& = {}, AliasedOptions = {}) {
    static_assert(
        sizeof(S) == 0,
        "aliased<T>() takes what can stand in FROM: write aliased<T>(statement.subquery()) "
        "or aliased<T>(statement.cte())");
    return Aliased<T>();
}

/// SELECT of objects: `select<User>()` has rows of Ptr<User>, `select<const User>()` of handles for
/// reading, `select<User, Address>()` of both. SQLAlchemy: `select(User)`.
template <class... Ts>
    requires(sizeof...(Ts) > 0)
[[nodiscard]] Select<Ptr<Ts>...> select() {
    return select(entity<Ts>...);
}

template <auto... Path>
struct JoinPath {
    using Member = orm::detail::MemberPath<Path...>;

    [[nodiscard]] static const orm::Relation& target() {
        orm::detail::require_relationship<typename Member::member_type>();
        orm::detail::require_mapped<typename Member::class_type>();
        static const orm::Relation& kept = *new orm::Relation(orm::detail::member_id<Path...>());
        return kept;
    }
};

}  // namespace azoth::inline v0
