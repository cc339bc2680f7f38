// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/row_effects.hpp>
#include <azoth/orm/row_values.hpp>

#include <cstdint>

namespace azoth::inline v0::orm {

/// UPDATE of rows by their keys: those that follow each other and set the same columns are one
/// batch, and each must find its row. Objects of the session follow. One thread, one statement.
class BulkUpdate {
  public:
    BulkUpdate(SessionCore& session, const sql::Statement& statement, const RowValues& rows)
        : session_(session), original_(statement), rows_(rows) {}
    /// Throws InvalidRequestError where the statement says more than the class, ArgumentError where
    /// a row has no key (both before any SQL), StaleDataError where there is no row of a key.
    /// \returns how many rows were written
    std::int64_t run();

  private:
    class Source;

    void check_statement() const;
    void check_keys() const;
    [[nodiscard]] bool counts_version(std::size_t row) const;
    [[nodiscard]] std::size_t update_batch(std::size_t row, const AttributeSet& set);
    void update_one(std::size_t row, const AttributeSet& set);
    void follow(std::size_t row, const AttributeSet& set, RowEffects& effects);
    [[noreturn]] void throw_stale(std::size_t row, std::int64_t found) const;

    SessionCore& session_;
    const sql::Statement& original_;
    const RowValues& rows_;
    std::int64_t count_ = 0;
};

}  // namespace azoth::inline v0::orm
