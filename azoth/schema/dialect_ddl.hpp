// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/ddl_compiler.hpp>
#include <azoth/sql/dialect_renderer.hpp>

namespace azoth::inline v0::schema {

/// The DDL compilers of a dialect: one a kind of schemas, each for the whole process.
/// \tparam D the dialect's DDLCompiler \tparam C its statement compiler
template <class D, class C>
[[nodiscard]] const DDLCompiler& dialect_ddl(sql::Schemas schemas) {
    static const sql::DialectRenderer<C> named_renderer(sql::Schemas::named);
    static const sql::DialectRenderer<C> open_renderer(sql::Schemas::open);
    static const D named(named_renderer, sql::Schemas::named);
    static const D open(open_renderer, sql::Schemas::open);
    return schemas == sql::Schemas::open ? open : named;
}

}  // namespace azoth::inline v0::schema
