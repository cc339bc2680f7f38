// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/row_delivery.hpp>
#include <azoth/orm/row_values.hpp>
#include <azoth/sql/lowering.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace azoth::inline v0::orm {

/// INSERT of rows that the program gives: those that follow each other and say something about the
/// same columns are one batch (design rule R16). One thread, one statement.
class BulkInsert {
  public:
    /// \param statement what all rows have in common; \param sink null: nothing is returned
    BulkInsert(SessionCore& session, const sql::Statement& statement, const RowValues& rows,
               const ExecutionOptions& options, ObjectSink* sink);
    /// Throws ArgumentError, before any SQL, where rows don't fit the statement.
    /// \returns how many rows were written
    std::int64_t run();

  private:
    class Source;
    class Completed;

    void note_fixed();
    void check_rows();
    void derive_conflict_set();
    [[noreturn]] void throw_disagreement(std::size_t row, const AttributeSet& first) const;
    [[nodiscard]] AttributeSet named(std::size_t row) const;
    [[nodiscard]] std::size_t insert_batch(std::size_t row, const AttributeSet& set);
    void insert_one(std::size_t row, const AttributeSet& set);
    [[nodiscard]] ExtendedStatement statement_for(const AttributeSet& set) const;
    void insert_completed(Source& source, const AttributeSet& set);
    [[nodiscard]] bool knows_what_is_returned() const;
    [[nodiscard]] std::vector<const Attribute*> asked(const AttributeSet& set) const;

    SessionCore& session_;
    const sql::Statement& original_;
    const RowValues& rows_;
    const sql::Lowered lowered_;
    AttributeSet fixed_;                          // the statement's own, the same in all rows
    std::vector<const Attribute*> conflict_set_;  // of an upsert that leaves it to the rows
    std::optional<RowDelivery> delivery_;
    bool completes_ = false;  // returned objects have what the rows hold
    std::int64_t count_ = 0;
};

}  // namespace azoth::inline v0::orm
