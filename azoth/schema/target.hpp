// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <string>
#include <string_view>

namespace azoth::inline v0 {
class Connection;
}

namespace azoth::inline v0::schema {

class DDLCompiler;

/// Where DDL runs: one connection with a transaction open, where the database's DDL takes part in
/// transactions. One thread at a time.
class AZOTH_EXPORT Target {
  public:
    virtual ~Target();
    /// The dialect's DDL compiler; it lives as long as this.
    [[nodiscard]] virtual const DDLCompiler& ddl() const = 0;
    /// The name of the database: "postgresql".
    [[nodiscard]] virtual std::string_view dialect() const = 0;
    /// Null where DDL is only written.
    [[nodiscard]] virtual Connection* connection() noexcept { return nullptr; }
    /// Where the tables are that name this schema. Valid as long as this and `schema`.
    [[nodiscard]] virtual std::string_view translate(std::string_view schema) const {
        return schema;
    }
    /// Runs one statement that has no parameters and no rows.
    virtual void run(const std::string& sql) = 0;
    /// \param schema empty: the connection's default
    [[nodiscard]] virtual bool has_table(std::string_view schema, std::string_view name) = 0;
    /// A type that CREATE TYPE made; asked only where the compiler has native enumerations.
    [[nodiscard]] virtual bool has_type(std::string_view schema, std::string_view name) = 0;
};

}  // namespace azoth::inline v0::schema
