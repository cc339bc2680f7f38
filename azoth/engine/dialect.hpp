// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/pool/options.hpp>
#include <azoth/sql/capabilities.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {

namespace sql {
class Compiler;
enum class Schemas : std::uint8_t;
}  // namespace sql
namespace schema {
class DDLCompiler;
}

/// The pool classes that create_engine can choose. SQLAlchemy: `poolclass`.
enum class PoolClass : std::uint8_t {
    automatic,  ///< what suits the database: QueuePool, for SQLite in memory SingletonThreadPool
    queue,
    null,
    static_,
    singleton_thread,
    assertion,
};

/// Everything that Azoth knows of one database: its compiler, its types, its driver. Stateless,
/// hence safe from any thread; one object a dialect, registered by including `<azoth/DIALECT.hpp>`.
/// SQLAlchemy: `Dialect`.
class AZOTH_EXPORT Dialect {
  public:
    virtual ~Dialect();
    /// The name that URLs begin with: "postgresql".
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
    [[nodiscard]] virtual const sql::Capabilities& capabilities() const noexcept = 0;
    /// A compiler for one statement.
    [[nodiscard]] virtual std::unique_ptr<sql::Compiler> make_compiler() const = 0;
    /// \param schemas open: it leaves places for them (sql/schema_places.hpp)
    [[nodiscard]] virtual const schema::DDLCompiler& ddl(sql::Schemas schemas) const = 0;
    /// Reads the URL once and returns what opens connections. Throws ArgumentError for options that
    /// the dialect does not have.
    [[nodiscard]] virtual PoolCreator creator(const URL& url) const = 0;
    [[nodiscard]] virtual PoolClass default_pool(const URL& url) const = 0;
    /// True where DDL takes part in transactions.
    [[nodiscard]] virtual bool transactional_ddl() const noexcept = 0;
    /// A SELECT that gives a row where the table exists; `:schema` and `:name` are its parameters,
    /// of which an empty schema means the default one.
    [[nodiscard]] virtual std::string_view has_table_query() const noexcept = 0;
    /// As has_table_query for a type made by CREATE TYPE; empty where there are none.
    [[nodiscard]] virtual std::string_view has_type_query() const noexcept = 0;
    /// The isolation levels that BeginOptions may name.
    [[nodiscard]] virtual std::vector<std::string_view> isolation_levels() const = 0;
    /// A SELECT of one text: the isolation level of transactions that name none, as
    /// isolation_levels() spells it. \param server_version as driver::Connection tells it
    [[nodiscard]] virtual std::string_view isolation_level_query(
        int server_version) const noexcept = 0;
    /// True where transactions may be read-only and deferrable (BeginOptions).
    [[nodiscard]] virtual bool has_transaction_modes() const noexcept = 0;
    /// How many bytes the name of a transaction to be prepared may have; 0: there is no two-phase
    /// commit.
    [[nodiscard]] virtual std::size_t longest_xid() const noexcept = 0;
    /// True where a cursor of the server's (`stream_results`) costs no more than rows that arrive
    /// as they are read: then sessions read their windows by one. False where nothing is said.
    [[nodiscard]] virtual bool has_cheap_cursors() const noexcept;
};

/// Makes a dialect known under its name; called by the registrars in the dialects' headers. Safe
/// from any thread. \returns true, so that it can initialise a variable. SQLAlchemy:
/// `sqlalchemy.dialects.registry.register`.
AZOTH_EXPORT bool register_dialect(const Dialect& dialect);

/// The dialect of this name. Throws NoSuchModuleError that names the header to include.
[[nodiscard]] AZOTH_EXPORT const Dialect& find_dialect(std::string_view name);

}  // namespace azoth::inline v0
