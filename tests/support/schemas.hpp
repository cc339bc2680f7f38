// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/core.hpp>

#include <tests/support/databases.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::test {

/// Schemas of a test's own, empty, and dropped at its end: PostgreSQL's, databases of MariaDB's,
/// attached databases of SQLite's.
class Schemas {
  public:
    /// \param names as the test calls them, of any characters
    Schemas(const Database& database, std::vector<std::string> names);
    Schemas(const Schemas&) = delete;
    Schemas& operator=(const Schemas&) = delete;
    ~Schemas();

    /// An engine that knows them; with one connection only, because SQLite attaches databases to
    /// connections.
    [[nodiscard]] Engine make_engine(EngineOptions options = {}) const;
    /// What the database calls the schema.
    [[nodiscard]] std::string operator[](std::string_view name) const;

  private:
    [[nodiscard]] std::string quoted(std::string_view name) const;
    void for_each(std::string_view before, std::string_view behind) const;

    const Database& database_;
    const std::vector<std::string> names_;
    const std::string prefix_;
    const bool attaches_;
    const Engine engine_;
};

}  // namespace azoth::test
