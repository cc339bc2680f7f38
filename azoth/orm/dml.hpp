// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/select.hpp>
#include <azoth/sql/dml.hpp>

/// INSERT, UPDATE and DELETE that name mapped classes: those of the Core, with `col<…>` in place of
/// columns. A Session executes them and keeps its objects in step; a Connection does that knows the
/// model (`engine.connect(model)`).
namespace azoth::inline v0 {

namespace orm::detail {

template <class T>
inline constexpr bool is_mapped = MappedInside<T> || MappedOutside<T>;

/// The class itself as the target of a statement.
template <class T>
[[nodiscard]] const FromClause& written_class() {
    static_assert(is_mapped<T>,
                  "insert<T>(), update<T>() and delete_<T>() take a mapped class: give it a static "
                  "void map(azoth::Mapping<T>& m), or declare azoth::Mapped<T> before");
    if constexpr (is_mapped<T>) return entity<T>;
}

}  // namespace orm::detail

/// INSERT INTO the table of class T: `insert<User>().values(col<&User::name> = "sandy")`, or for
/// objects: `session.execute(insert<User>(), users)`. SQLAlchemy: `insert(User)`.
template <class T>
[[nodiscard]] Insert<> insert() {
    return Insert<>(orm::detail::written_class<T>());
}
/// UPDATE of the rows of class T: `update<User>().where(…).values(col<&User::active> = false)`, or
/// of rows by their keys: `session.execute(update<User>(), users)`. SQLAlchemy: `update(User)`.
template <class T>
[[nodiscard]] Update<> update() {
    return Update<>(orm::detail::written_class<T>());
}
/// DELETE of rows of class T. SQLAlchemy: `delete(User)`.
template <class T>
[[nodiscard]] Delete<> delete_() {
    return Delete<>(orm::detail::written_class<T>());
}

}  // namespace azoth::inline v0
