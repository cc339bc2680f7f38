// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/dialects/sqlite/ddl.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/select.hpp>
#include <azoth/schema.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/schema/support.hpp>

#include <string>
#include <string_view>
#include <vector>

// What the tests of mappings share: looking at what a model made of them, its DDL in both
// databases' words, and the message that lists the mistakes.

namespace mapping_test {

using namespace azoth;  // NOLINT: tests read as programs of users do
using schema_test::message_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

template <class T>
const orm::Mapper& mapper_in(const Model& model) {
    return model.state().mapper(orm::class_id<T>(), type_name<T>());
}
template <class T, auto Member>
const orm::Attribute& attribute_in(const Model& model) {
    return *mapper_in<T>(model).attribute_at(orm::detail::offset_in<T, Member>());
}
template <class T, auto Member>
const orm::Relationship& relationship_in(const Model& model) {
    return *mapper_in<T>(model).relationship_at(orm::detail::offset_in<T, Member>());
}

/// "local=remote" for each pair, by columns.
inline std::vector<std::string> pairs_of(const orm::Relationship& relationship) {
    std::vector<std::string> all;
    for (const auto& pair : relationship.pairs)
        all.push_back(pair.local->column->name + "=" + pair.remote->column->name);
    return all;
}

/// What create_all would send to SQLite.
inline std::vector<std::string> sqlite_ddl(const Model& model) {
    const schema_test::PlainRenderer renderer;
    const sqlite::DDLCompiler compiler(renderer);
    schema_test::Notebook notebook(compiler);
    model.create_all(notebook);
    return notebook.statements;
}
/// What create_all would send to PostgreSQL.
inline std::vector<std::string> postgresql_ddl(const Model& model) {
    const schema_test::PlainRenderer renderer;
    const postgresql::DDLCompiler compiler(renderer);
    schema_test::Notebook notebook(compiler);
    model.create_all(notebook);
    return notebook.statements;
}

/// The message that lists what is wrong with the mappings of these classes.
template <class... Ts>
std::string mistakes() {
    return message_of<MappingError>([] { static_cast<void>(model<Ts...>("shop")); });
}

}  // namespace mapping_test
