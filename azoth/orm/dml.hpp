// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/select.hpp>
#include <azoth/sql/dml.hpp>

/// INSERT, UPDATE and DELETE that name mapped classes: those of the Core, with `col<…>` in place of
/// columns. A Session executes them and keeps its objects in step; a Connection does that knows the
/// model (`engine.connect(model)`).
namespace azoth::inline v0 {

/// INSERT INTO the table of class T: `insert<User>().values(col<&User::name> = "sandy")`, or for
/// objects: `session.execute(insert<User>(), users)`. SQLAlchemy: `insert(User)`.
template <class T>
[[nodiscard]] Insert<> insert() {
    return Insert<>(entity<T>);
}
/// UPDATE of the rows of class T: `update<User>().where(…).values(col<&User::active> = false)`, or
/// of rows by their keys: `session.execute(update<User>(), users)`. SQLAlchemy: `update(User)`.
template <class T>
[[nodiscard]] Update<> update() {
    return Update<>(entity<T>);
}
/// DELETE of rows of class T. SQLAlchemy: `delete(User)`.
template <class T>
[[nodiscard]] Delete<> delete_() {
    return Delete<>(entity<T>);
}

}  // namespace azoth::inline v0
