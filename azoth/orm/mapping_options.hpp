// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapping_terms.hpp>
#include <azoth/orm/member.hpp>
#include <azoth/schema/column_options.hpp>

#include <string>
#include <utility>
#include <vector>

/// What Mapping::column and Mapping::relationship take besides the member: the words and functions
/// of this file and, for columns, those of azoth/schema/column_options.hpp, in any order.
namespace azoth::inline v0 {

namespace orm {

// The classes behind the options. All plain values.
struct MemberForeignKey {
    MemberId target{};
    ForeignKeyOptions options{};
};
struct ForeignKeyWord {
    MemberId (*target)();
    /// `foreign_key<&User::id>({.ondelete = "CASCADE"})`.
    [[nodiscard]] MemberForeignKey operator()(ForeignKeyOptions options) const {
        return {target(), std::move(options)};
    }
};
struct ReferencesWord {
    std::vector<MemberId> (*targets)();
};
struct ZeroOption {
    ZeroMeans means;
};
struct VersionOption {};
struct DeferredGroupOption {
    std::string name{};
};

struct BackPopulatesWord {
    MemberId (*member)();
};
struct ForeignKeysWord {
    std::vector<MemberId> (*members)();
};
struct RemoteSideWord {
    std::vector<MemberId> (*members)();
};
struct JoinConditionOption {
    sql::Expression condition{};
    bool secondary = false;
};
struct KeyedByWord {
    MemberId (*member)();
};
struct OverlapsWord {
    std::vector<MemberId> (*members)();
};
struct OrderByOption {
    std::vector<MemberId> members{};
    std::vector<Ordering> expressions{};
};
struct CascadeWord {
    const char* words;
};
struct CascadeOption {
    std::string words{};
};
struct PassiveDeletesOption {
    PassiveDeletes mode;
};
struct LoadingOption {
    Loading when;
};
struct InnerjoinOption {};
struct JoinDepthOption {
    int depth;
};
struct PostUpdateOption {};
struct ViewonlyOption {};
struct SingleParentOption {};

/// The column, as one of the other end's or of a foreign key.
enum class JoinSide : std::uint8_t { foreign, remote };
[[nodiscard]] AZOTH_EXPORT sql::Expression marked(const sql::Expression& column, JoinSide side);

namespace detail {
template <auto... Members>
std::vector<MemberId> member_ids() {
    return {member_id<Members>()...};
}
}  // namespace detail
}  // namespace orm

// --- columns -------------------------------------------------------------------------------------

/// The column holds values of another class's column: `foreign_key<&User::id>`, or
/// `foreign_key<&User::id>({.ondelete = "CASCADE"})`. SQLAlchemy: `ForeignKey`.
template <auto... Path>
inline constexpr orm::ForeignKeyWord foreign_key{&orm::detail::member_id<Path...>};

/// The other end of a foreign key of several columns: see Mapping::foreign_key.
template <auto... Members>
inline constexpr orm::ReferencesWord references{&orm::detail::member_ids<Members...>};

/// A zero (0, false, "") in the member of a new object means that nothing was said: the column
/// takes its default (design rule R16).
inline constexpr orm::ZeroOption default_when_zero{orm::ZeroMeans::nothing};
/// A zero in the member of a new object is a value and sent, whatever the column's default is.
inline constexpr orm::ZeroOption always_sent{orm::ZeroMeans::value};
/// The column counts the updates of its row, so that an update of what somebody else has changed
/// meanwhile is noticed. SQLAlchemy: `version_id_col`.
inline constexpr orm::VersionOption version_id{};
/// Of a Deferred<T>: what one option loads together, `undefer_group<Album>("texts")`. SQLAlchemy:
/// `deferred(group=…)`.
[[nodiscard]] inline orm::DeferredGroupOption deferred_group(std::string name) {
    return {std::move(name)};
}

// --- relationships -------------------------------------------------------------------------------

/// The member of the other class that is the same link seen from there; saying it on one side is
/// enough. SQLAlchemy: `back_populates=`.
template <auto... Path>
inline constexpr orm::BackPopulatesWord back_populates{&orm::detail::member_id<Path...>};

/// The foreign key of this relationship, by its members, where several link the classes.
/// SQLAlchemy: `foreign_keys=`.
template <auto... Members>
inline constexpr orm::ForeignKeysWord foreign_keys{&orm::detail::member_ids<Members...>};

/// The members at the other end of a relationship of a class with itself: `remote_side<&Node::id>`
/// leads to the parent. SQLAlchemy: `remote_side=`.
template <auto... Members>
inline constexpr orm::RemoteSideWord remote_side{&orm::detail::member_ids<Members...>};

/// In primaryjoin() and secondaryjoin(): the column refers to the one that it is compared with, as
/// a foreign key does, and is written where objects are linked. SQLAlchemy: `foreign`.
template <class E>
[[nodiscard]] auto foreign(const E& column) {
    return Expr<azoth::detail::expr_value_t<E>>(orm::marked(column.core(), orm::JoinSide::foreign));
}
/// In primaryjoin() of a class with itself: the column of the object at the other end. SQLAlchemy:
/// `remote`.
template <class E>
[[nodiscard]] auto remote(const E& column) {
    return Expr<azoth::detail::expr_value_t<E>>(orm::marked(column.core(), orm::JoinSide::remote));
}

/// Which rows of the other class belong to an object, where that is more, or something else, than
/// that a foreign key refers to it: `primaryjoin(col<&User::id> == col<&Address::user_id> &&
/// col<&Address::city> == "Boston")`. Equal columns of which one is a foreign key, in the schema or
/// by foreign(), are what is written when objects are linked; with viewonly there may be none. With
/// secondary(), what it says of the object and the table between, which a class must be mapped to.
/// SQLAlchemy: `primaryjoin=`.
[[nodiscard]] inline orm::JoinConditionOption primaryjoin(const Expr<bool>& condition) {
    return {condition.core(), false};
}
/// With secondary(): the same of the table between and the other class. SQLAlchemy:
/// `secondaryjoin=`.
[[nodiscard]] inline orm::JoinConditionOption secondaryjoin(const Expr<bool>& condition) {
    return {condition.core(), true};
}

/// Relationships that write the same columns as this one, on purpose: `overlaps<&User::addresses>`.
/// SQLAlchemy: `overlaps=`.
template <auto... Members>
inline constexpr orm::OverlapsWord overlaps{&orm::detail::member_ids<Members...>};

/// The member by whose value a ManyMap finds its objects. SQLAlchemy: `attribute_keyed_dict`.
template <auto... Path>
inline constexpr orm::KeyedByWord keyed_by{&orm::detail::member_id<Path...>};

/// The order of a loaded collection, by members of its class:
/// `order_by<&Address::email_address>()`. SQLAlchemy: `order_by=`.
template <auto... Members>
[[nodiscard]] orm::OrderByOption order_by() {
    return {orm::detail::member_ids<Members...>(), {}};
}
/// The same by expressions: `order_by(col<&Post::created_at>.desc(), col<&Post::id>)`.
template <class... E>
    requires(sizeof...(E) != 0)
[[nodiscard]] orm::OrderByOption order_by(const E&... expressions) {
    return {{}, {Ordering(expressions)...}};
}

/// Which operations go on to the related objects, in SQLAlchemy's words: "save-update", "merge",
/// "refresh-expire", "expunge", "delete", "delete-orphan", "all" (all but the last) or "none",
/// separated by commas. Without this option they are "save-update, merge". SQLAlchemy: `cascade=`.
[[nodiscard]] inline orm::CascadeOption cascade(std::string words) {
    return {std::move(words)};
}
/// cascade("all"): what is done to an object is done to the related ones, deleting included.
inline constexpr orm::CascadeWord cascade_all{"all"};
/// cascade("all, delete-orphan"): moreover, what is taken out of the relationship is deleted.
inline constexpr orm::CascadeWord cascade_all_delete_orphan{"all, delete-orphan"};

/// Related objects that are not loaded are left to the database's ON DELETE. SQLAlchemy:
/// `passive_deletes=True`.
inline constexpr orm::PassiveDeletesOption passive_deletes{orm::PassiveDeletes::on};
/// All related objects are. SQLAlchemy: `passive_deletes="all"`.
inline constexpr orm::PassiveDeletesOption passive_deletes_all{orm::PassiveDeletes::all};

/// What is not loaded is loaded when the program looks at it: the default. SQLAlchemy:
/// `lazy="select"`.
inline constexpr orm::LoadingOption lazy_select{orm::Loading::select};
/// Looking at what is not loaded throws. SQLAlchemy: `lazy="raise"`.
inline constexpr orm::LoadingOption lazy_raise{orm::Loading::raise};
/// The same where SQL would be needed: what the session has is found. SQLAlchemy:
/// `lazy="raise_on_sql"`.
inline constexpr orm::LoadingOption lazy_raise_on_sql{orm::Loading::raise_on_sql};
/// Loaded with their owners, in the same rows, by LEFT OUTER JOIN. SQLAlchemy: `lazy="joined"`.
inline constexpr orm::LoadingOption lazy_joined{orm::Loading::joined};
/// Loaded right after their owners, for 500 of them at a time. SQLAlchemy: `lazy="selectin"`.
inline constexpr orm::LoadingOption lazy_selectin{orm::Loading::selectin};
/// Loaded right after their owners, by a statement around theirs. SQLAlchemy: `lazy="subquery"`.
inline constexpr orm::LoadingOption lazy_subquery{orm::Loading::subquery};
/// Loaded right after their owners, one by one. SQLAlchemy: `lazy="immediate"`.
inline constexpr orm::LoadingOption lazy_immediate{orm::Loading::immediate};
/// Never loaded. SQLAlchemy: `lazy="noload"`.
inline constexpr orm::LoadingOption lazy_noload{orm::Loading::none};

/// With lazy_joined: there always is an object, so that an INNER JOIN finds it. SQLAlchemy:
/// `innerjoin=True`.
inline constexpr orm::InnerjoinOption innerjoin{};
/// Where the mapping loads eagerly along a relationship of a class with itself, or in a circle of
/// classes: so many times around, in place of none. SQLAlchemy: `join_depth=`.
[[nodiscard]] inline orm::JoinDepthOption join_depth(int depth) {
    return {depth};
}

/// The foreign key is written by an UPDATE of its own, after both rows exist: for rows that refer
/// to each other. SQLAlchemy: `post_update=True`.
inline constexpr orm::PostUpdateOption post_update{};
/// For looking only: changes are not written. SQLAlchemy: `viewonly=True`.
inline constexpr orm::ViewonlyOption viewonly{};
/// Related objects belong to one object each, so that they can be deleted as orphans also where the
/// database would let several share them. SQLAlchemy: `single_parent=True`.
inline constexpr orm::SingleParentOption single_parent{};

/// What the table between two classes is, besides its name. A plain value.
struct SecondaryOptions {
    /// Its columns that hold the keys of the relationship's own class; empty: table and key, as in
    /// "post_id".
    std::vector<std::string> own_columns{};
    std::vector<std::string> target_columns{};  ///< the same for the class that it leads to
    std::string ondelete{};                     ///< of both foreign keys, as in ForeignKeyOptions
    std::optional<std::string> schema{};  ///< nothing: the model's; "": the connection's default
};

namespace orm {
struct SecondaryOption {
    std::string table{};
    SecondaryOptions options{};
};
}  // namespace orm

/// Many to many, by rows of a table that holds pairs of keys: `secondary("post_keyword")`. The
/// model makes the table, unless a class of it is mapped to one of that name. SQLAlchemy:
/// `secondary=`.
[[nodiscard]] inline orm::SecondaryOption secondary(std::string table,
                                                    SecondaryOptions options = {}) {
    return {std::move(table), std::move(options)};
}

}  // namespace azoth::inline v0
