// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapping_terms.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/schema/table.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

template <class T>
class Aliased;
struct RelationshipProperty;

/// A member that is mapped to a column. A plain value. SQLAlchemy: `ColumnProperty`.
struct ColumnProperty {
    std::string key;   ///< the member's name
    std::string name;  ///< the column's
    Expr<Any> column;
    Type type;
    bool nullable = false;
    bool primary_key = false;
    bool deferred = false;
    std::string group{};      ///< of a deferred member; may be empty
    bool version_id = false;  ///< counts the updates of a row
};

/// What a model knows of a mapped class. A counted handle to an immutable description; safe from
/// any thread. SQLAlchemy: `Mapper`.
///
///     for (const ColumnProperty& column : inspect<User>(shop).column_attrs()) …
///
/// Members are found by themselves or by their names: `mapper.column_attr<&User::name>()`,
/// `mapper.column_attr("name")`.
class AZOTH_EXPORT Mapper {
  public:
    /// Use inspect<T>().
    Mapper(const orm::ModelState& model, orm::ClassId id, std::string_view class_name);
    explicit Mapper(const orm::Mapper& mapper);

    /// The class, as the compiler spells it. SQLAlchemy: `Mapper.class_`.
    [[nodiscard]] const std::string& class_name() const noexcept;
    /// Its table. Throws NoSuchTableError where that was removed from the model's MetaData.
    [[nodiscard]] Table local_table() const;
    /// The columns of the identity, in the order in which they were mapped.
    [[nodiscard]] std::vector<Expr<Any>> primary_key() const;
    /// The names of all mapped members: those with columns, those that expressions fill, and
    /// relationships, each in the order in which they were mapped. SQLAlchemy:
    /// `Mapper.attrs.keys()`.
    [[nodiscard]] std::vector<std::string> keys() const;
    /// SQLAlchemy: `Mapper.has_property`.
    [[nodiscard]] bool has_property(std::string_view key) const noexcept;

    /// The members with columns.
    [[nodiscard]] std::vector<ColumnProperty> column_attrs() const;
    /// One of them. Throws ArgumentError where there is none of this name. SQLAlchemy:
    /// `Mapper.get_property`.
    [[nodiscard]] ColumnProperty column_attr(std::string_view key) const;
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] ColumnProperty column_attr() const {
        return column_attr(orm::detail::member_id<Path...>());
    }
    /// The relationships.
    [[nodiscard]] std::vector<RelationshipProperty> relationships() const;
    /// One of them. Throws ArgumentError where there is none of this name.
    [[nodiscard]] RelationshipProperty relationship(std::string_view key) const;
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] RelationshipProperty relationship() const;

    /// The same class in the same model?
    [[nodiscard]] friend bool operator==(const Mapper& a, const Mapper& b) noexcept {
        return a.mapper_ == b.mapper_;
    }

  private:
    [[nodiscard]] ColumnProperty column_attr(const orm::MemberId& member) const;
    [[nodiscard]] RelationshipProperty relationship(const orm::MemberId& member) const;

    Ref<const Counted> model_;  // to which the mapper belongs
    const orm::Mapper* mapper_;
};

/// A member that leads to other objects. A plain value. SQLAlchemy: `RelationshipProperty`.
struct RelationshipProperty {
    std::string key;               ///< the member's name
    Mapper mapper;                 ///< of the class that it leads to
    bool uselist = false;          ///< to any number of them
    std::string back_populates{};  ///< the member that sees it from there; empty: none
    orm::Direction direction{};
    orm::Loading lazy{};  ///< as the mapping says, without options of a statement
    orm::Cascade cascade{};
    bool viewonly = false;
    std::optional<Table> secondary{};  ///< the table between, of many to many
    /// Equal columns: of this class and of the other, or of a class and of the table between.
    std::vector<std::pair<Expr<Any>, Expr<Any>>> local_remote_pairs{};
};

template <auto... Path>
    requires(sizeof...(Path) > 0)
RelationshipProperty Mapper::relationship() const {
    return relationship(orm::detail::member_id<Path...>());
}

/// What an alias of a class stands for. A plain value. SQLAlchemy: `AliasedInsp`.
struct AliasedInsp {
    Mapper mapper;
    std::string name;       ///< empty: the compiler will give it one
    FromClause selectable;  ///< the alias as what stands in FROM
};

namespace orm {
[[nodiscard]] AZOTH_EXPORT AliasedInsp inspect_alias(azoth::Mapper&& mapper,
                                                     const FromClause& alias);
}

/// Looks at a mapped class: `inspect<User>(shop).local_table()`. A class may be mapped in several
/// models, so that the model is said. Throws ArgumentError where the class is not of it.
/// SQLAlchemy: `inspect(User)`.
template <class T>
[[nodiscard]] azoth::Mapper inspect(const Model& model) {
    return {model.state(), orm::class_id<T>(), type_name<T>()};
}

/// Looks at an alias of a mapped class: `inspect(aliased<User>("boss"), shop).mapper`. Throws
/// ArgumentError where the class is not of the model. SQLAlchemy: `inspect(aliased(User))`.
template <class T>
[[nodiscard]] AliasedInsp inspect(const Aliased<T>& alias, const Model& model) {
    return orm::inspect_alias(inspect<std::remove_cv_t<T>>(model),
                              static_cast<const FromClause&>(alias));
}

/// Statements, what can stand in FROM, columns and other expressions are themselves what there is
/// to know of them. SQLAlchemy: `inspect(selectable)`.
template <class S>
    requires(std::derived_from<S, FromClause> || std::derived_from<S, sql::Statement> ||
             detail::is_expression<S>)
[[nodiscard]] S inspect(const S& selectable) {
    return selectable;
}

}  // namespace azoth::inline v0
