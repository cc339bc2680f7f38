// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/connection_internal.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::postgresql {

/// A statement's text and what the server keeps of it. One thread at a time.
///
/// It is parsed in the flight of its first execution, and again when what the server keeps is out
/// of date. Without a name the server keeps it until the next statement without one.
class Preparation {
  public:
    Preparation(Connection& connection, std::string_view sql, const std::vector<Oid>& types,
                bool named);
    Preparation(const Preparation&) = delete;
    Preparation& operator=(const Preparation&) = delete;
    ~Preparation() { forget(); }

    [[nodiscard]] const std::string& sql() const noexcept { return sql_; }
    [[nodiscard]] const std::vector<Oid>& types() const noexcept { return types_; }
    [[nodiscard]] bool is_named() const noexcept { return named_; }
    [[nodiscard]] const char* name() const noexcept { return name_.c_str(); }

    /// True where the next flight must parse it.
    [[nodiscard]] bool needs_parse() const noexcept;
    /// Adds the parsing to the connection's flight.
    void parse(Step step = Step::parse);
    /// After a flight in which parsing succeeded.
    void set_parsed() noexcept;
    /// Has it parsed anew next time.
    void forget() noexcept;
    /// The same, after the server said that it can't run it.
    void expire() noexcept;
    /// False where the server has forgotten it, or refused to run it, since it was parsed.
    [[nodiscard]] bool is_valid() const noexcept;

  private:
    [[nodiscard]] bool is_remembered() const noexcept {
        return parsed_ && statement_era_ == connection_.statement_era();
    }

    Connection& connection_;
    std::string sql_;
    const std::vector<Oid>& types_;
    std::string name_;
    bool named_;
    bool parsed_ = false;
    bool expired_ = false;
    std::uint32_t statement_era_ = 0;  // of the connection, when it was parsed
    std::uint32_t schema_era_ = 0;
};

}  // namespace azoth::inline v0::postgresql
