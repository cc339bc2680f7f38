// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_ops.hpp>
#include <azoth/orm/mapping_sink.hpp>
#include <azoth/orm/query_expression.hpp>
#include <azoth/orm/relationships.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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
concept ColumnWord =
    requires(ColumnDefinition& column, const O& option) { add_option(column, option); };
template <class O>
concept RelationshipWord = requires(RelationshipDefinition& relationship, const O& option) {
    add_option(relationship, option);
};

template <class O>
void apply_to_column(ColumnDefinition& column, const void* option) {
    if constexpr (ColumnWord<O>) add_option(column, *static_cast<const O*>(option));
}
template <class O>
void apply_to_relationship(RelationshipDefinition& relationship, const void* option) {
    if constexpr (RelationshipWord<O>) add_option(relationship, *static_cast<const O*>(option));
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
                  "version_id, deferred_group(\"…\") or comment(\"…\"); std::optional<T> makes a "
                  "column nullable");
    static_assert(!std::same_as<O, schema::NotNullOption>,
                  "whether a mapped column accepts NULL is said by its member: std::optional<T> "
                  "does, T does not; not_null is for columns of run-time type");
    if constexpr (std::same_as<O, schema::PrimaryKeyOption>) {
        static_assert(!azoth::detail::is_optional<U>,
                      "a primary key is never NULL: let the member be a T, not a std::optional<T>");
        static_assert(!unwrap_member<M>::is_deferred,
                      "a primary key is always loaded: let the member be a T, not a Deferred<T>");
    }
    if constexpr (std::same_as<O, DeferredGroupOption>)
        static_assert(unwrap_member<M>::is_deferred,
                      "deferred_group() is of columns that are not always loaded: let the member "
                      "be a Deferred<T>");
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
    static_assert(
        RelationshipWord<O> || ColumnWord<O>,
        "this is no option of a relationship: write back_populates<&Other::member>, "
        "cascade_all, cascade_all_delete_orphan, cascade(\"…\"), "
        "order_by<&Other::member>(), secondary(\"table\"), foreign_keys<…>, "
        "remote_side<…>, passive_deletes, lazy_selectin and its like, post_update, viewonly or "
        "single_parent");
}

/// One for each class, where it is asked; each further function for each column would be felt.
template <class T, class C>
constexpr void require_member_of() {
    static_assert(__is_base_of(C, T),
                  "this member belongs to another class: Mapping<T> maps the members of T and of "
                  "its base classes");
}

/// A member as it stands in class T.
template <class T, auto Member>
[[nodiscard]] MappedMember mapped_member() noexcept {
    using Traits = member_traits<decltype(Member)>;
    if constexpr (Traits::is_named) {
        return mapped_member<T, Traits::path::member>();
    } else {
        require_member_of<T, typename Traits::class_type>();
        return {offset_in<T, Member>(),
                {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1},
                nullptr};
    }
}

/// Hands a column over; one function for each combination of types, whichever class it is of.
template <class M, class... Options>
[[gnu::cold]] void add_column(Definition& definition, const MappedMember& member,
                              const Options&... options) {
    using U = typename unwrap_member<M>::type;
    static_assert(!link_member<M>::value,
                  "One<T> and Many<T> are relationships: map this member with "
                  "m.relationship<…>(…)");
    if constexpr (!link_member<M>::value) {
        azoth::detail::require_sql_type<U>();
        (check_column_option<M, Options>(), ...);
        if constexpr (azoth::detail::is_sql_type<U>)
            define_column(definition, member, attribute_ops<M>(),
                          {ColumnOptionRef{&apply_to_column<Options>, &options}...});
    }
}

/// Where a relationship's member of type M leads.
template <class M>
[[nodiscard]] LinkShape link_shape() noexcept {
    static_assert(link_member<M>::value,
                  "a relationship is a member of type One<T>, Many<T>, ManyMap<K, T> or "
                  "WriteOnly<T>; others are columns: "
                  "m.column<…>(…)");
    if constexpr (link_member<M>::value) {
        using Target = typename link_member<M>::target;
        const Type* key = nullptr;
        if constexpr (!std::is_void_v<typename link_member<M>::key>)
            key = &azoth::detail::type_for<typename link_member<M>::key>();
        return {link_member<M>::is_many, link_member<M>::is_write_only, key, class_id<Target>(),
                type_name<Target>()};
    } else {
        return {};
    }
}

/// Hands a relationship over.
template <class... Options>
[[gnu::cold]] void add_relationship(Definition& definition, const MappedMember& member,
                                    const LinkShape& shape, const Options&... options) {
    (check_relationship_option<Options>(), ...);
    define_relationship(definition, member, shape,
                        {RelationshipOptionRef{&apply_to_relationship<Options>, &options}...});
}

}  // namespace orm::detail

namespace orm {

/// What mappings of all classes have in common. Threads as Mapping.
class AZOTH_EXPORT MappingOfTable {
  public:
    explicit MappingOfTable(Definition& definition) noexcept : definition_(&definition) {}

    /// The table. SQLAlchemy: `__tablename__`, `__table_args__`.
    void table(std::string_view name);
    void table(std::string_view name, const TableOptions& options);

    /// A condition that every row meets: `m.check(col<&User::age> >= 18, "adult")`. SQLAlchemy:
    /// `CheckConstraint`.
    void check(const Expr<bool>& condition, std::string name = {});
    /// An index over expressions: `m.index({col<&User::name>.desc()}, {.name = "by_name"})`; over
    /// members alone see Mapping::index. SQLAlchemy: `Index`.
    void index(std::initializer_list<Ordering> elements, IndexOptions options = {});

  protected:
    Definition* definition_;
};

}  // namespace orm

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
class Mapping : public orm::MappingOfTable {
  public:
    using MappingOfTable::index;
    using MappingOfTable::MappingOfTable;

    /// Maps a member to a column. The column's name is the member's; std::optional<T> makes it
    /// nullable. SQLAlchemy: `mapped_column`.
    /// \param options in any order: those of azoth/schema/column_options.hpp and of
    ///        azoth/orm/mapping_options.hpp, and a text that is the column's name
    template <auto Member, class... Options>
    [[gnu::cold]] void column(const Options&... options) {
        using Traits = orm::detail::member_traits<decltype(Member)>;
        if constexpr (Traits::is_named) {
            column<Traits::path::member>(options...);
        } else {
            using C = typename Traits::class_type;
            using M = typename Traits::member_type;
            orm::detail::require_member_of<T, C>();
            if constexpr (__is_base_of(C, T)) {
                M T::* const member = Member;
                orm::detail::add_column<M>(*definition_,
                                           {__builtin_bit_cast(std::ptrdiff_t, member),
                                            {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1},
                                            __is_same(C, T) ? nullptr : &orm::class_id<C>},
                                           options...);
            }
        }
    }
    /// The same for generic code: `m.column(attr<&User::name>, …)`.
    template <class Member, class... Options>
        requires orm::detail::is_attr<Member>
    void column(Member, const Options&... options) {
        column<orm::detail::MemberPath<Member{}>::member>(options...);
    }
    /// Several columns without options at once.
    template <auto... Members>
    void columns() {
        (column<Members>(), ...);
    }

    /// Maps a One or Many. It is joined along the foreign key between the tables. SQLAlchemy:
    /// `relationship`.
    /// \param options in any order: those of azoth/orm/mapping_options.hpp
    template <auto Member, class... Options>
    [[gnu::cold]] void relationship(const Options&... options) {
        using Traits = orm::detail::member_traits<decltype(Member)>;
        if constexpr (Traits::is_named) {
            relationship<Traits::path::member>(options...);
        } else {
            using C = typename Traits::class_type;
            using M = typename Traits::member_type;
            orm::detail::require_member_of<T, C>();
            if constexpr (__is_base_of(C, T)) {
                M T::* const member = Member;
                orm::detail::add_relationship(
                    *definition_,
                    {__builtin_bit_cast(std::ptrdiff_t, member),
                     {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1},
                     __is_same(C, T) ? nullptr : &orm::class_id<C>},
                    orm::detail::link_shape<M>(), options...);
            }
        }
    }
    /// The same for generic code: `m.relationship(rel<&User::addresses>, …)`.
    template <class Member, class... Options>
        requires orm::detail::is_attr<Member>
    void relationship(Member, const Options&... options) {
        relationship<orm::detail::MemberPath<Member{}>::member>(options...);
    }

    /// Maps a member that has no column: with_expression<&T::count>(…), an option of statements,
    /// fills it. Without such an option it has the value of `otherwise`, an expression about the
    /// class, or its type's zero. SQLAlchemy: `query_expression`.
    template <auto Member, class... Default>
    [[gnu::cold]] void query_expression(const Default&... otherwise) {
        using Traits = orm::detail::member_traits<decltype(Member)>;
        static_assert(sizeof...(Default) <= 1, "query_expression<…>() takes one expression");
        if constexpr (Traits::is_named) {
            query_expression<Traits::path::member>(otherwise...);
        } else {
            using M = typename Traits::member_type;
            orm::detail::require_fillable<M>();
            (orm::detail::require_filling<M, Default>(), ...);
            if constexpr (!orm::detail::link_member<M>::value &&
                          (orm::detail::fills<M, Default>() && ...))
                orm::define_query_expression(*definition_, orm::detail::mapped_member<T, Member>(),
                                             orm::attribute_ops<M>(),
                                             sql::Expression{otherwise.core()...});
        }
    }
    /// The same for generic code: `m.query_expression(attr<&User::count>, …)`.
    template <class Member, class... Default>
        requires orm::detail::is_attr<Member>
    void query_expression(Member, const Default&... otherwise) {
        query_expression<orm::detail::MemberPath<Member{}>::member>(otherwise...);
    }

    /// The values of these columns together are different in all rows: `m.unique<&T::a, &T::b>()`.
    /// SQLAlchemy: `UniqueConstraint`.
    template <auto... Members>
    void unique(const ConstraintOptions& options = {}) {
        orm::define_unique(*definition_, {orm::detail::mapped_member<T, Members>()...}, options);
    }
    /// An index over these columns in this order. SQLAlchemy: `Index`.
    template <auto... Members>
    void index(const IndexOptions& options = {}) {
        orm::define_index(*definition_, {orm::detail::mapped_member<T, Members>()...}, options);
    }
    /// A foreign key of several columns:
    /// `m.foreign_key<&Line::order, &Line::item>(references<&Item::order, &Item::number>)`.
    /// SQLAlchemy: `ForeignKeyConstraint`.
    template <auto... Members>
    void foreign_key(const orm::ReferencesWord& targets, const ForeignKeyOptions& options = {}) {
        orm::define_foreign_key(*definition_, {orm::detail::mapped_member<T, Members>()...},
                                targets, options);
    }

    /// How an object is made into which a row is loaded, where the class has no default
    /// constructor: `m.construct([] { return User("nobody"); })`.
    template <class Make>
    void construct(Make) {
        static_assert(std::is_empty_v<Make> && std::is_default_constructible_v<Make>,
                      "construct() takes a lambda without captures");
        static_assert(std::is_same_v<std::invoke_result_t<Make>, T>,
                      "the lambda that construct() takes returns an object of the mapped class");
        orm::define_construct(*definition_, [](void* memory) { new (memory) T(Make()()); });
    }
};

}  // namespace azoth::inline v0
