// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection.hpp>
#include <azoth/schema/target.hpp>

namespace azoth::inline v0::engine {

/// Runs DDL on a connection. One thread at a time, that of the connection.
class SchemaTarget final : public schema::Target {
  public:
    /// \param schemas stand for those that tables name
    SchemaTarget(Connection& connection, SchemaTranslateMap schemas)
        : connection_(connection), schemas_(std::move(schemas)) {}

    [[nodiscard]] const schema::DDLCompiler& ddl() const override;
    [[nodiscard]] std::string_view dialect() const override;
    [[nodiscard]] Connection* connection() noexcept override { return &connection_; }
    [[nodiscard]] std::string_view translate(std::string_view schema) const override {
        return schemas_.translate(schema);
    }
    void run(const std::string& sql) override;
    [[nodiscard]] bool has_table(std::string_view schema, std::string_view name) override;
    [[nodiscard]] bool has_type(std::string_view schema, std::string_view name) override;

  private:
    [[nodiscard]] bool has(std::string_view query, std::string_view schema, std::string_view name);

    Connection& connection_;
    const SchemaTranslateMap schemas_;
};

}  // namespace azoth::inline v0::engine
