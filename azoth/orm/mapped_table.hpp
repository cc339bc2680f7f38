// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/column.hpp>
#include <azoth/sql/from_clause.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0 {

namespace orm {

class Mapper;
class ModelState;

/// The untyped part of MappedTable.
class AZOTH_EXPORT MappedTableCore : public FromClause {
  protected:
    /// Throws ArgumentError where the class is not of the model.
    MappedTableCore(const ModelState& model, ClassId id, std::string_view class_name);
    MappedTableCore(const MappedTableCore& original, std::string alias_name);

    /// Throws ArgumentError where the member is not mapped.
    [[nodiscard]] sql::Expression member(const MemberId& member) const;

  private:
    Ref<const Counted> model_;  // to which the mapper belongs
    const Mapper* mapper_;
};

}  // namespace orm

/// The table of class T in one model, with its columns by member: for the Core and for connections
/// that know no model. A counted handle, safe to copy in any thread. SQLAlchemy: `User.__table__`.
///
///     const auto users = shop.entity<User>();
///     conn.execute(select(users.col<&User::name>()).where(users.col<&User::id>() == 7))
template <class T>
class MappedTable : public orm::MappedTableCore {
  public:
    /// Use Model::entity<T>().
    explicit MappedTable(const orm::ModelState& model)
        : MappedTableCore(model, orm::class_id<T>(), type_name<T>()) {}

    /// The column of a member. Throws ArgumentError where it is not mapped.
    template <auto... Path>
    [[nodiscard]] auto col() const {
        using P = orm::detail::MemberPath<Path...>;
        using M = typename P::member_type;
        static_assert(std::is_same_v<typename P::class_type, T>,
                      "this member belongs to another class than the table; name an inherited one "
                      "with the class before it: col<of<Manager>, &Manager::id>()");
        orm::detail::require_column<M>();
        if constexpr (orm::detail::is_column<M>)
            return Expr<orm::detail::member_value_t<M>>(member(orm::detail::member_id<Path...>()));
    }
    /// The table under another name. \param name empty: the compiler gives it one
    [[nodiscard]] MappedTable alias(std::string name = {}) const {
        return MappedTable(*this, std::move(name));
    }

  private:
    MappedTable(const MappedTable& original, std::string name)
        : MappedTableCore(original, std::move(name)) {}
};

}  // namespace azoth::inline v0
