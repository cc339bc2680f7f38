// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/error.hpp>
#include <azoth/schema/ddl_compiler.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/schema/target.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/render.hpp>

#include <tests/support/message_of.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the tests of tables and their DDL share: a renderer of plain SQL, a database that only
// writes down what it is told, and the messages of exceptions.

namespace schema_test {

using azoth::test::message_of;
/// A compiler of standard SQL, to render the expressions inside DDL.
class PlainCompiler final : public azoth::sql::Compiler {
  public:
    using azoth::sql::Compiler::Compiler;

  protected:
    [[nodiscard]] std::string cast_type(const azoth::Type&) const override { return "TEXT"; }
};

class PlainRenderer final : public azoth::sql::ExpressionRenderer {
  public:
    explicit PlainRenderer(bool native_boolean = true) {
        capabilities_.native_boolean = native_boolean;
    }
    [[nodiscard]] std::string render_inline(const azoth::sql::Expression& expression,
                                            bool qualify) const override {
        return PlainCompiler(capabilities_).inline_expression(expression, qualify);
    }
    [[nodiscard]] std::string render_literal(const azoth::ValueView& value,
                                             const azoth::Type& type) const override {
        return PlainCompiler(capabilities_).literal(value, type);
    }

  private:
    azoth::sql::Capabilities capabilities_;
};

/// A database that has the tables and types it is said to have, and keeps the statements it is
/// given.
class Notebook final : public azoth::schema::Target {
  public:
    explicit Notebook(const azoth::schema::DDLCompiler& compiler) : compiler_(compiler) {}

    [[nodiscard]] const azoth::schema::DDLCompiler& ddl() const override { return compiler_; }
    [[nodiscard]] std::string_view dialect() const override { return own_name; }
    void run(const std::string& sql) override { statements.push_back(sql); }
    [[nodiscard]] bool has_table(std::string_view schema, std::string_view name) override {
        return tables.contains({std::string(schema), std::string(name)});
    }
    [[nodiscard]] bool has_type(std::string_view schema, std::string_view name) override {
        return types.contains({std::string(schema), std::string(name)});
    }
    /// So that this is an Engine to create_all and drop_all.
    void run_ddl(const std::function<void(azoth::schema::Target&)>& work) { work(*this); }

    /// The first words of each statement, as many as say what it is about.
    [[nodiscard]] std::vector<std::string> heads() const {
        std::vector<std::string> all;
        all.reserve(statements.size());
        for (const std::string& sql : statements) all.push_back(sql.substr(0, sql.find(" (")));
        return all;
    }

    std::string own_name = "notebook";
    std::vector<std::string> statements;
    std::set<std::pair<std::string, std::string>> tables;
    std::set<std::pair<std::string, std::string>> types;

  private:
    const azoth::schema::DDLCompiler& compiler_;
};

}  // namespace schema_test
