// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/sql/text.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {

class Table;

namespace event {
struct SchemaChange;
}
namespace schema {
class DDLText;
class Target;
}  // namespace schema

/// What the `%(name)s` of a DDL stand for, beside `table`, `schema` and `fullname`. A plain value.
struct DDLContext {
    Parameters values{};                         ///< written as literals
    std::map<std::string, std::string> names{};  ///< written as quoted identifiers
};

/// When a DDL that listens is executed. A plain value; SQLAlchemy's arguments of `execute_if`.
struct DDLCondition {
    std::vector<std::string> dialect{};  ///< the names of databases; none: all
    /// Decides, where it is given; called by whoever creates or drops.
    std::function<bool(const event::SchemaChange&)> callable_{};
};

/// DDL written by hand, for what Azoth has no class for: triggers, functions, grants. An immutable
/// value, safe from any thread as far as its condition is.
///
///     event::listen(users, event::after_create,
///                   DDL("CREATE INDEX by_age ON %(fullname)s USING brin (age)")
///                       .execute_if({.dialect = {"postgresql"}}));
///     conn.execute(DDL("ALTER TABLE %(fullname)s ENABLE ROW LEVEL SECURITY").against(users));
///
/// `%(table)s`, `%(schema)s` and `%(fullname)s` are the table's name, its schema's (nothing, where
/// it has none) and both, each quoted as the database does it and after the schema_translate_map;
/// other names are the context's; `%%` is a percent sign. Within quotes and comments, those of a
/// function's body included, a name that could end these is refused (CompileError), so that no name
/// becomes SQL. All else goes to the database as it is: never build it from values.
///
/// SQLAlchemy: `DDL`; its context is text that is put in as it stands.
class AZOTH_EXPORT DDL {
  public:
    /// Throws ArgumentError for a `%` that is neither `%(name)s` nor `%%`, for a NUL character, and
    /// for a name of the context that is there twice, or is `table`, `schema` or `fullname`.
    explicit DDL(std::string_view statement, DDLContext context = {});

    /// The same, which as a listener is executed only then; `conn.execute()` asks no condition.
    /// SQLAlchemy: `ExecutableDDLElement.execute_if`.
    [[nodiscard]] DDL execute_if(DDLCondition condition) const;
    /// The same, about this table, where else it is about the one that an event tells of.
    /// SQLAlchemy: `ExecutableDDLElement.against`.
    [[nodiscard]] DDL against(const Table& table) const;

    /// The text as it was given.
    [[nodiscard]] const std::string& statement() const noexcept;

    /// Listens to the events of tables and their MetaData: executes it, if its condition holds.
    void operator()(const event::SchemaChange& change) const;
    /// Executes it: what `conn.execute(ddl)` calls. Throws CompileError where a name stands for
    /// nothing. \param table which it is about unless against() said one; may be null
    void execute_in(schema::Target& target, const Table* table = nullptr) const;

  private:
    struct Content;
    [[nodiscard]] bool applies(const event::SchemaChange& change) const;
    struct TableName;
    [[nodiscard]] std::string written(schema::Target& target, const TableName* table,
                                      const std::string& name) const;

    std::shared_ptr<const Content> content_;
};

}  // namespace azoth::inline v0
