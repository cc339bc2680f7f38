// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_ops.hpp>
#include <azoth/orm/definition.hpp>
#include <azoth/orm/relationships.hpp>

#include <concepts>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

template <class T>
class Mapping;

/// Where the mapping of a class stands that can't have it inside:
///
///     template <> struct azoth::Mapped<User> { static void map(Mapping<User>& m); };
///
/// A place for specialisations, without a state.
template <class T>
struct Mapped {};

namespace orm::detail {

template <class O>
concept ColumnWord = requires(ColumnDefinition& column, const O& option) { column.add(option); };
template <class O>
concept RelationshipWord =
    requires(RelationshipDefinition& relationship, const O& option) { relationship.add(option); };

template <class O>
void apply_to_column(ColumnDefinition& column, const void* option) {
    if constexpr (ColumnWord<O>) column.add(*static_cast<const O*>(option));
}
template <class O>
void apply_to_relationship(RelationshipDefinition& relationship, const void* option) {
    if constexpr (RelationshipWord<O>) relationship.add(*static_cast<const O*>(option));
}

/// The checks of a column's option, where M is the member's type; each has its sentence (R6).
template <class M, class O>
constexpr void check_column_option() {
    using U = typename unwrap_member<M>::type;
    static_assert(!RelationshipWord<O>,
                  "this is an option of relationships, not of columns: it belongs to "
                  "m.relationship<…>(…)");
    static_assert(ColumnWord<O> || RelationshipWord<O>,
                  "this is no option of a column: write a type (String{30}, Integer{}, …), a name "
                  "(\"column\"), primary_key, unique, indexed, autoincrement, no_autoincrement, "
                  "foreign_key<&Other::id>, server_default(value), default_when_zero, always_sent, "
                  "version_id or comment(\"…\"); std::optional<T> makes a column nullable");
    static_assert(!std::same_as<O, schema::NotNullOption>,
                  "whether a mapped column accepts NULL is said by its member: std::optional<T> "
                  "does, T does not; not_null is for columns of run-time type");
    if constexpr (std::same_as<O, schema::PrimaryKeyOption>) {
        static_assert(!azoth::detail::is_optional<U>,
                      "a primary key is never NULL: let the member be a T, not a std::optional<T>");
        static_assert(!unwrap_member<M>::is_deferred,
                      "a primary key is always loaded: let the member be a T, not a Deferred<T>");
    }
    if constexpr (std::same_as<O, VersionOption>)
        static_assert(azoth::detail::Integer<M>,
                      "version_id counts the updates of a row: the member must be an integer");
    if constexpr (schema::PlainKind<O>::known && azoth::detail::is_sql_type<U>)
        static_assert(
            schema::may_hold(schema::PlainKind<O>::kind,
                             TypeTraits<azoth::detail::unwrap_optional_t<U>>::kind),
            "this SQL type cannot hold the C++ type of the member: leave it out, or choose one "
            "that matches the member's type");
    static_assert(schema::default_fits<U>(static_cast<const O*>(nullptr)),
                  "this server_default() cannot be stored in this column: give a value of the "
                  "member's own C++ type, or a text");
}

template <class O>
constexpr void check_relationship_option() {
    static_assert(RelationshipWord<O> || !ColumnWord<O>,
                  "this is an option of columns, not of relationships: it belongs to "
                  "m.column<…>(…)");
    static_assert(RelationshipWord<O> || ColumnWord<O>,
                  "this is no option of a relationship: write back_populates<&Other::member>, "
                  "cascade_all, cascade_all_delete_orphan, cascade(\"…\"), "
                  "order_by<&Other::member>(), secondary(\"table\"), foreign_keys<…>, "
                  "remote_side<…>, passive_deletes, lazy_raise, post_update, viewonly or "
                  "single_parent");
}

/// A member as it stands in class T.
template <class T, auto Member>
[[nodiscard]] MappedMember mapped_member() noexcept {
    using Path = MemberPath<Member>;
    using C = typename Path::class_type;
    return {offset_in<T, Path::member>(), member_name<Path::member>(), class_id<C>(),
            type_name<C>()};
}

template <class T, auto Member>
constexpr bool check_member() {
    using C = typename MemberPath<Member>::class_type;
    static_assert(std::is_base_of_v<C, T>,
                  "this member belongs to another class: Mapping<T> maps the members of T and of "
                  "its base classes");
    return std::is_base_of_v<C, T>;
}

}  // namespace orm::detail

/// Says to which table, columns and relationships class T is mapped: the argument of `T::map`.
///
///     void User::map(Mapping<User>& m) {
///         m.table("user_account");
///         m.column<&User::id>(primary_key);
///         m.column<&User::name>(String{30}, indexed);
///         m.relationship<&User::addresses>(cascade_all_delete_orphan);
///     }
///
/// Exists while a model is made; one thread at a time. Nothing in here throws for a mapping that
/// makes no sense: model() tells all that is wrong at once. SQLAlchemy: a class body in the
/// declarative style.
template <class T>
class Mapping {
  public:
    explicit Mapping(orm::Definition& definition) : definition_(&definition) {}

    /// The table. SQLAlchemy: `__tablename__`, `__table_args__`.
    Mapping& table(std::string_view name, const TableOptions& options = {}) {
        definition_->table(name, options);
        return *this;
    }

    /// Maps a member to a column. The column's name is the member's; std::optional<T> makes it
    /// nullable. SQLAlchemy: `mapped_column`.
    /// \param options in any order: those of azoth/schema/column_options.hpp and of
    ///        azoth/orm/mapping_options.hpp, and a text that is the column's name
    template <auto Member, class... Options>
    Mapping& column(const Options&... options) {
        using M = typename orm::detail::MemberPath<Member>::member_type;
        static_assert(!orm::detail::link_member<M>::value,
                      "One<T> and Many<T> are relationships: map this member with "
                      "m.relationship<…>(…)");
        if constexpr (orm::detail::check_member<T, Member>() && !orm::detail::link_member<M>::value)
            define_column<M>(orm::detail::mapped_member<T, Member>(), options...);
        return *this;
    }
    /// The same for generic code: `m.column(attr<&User::name>, …)`.
    template <auto Member, class... Options>
    Mapping& column(Attr<Member>, const Options&... options) {
        return column<Member>(options...);
    }
    /// Several columns without options at once.
    template <auto... Members>
    Mapping& columns() {
        (column<Members>(), ...);
        return *this;
    }

    /// Maps a One or Many. It is joined along the foreign key between the tables. SQLAlchemy:
    /// `relationship`.
    /// \param options in any order: those of azoth/orm/mapping_options.hpp
    template <auto Member, class... Options>
    Mapping& relationship(const Options&... options) {
        using Shape =
            orm::detail::link_member<typename orm::detail::MemberPath<Member>::member_type>;
        static_assert(Shape::value,
                      "a relationship is a member of type One<T> or Many<T>; others are columns: "
                      "m.column<…>(…)");
        (orm::detail::check_relationship_option<Options>(), ...);
        if constexpr (orm::detail::check_member<T, Member>() && Shape::value)
            definition_->relationship(
                orm::detail::mapped_member<T, Member>(),
                {Shape::is_many, orm::class_id<typename Shape::target>(),
                 type_name<typename Shape::target>()},
                {orm::RelationshipOptionRef{&orm::detail::apply_to_relationship<Options>,
                                            &options}...});
        return *this;
    }
    /// The same for generic code: `m.relationship(rel<&User::addresses>, …)`.
    template <auto Member, class... Options>
    Mapping& relationship(Rel<Member>, const Options&... options) {
        return relationship<Member>(options...);
    }

    /// The values of these columns together are different in all rows: `m.unique<&T::a, &T::b>()`.
    /// SQLAlchemy: `UniqueConstraint`.
    template <auto... Members>
    Mapping& unique(ConstraintOptions options = {}) {
        if constexpr ((orm::detail::check_member<T, Members>() && ...))
            definition_->unique(members<Members...>(), std::move(options));
        return *this;
    }
    /// An index over these columns in this order. SQLAlchemy: `Index`.
    template <auto... Members>
    Mapping& index(IndexOptions options = {}) {
        if constexpr ((orm::detail::check_member<T, Members>() && ...))
            definition_->index(members<Members...>(), std::move(options));
        return *this;
    }
    /// A foreign key of several columns:
    /// `m.foreign_key<&Line::order, &Line::item>(references<&Item::order, &Item::number>)`.
    /// SQLAlchemy: `ForeignKeyConstraint`.
    template <auto... Members>
    Mapping& foreign_key(const orm::ReferencesWord& targets, ForeignKeyOptions options = {}) {
        if constexpr ((orm::detail::check_member<T, Members>() && ...))
            definition_->foreign_key(members<Members...>(), targets, std::move(options));
        return *this;
    }

    /// How an object is made into which a row is loaded, where the class has no default
    /// constructor: `m.construct([] { return User("nobody"); })`.
    template <class Make>
    Mapping& construct(Make) {
        static_assert(std::is_empty_v<Make> && std::is_default_constructible_v<Make>,
                      "construct() takes a lambda without captures");
        static_assert(std::is_same_v<std::invoke_result_t<Make>, T>,
                      "the lambda that construct() takes returns an object of the mapped class");
        definition_->construct([](void* memory) { new (memory) T(Make()()); });
        return *this;
    }

  private:
    template <class M, class... Options>
    void define_column(const orm::MappedMember& member, const Options&... options) {
        using U = typename orm::detail::unwrap_member<M>::type;
        azoth::detail::require_sql_type<U>();
        (orm::detail::check_column_option<M, Options>(), ...);
        if constexpr (azoth::detail::is_sql_type<U>)
            definition_->column(
                member, orm::attribute_ops<M>,
                {orm::ColumnOptionRef{&orm::detail::apply_to_column<Options>, &options}...});
    }

    template <auto... Members>
    [[nodiscard]] static std::vector<orm::MappedMember> members() {
        return {orm::detail::mapped_member<T, Members>()...};
    }

    orm::Definition* definition_;
};

}  // namespace azoth::inline v0
