// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapping_terms.hpp>
#include <azoth/orm/query_expression.hpp>
#include <azoth/orm/select.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What Select::options() takes: how, for one statement, the relationships and the deferred columns
/// of its objects are loaded.
namespace azoth::inline v0 {

/// Of joinedload(). A plain value.
struct JoinedLoadOptions {
    /// JOIN in place of LEFT OUTER JOIN: for a relationship that is never empty, because an owner
    /// without related objects would be missing.
    bool innerjoin = false;
};
/// Of selectinload(). A plain value.
struct SelectinLoadOptions {
    /// For a relationship of a class with itself: how many levels further the same is done; -1: to
    /// the end.
    int recursion_depth = 0;
    std::uint32_t chunksize = 500;  ///< owners for each statement; 1 at least
};
/// Of immediateload(). A plain value.
struct ImmediateLoadOptions {
    int recursion_depth = 0;  ///< as in SelectinLoadOptions
};
/// Of raiseload(). A plain value.
struct RaiseLoadOptions {
    /// What the session has already is found; only SQL is refused.
    bool sql_only = false;
};
/// Of with_loader_criteria(). A plain value.
struct CriteriaOptions {
    bool include_aliases = false;      ///< aliases of the class meet the condition too
    bool propagate_to_loaders = true;  ///< so does what is loaded later, when it is looked at
};
/// Of defer() and load_only(). A plain value.
struct DeferOptions {
    bool raiseload = false;  ///< looking at the column throws
};

namespace orm {

class LoaderOptionNode;

/// One step of a loader option: a relationship, and how it is loaded. A plain value.
struct LoaderStep {
    MemberId member{};  ///< without a class: every relationship that no other option names
    Loading loading = Loading::as_mapped;
    bool innerjoin = false;
    int recursion_depth = 0;
    std::uint32_t chunksize = 500;
};
/// What becomes of columns at the end of a loader option. A plain value.
struct ColumnStep {
    enum class What : std::uint8_t { load, defer, only, load_all, load_group, fill };
    What what = What::load;
    bool raises = false;
    std::vector<MemberId> members{};
    std::string name{};  ///< of the group; or of the expression that fills the member
};

/// Throws ArgumentError for anything else than "*".
AZOTH_EXPORT void require_wildcard(std::string_view text, std::string_view function);

/// A loader option without the C++ type at its end. A counted handle to an immutable description,
/// safe to copy in any thread.
class AZOTH_EXPORT LoaderOption {
  public:
    /// Of the objects of an entity of the statement; says nothing yet.
    explicit LoaderOption(const FromClause& root);
    LoaderOption(const LoaderOption& other);
    LoaderOption(LoaderOption&& other) noexcept;
    LoaderOption& operator=(const LoaderOption& other);
    LoaderOption& operator=(LoaderOption&& other) noexcept;
    ~LoaderOption();

    [[nodiscard]] sql::Expression core() const;

  protected:
    [[nodiscard]] LoaderOption then(LoaderStep step) const;
    /// \param alias what the program has joined
    [[nodiscard]] LoaderOption then_contained(const MemberId& member,
                                              const FromClause* alias) const;
    [[nodiscard]] LoaderOption then(ColumnStep step) const;
    /// \param expression what fills the member
    [[nodiscard]] LoaderOption then_filled(const MemberId& member,
                                           const sql::Operand& expression) const;
    [[nodiscard]] LoaderOption with(std::initializer_list<const LoaderOption*> further) const;
    /// Another condition on the objects of the last step.
    [[nodiscard]] LoaderOption where(const sql::Operand& condition) const;

  private:
    explicit LoaderOption(Ref<const LoaderOptionNode> node);
    Ref<const LoaderOptionNode> node_;
};

/// A way of loading for all relationships of all objects of a statement that no other option names.
/// As LoaderOption.
class AZOTH_EXPORT EverywhereOption {
  public:
    /// Throws ArgumentError for anything else than "*".
    EverywhereOption(std::string_view wildcard, std::string_view function, Loading loading);
    [[nodiscard]] const sql::Expression& core() const noexcept { return core_; }

  private:
    sql::Expression core_;
};

/// A condition on every object of a class in a statement. As LoaderOption.
class AZOTH_EXPORT CriteriaOption {
  public:
    CriteriaOption(const FromClause& entity, const sql::Operand& condition,
                   CriteriaOptions options);
    [[nodiscard]] const sql::Expression& core() const noexcept { return core_; }

  private:
    sql::Expression core_;
};

namespace detail {

template <auto... Path>
constexpr void require_loadable() {
    static_assert(link_member<typename MemberPath<Path...>::member_type>::value,
                  "joinedload<…>() and its like name a relationship (One<T> or Many<T>), and this "
                  "member is a column: a column that is not always loaded is a Deferred<T>, named "
                  "by undefer<…>()");
}
template <auto... Path>
constexpr void require_deferred() {
    static_assert(
        unwrap_member<typename MemberPath<Path...>::member_type>::is_deferred,
        "defer<…>() and undefer<…>() name a Deferred<T>: a plain member is always loaded "
        "(design rule R7). Make it a Deferred<T>, select single columns, or map a second, "
        "narrower class to the table");
}
template <class T, auto... Path>
constexpr void require_member_of_option() {
    static_assert(std::is_same_v<typename MemberPath<Path...>::class_type, T>,
                  "this member belongs to another class than the one that the option has come to; "
                  "name an inherited one with the class before it: undefer<of<Manager>, "
                  "&Manager::notes>()");
}
template <class M>
struct loads_to {
    using type = void;
};
template <class M>
    requires link_member<M>::value
struct loads_to<M> {
    using type = typename link_member<M>::target;
};

}  // namespace detail
}  // namespace orm

/// Loader options for objects of class T, of the statement itself or at the end of a chain of
/// relationships: `Load<User>().selectinload<&User::orders>().joinedload<&Order::customer>()`. A
/// counted handle to an immutable description, safe to copy in any thread; each method gives a new
/// one. SQLAlchemy: `Load`.
template <class T>
class Load : public orm::LoaderOption {
    template <class>
    friend class Load;

  public:
    /// Of the class itself in the statement.
    Load() : LoaderOption(entity<T>) {}
    /// Of an alias of it.
    explicit Load(const Aliased<T>& alias) : LoaderOption(alias) {}

    /// What it leads to is loaded with its owner, in the same rows. SQLAlchemy: `joinedload`.
    template <auto... Path>
    [[nodiscard]] auto joinedload(JoinedLoadOptions options = {}) const {
        return next<Path...>({.loading = orm::Loading::joined, .innerjoin = options.innerjoin});
    }
    /// What it leads to is loaded by a statement more for each 500 owners: SELECT … WHERE key IN
    /// (…). SQLAlchemy: `selectinload`.
    template <auto... Path>
    [[nodiscard]] auto selectinload(SelectinLoadOptions options = {}) const {
        return next<Path...>({.loading = orm::Loading::selectin,
                              .recursion_depth = options.recursion_depth,
                              .chunksize = options.chunksize});
    }
    /// What it leads to is loaded by one statement more, which has the first one in it.
    /// SQLAlchemy: `subqueryload`.
    template <auto... Path>
    [[nodiscard]] auto subqueryload() const {
        return next<Path...>({.loading = orm::Loading::subquery});
    }
    /// As if the program looked at it right after its owner is loaded. SQLAlchemy: `immediateload`.
    template <auto... Path>
    [[nodiscard]] auto immediateload(ImmediateLoadOptions options = {}) const {
        return next<Path...>(
            {.loading = orm::Loading::immediate, .recursion_depth = options.recursion_depth});
    }
    /// Loaded when the program looks at it. SQLAlchemy: `lazyload`.
    template <auto... Path>
    [[nodiscard]] auto lazyload() const {
        return next<Path...>({.loading = orm::Loading::select});
    }
    /// Looking at it throws InvalidRequestError. SQLAlchemy: `raiseload`.
    template <auto... Path>
    [[nodiscard]] auto raiseload(RaiseLoadOptions options = {}) const {
        return next<Path...>(
            {.loading = options.sql_only ? orm::Loading::raise_on_sql : orm::Loading::raise});
    }
    /// Never loaded: there seems to be nothing. SQLAlchemy: `noload`.
    template <auto... Path>
    [[nodiscard]] auto noload() const {
        return next<Path...>({.loading = orm::Loading::none});
    }
    /// Loaded as the mapping says; for options of what it leads to. SQLAlchemy: `defaultload`.
    template <auto... Path>
    [[nodiscard]] auto defaultload() const {
        return next<Path...>({.loading = orm::Loading::as_mapped});
    }
    /// The rows have it, because the statement joins it. SQLAlchemy: `contains_eager`.
    template <auto... Path>
    [[nodiscard]] auto contains_eager() const {
        return contained<Path...>(nullptr);
    }
    /// The same, where the statement joins an alias of it.
    template <auto... Path>
    [[nodiscard]] auto contains_eager(const FromClause& alias) const {
        return contained<Path...>(&alias);
    }

    // The same for all relationships that no other option names: `raiseload("*")`.
    [[nodiscard]] Load lazyload(std::string_view wildcard) const {
        return all(wildcard, "lazyload", orm::Loading::select);
    }
    [[nodiscard]] Load raiseload(std::string_view wildcard, RaiseLoadOptions options = {}) const {
        return all(wildcard, "raiseload",
                   options.sql_only ? orm::Loading::raise_on_sql : orm::Loading::raise);
    }
    [[nodiscard]] Load noload(std::string_view wildcard) const {
        return all(wildcard, "noload", orm::Loading::none);
    }
    [[nodiscard]] Load selectinload(std::string_view wildcard) const {
        return all(wildcard, "selectinload", orm::Loading::selectin);
    }
    [[nodiscard]] Load immediateload(std::string_view wildcard) const {
        return all(wildcard, "immediateload", orm::Loading::immediate);
    }

    /// A Deferred<T> is loaded with its object. SQLAlchemy: `undefer`.
    template <auto... Path>
    [[nodiscard]] Load undefer() const {
        orm::detail::require_deferred<Path...>();
        orm::detail::require_member_of_option<T, Path...>();
        return columns({.members = {orm::detail::member_id<Path...>()}});
    }
    /// All of them are: `undefer("*")`.
    [[nodiscard]] Load undefer(std::string_view wildcard) const {
        orm::require_wildcard(wildcard, "undefer");
        return columns({.what = orm::ColumnStep::What::load_all});
    }
    /// All of a group are: deferred_group(name) in the mapping. Executing the statement throws
    /// ArgumentError where the class has no such group. SQLAlchemy: `undefer_group`.
    [[nodiscard]] Load undefer_group(const std::string& name) const {
        return columns({.what = orm::ColumnStep::What::load_group, .name = name});
    }
    /// A Deferred<T> is not loaded; for one that another option undefers, or to make it throw.
    /// SQLAlchemy: `defer`.
    template <auto... Path>
    [[nodiscard]] Load defer(DeferOptions options = {}) const {
        orm::detail::require_deferred<Path...>();
        orm::detail::require_member_of_option<T, Path...>();
        return columns({.what = orm::ColumnStep::What::defer,
                        .raises = options.raiseload,
                        .members = {orm::detail::member_id<Path...>()}});
    }
    /// Of the columns that may be absent these are loaded, and no others. Executing the statement
    /// throws ArgumentError where a plain member is not among them (R7). SQLAlchemy: `load_only`.
    template <auto... Members>
    [[nodiscard]] Load load_only(DeferOptions options = {}) const {
        (orm::detail::require_member_of_option<T, Members>(), ...);
        return columns({.what = orm::ColumnStep::What::only,
                        .raises = options.raiseload,
                        .members = {orm::detail::member_id<Members>()...}});
    }

    /// A member without a column, as `m.query_expression<…>()` maps it, takes the value of an
    /// expression. In a statement's own objects the expression says what it is about as in where();
    /// in those that a relationship leads to their class stands for them. SQLAlchemy:
    /// `with_expression`.
    template <auto... Path, class E>
    [[nodiscard]] Load with_expression(const E& expression) const {
        using M = typename orm::detail::MemberPath<Path...>::member_type;
        orm::detail::require_filling<M, E>();
        orm::detail::require_member_of_option<T, Path...>();
        if constexpr (orm::detail::fills<M, E>())
            return Load(then_filled(orm::detail::member_id<Path...>(),
                                    sql::Operand::of(expression.core())));
        else
            return *this;
    }

    /// Several options for the objects at the end of this one.
    template <class... Us>
    [[nodiscard]] Load options(const Load<Us>&... further) const {
        static_assert((std::is_same_v<Us, T> && ...),
                      "these options belong to another class than the one that the option has come "
                      "to");
        return Load(with({static_cast<const orm::LoaderOption*>(&further)...}));
    }
    /// Only such objects are loaded by the last step: `selectinload<&User::orders>().and_(
    /// col<&Order::open> == true)`. SQLAlchemy: `relationship.and_()`.
    [[nodiscard]] Load and_(const Expr<bool>& condition) const {
        return Load(where(sql::Operand::of(condition.core())));
    }

  private:
    explicit Load(LoaderOption&& option) : LoaderOption(std::move(option)) {}

    template <auto... Path>
    static constexpr void check() {
        orm::detail::require_loadable<Path...>();
        static_assert(
            std::is_same_v<typename orm::detail::MemberPath<Path...>::class_type, T>,
            "this relationship belongs to another class than the one that the option has come to: "
            "chain options along the relationships, as in selectinload<&User::orders>()"
            ".joinedload<&Order::customer>()");
    }
    template <auto... Path>
    using Target = typename orm::detail::loads_to<
        typename orm::detail::MemberPath<Path...>::member_type>::type;

    template <auto... Path>
    [[nodiscard]] auto next(orm::LoaderStep step) const {
        check<Path...>();
        step.member = orm::detail::member_id<Path...>();
        return Load<Target<Path...>>(then(step));
    }
    template <auto... Path>
    [[nodiscard]] auto contained(const FromClause* alias) const {
        check<Path...>();
        return Load<Target<Path...>>(then_contained(orm::detail::member_id<Path...>(), alias));
    }
    [[nodiscard]] Load all(std::string_view wildcard, std::string_view function,
                           orm::Loading loading) const {
        orm::require_wildcard(wildcard, function);
        return Load(then(orm::LoaderStep{.loading = loading}));
    }
    [[nodiscard]] Load columns(orm::ColumnStep step) const { return Load(then(std::move(step))); }
};

namespace orm::detail {

template <auto... Path>
[[nodiscard]] auto load_of() {
    return Load<typename MemberPath<Path...>::class_type>();
}

}  // namespace orm::detail

// The options of Load for the class of the member, the class itself in the statement:
// `selectinload<&User::addresses>()` is `Load<User>().selectinload<&User::addresses>()`.

template <auto... Path>
[[nodiscard]] auto joinedload(JoinedLoadOptions options = {}) {
    return orm::detail::load_of<Path...>().template joinedload<Path...>(options);
}
template <auto... Path>
[[nodiscard]] auto selectinload(SelectinLoadOptions options = {}) {
    return orm::detail::load_of<Path...>().template selectinload<Path...>(options);
}
template <auto... Path>
[[nodiscard]] auto subqueryload() {
    return orm::detail::load_of<Path...>().template subqueryload<Path...>();
}
template <auto... Path>
[[nodiscard]] auto immediateload(ImmediateLoadOptions options = {}) {
    return orm::detail::load_of<Path...>().template immediateload<Path...>(options);
}
template <auto... Path>
[[nodiscard]] auto lazyload() {
    return orm::detail::load_of<Path...>().template lazyload<Path...>();
}
template <auto... Path>
[[nodiscard]] auto raiseload(RaiseLoadOptions options = {}) {
    return orm::detail::load_of<Path...>().template raiseload<Path...>(options);
}
template <auto... Path>
[[nodiscard]] auto noload() {
    return orm::detail::load_of<Path...>().template noload<Path...>();
}
template <auto... Path>
[[nodiscard]] auto defaultload() {
    return orm::detail::load_of<Path...>().template defaultload<Path...>();
}
template <auto... Path>
[[nodiscard]] auto contains_eager() {
    return orm::detail::load_of<Path...>().template contains_eager<Path...>();
}
template <auto... Path>
[[nodiscard]] auto contains_eager(const FromClause& alias) {
    return orm::detail::load_of<Path...>().template contains_eager<Path...>(alias);
}
template <auto... Path>
[[nodiscard]] auto undefer() {
    return orm::detail::load_of<Path...>().template undefer<Path...>();
}
template <auto... Path>
[[nodiscard]] auto defer(DeferOptions options = {}) {
    return orm::detail::load_of<Path...>().template defer<Path...>(options);
}
template <auto... Path, class E>
[[nodiscard]] auto with_expression(const E& expression) {
    return orm::detail::load_of<Path...>().template with_expression<Path...>(expression);
}
/// `undefer_group<Album>("texts")`.
template <class T>
[[nodiscard]] Load<T> undefer_group(const std::string& name) {
    return Load<T>().undefer_group(name);
}
template <auto First, auto... Members>
[[nodiscard]] auto load_only(DeferOptions options = {}) {
    return orm::detail::load_of<First>().template load_only<First, Members...>(options);
}

// Of all relationships of all objects of the statement that no other option names:
// `raiseload("*")`.

[[nodiscard]] inline orm::EverywhereOption lazyload(std::string_view wildcard) {
    return {wildcard, "lazyload", orm::Loading::select};
}
[[nodiscard]] inline orm::EverywhereOption raiseload(std::string_view wildcard,
                                                     RaiseLoadOptions options = {}) {
    return {wildcard, "raiseload",
            options.sql_only ? orm::Loading::raise_on_sql : orm::Loading::raise};
}
[[nodiscard]] inline orm::EverywhereOption noload(std::string_view wildcard) {
    return {wildcard, "noload", orm::Loading::none};
}
[[nodiscard]] inline orm::EverywhereOption selectinload(std::string_view wildcard) {
    return {wildcard, "selectinload", orm::Loading::selectin};
}
[[nodiscard]] inline orm::EverywhereOption immediateload(std::string_view wildcard) {
    return {wildcard, "immediateload", orm::Loading::immediate};
}

/// A condition on every object of class T that the statement selects, joins or loads, also on those
/// that are loaded later, when a relationship of its objects is looked at. SQLAlchemy:
/// `with_loader_criteria`.
template <class T>
[[nodiscard]] orm::CriteriaOption with_loader_criteria(const Expr<bool>& condition,
                                                       CriteriaOptions options = {}) {
    return orm::CriteriaOption(entity<T>, sql::Operand::of(condition.core()), options);
}

}  // namespace azoth::inline v0
