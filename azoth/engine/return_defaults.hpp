// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection.hpp>
#include <azoth/engine/mapping.hpp>
#include <azoth/sql/dml.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace azoth::inline v0 {

namespace engine {
struct DefaultsPlan;
}

class ReturnDefaults;

/// What an INSERT or UPDATE did, as `conn.execute(return_defaults(…))` gives it: a plain value,
/// which needs the connection no more. SQLAlchemy: what `CursorResult` knows of such a statement.
class AZOTH_EXPORT DMLResult {
  public:
    /// Runs the statement, a ReturnDefaults.
    explicit DMLResult(const engine::Execution& execution);
    DMLResult(const DMLResult& other);
    DMLResult(DMLResult&& other) noexcept;
    DMLResult& operator=(const DMLResult& other);
    DMLResult& operator=(DMLResult&& other) noexcept;
    ~DMLResult();

    /// Else it was an UPDATE.
    [[nodiscard]] bool is_insert() const noexcept;
    /// Rows inserted, or matched by the UPDATE; of an upsert those that it wrote, as far as the
    /// database tells. -1 where unknown.
    [[nodiscard]] std::int64_t rowcount() const noexcept { return rowcount_; }

    /// The primary key of the one row that was inserted, whoever gave it, by the names of its
    /// columns in their order. Throws InvalidRequestError after an UPDATE, and where not one row
    /// was inserted.
    [[nodiscard]] const Row<>& inserted_primary_key() const;
    /// The same of all rows, in their order. Throws InvalidRequestError after an UPDATE.
    [[nodiscard]] const std::vector<Row<>>& inserted_primary_key_rows() const;

    /// What the database made of the one row that was written: generated keys, server defaults, and
    /// columns that were assigned an expression. Nothing where it made nothing, or can't return it
    /// (see postfetch_cols()). Throws InvalidRequestError where several rows were written.
    [[nodiscard]] std::optional<Row<>> returned_defaults() const;
    /// The same of all rows, in the order of those inserted.
    [[nodiscard]] const std::vector<Row<>>& returned_defaults_rows() const noexcept {
        return defaults_;
    }
    /// The columns whose values the database made and could not return: a SELECT tells them.
    [[nodiscard]] const std::vector<std::string>& postfetch_cols() const noexcept {
        return postfetch_;
    }

    /// The values that the program gave the columns of one row, by their names; expressions are
    /// none. Throws InvalidRequestError after an UPDATE, and after an INSERT of several rows.
    [[nodiscard]] const RowMapping& last_inserted_params() const;
    /// The same of what an UPDATE set. Throws InvalidRequestError after an INSERT.
    [[nodiscard]] const RowMapping& last_updated_params() const;

  private:
    friend class ReturnDefaults;
    class Collector;

    /// Runs it for a range of rows.
    DMLResult(Connection& connection, const ReturnDefaults& statement, driver::RowSource& rows,
              std::size_t columns, const InsertManyOptions* options);
    void take(const ValueView* cells);
    void note_parameters(const sql::Statement& statement,
                         const std::vector<NamedArgument>* parameters);
    [[nodiscard]] bool can_return(const Connection& connection) const;

    std::shared_ptr<const engine::DefaultsPlan> plan_;
    std::int64_t rowcount_ = -1;
    std::vector<Row<>> keys_;
    std::vector<Row<>> defaults_;
    std::vector<std::string> postfetch_;
    std::optional<RowMapping> parameters_;
};

/// An INSERT or UPDATE of which all is to be known, made by return_defaults(); threads as Insert.
class AZOTH_EXPORT ReturnDefaults : public sql::Statement {
  public:
    /// Throws ArgumentError for a statement that has returning(…) already.
    explicit ReturnDefaults(const sql::Statement& dml);
    ReturnDefaults(const ReturnDefaults& other);
    ReturnDefaults(ReturnDefaults&& other) noexcept;
    ReturnDefaults& operator=(const ReturnDefaults& other);
    ReturnDefaults& operator=(ReturnDefaults&& other) noexcept;
    ~ReturnDefaults();

    /// What execute() gives; never defined.
    friend std::type_identity<DMLResult> result_of(const ReturnDefaults&);

  protected:
    [[nodiscard]] DMLResult run_range(Connection& connection, driver::RowSource& rows,
                                      std::size_t columns, const InsertManyOptions* options) const;

  private:
    friend class DMLResult;
    sql::Statement plain_;  // without RETURNING
    std::shared_ptr<const engine::DefaultsPlan> plan_;
};

/// The same of an INSERT whose rows come as a range.
template <class... Cs>
class ReturnDefaultsMany<std::tuple<Cs...>> : public ReturnDefaults {
  public:
    using ReturnDefaults::ReturnDefaults;
    /// What Connection::execute() calls.
    [[nodiscard]] DMLResult run(Connection& connection, driver::RowSource& rows,
                                const InsertManyOptions* options) const {
        return run_range(connection, rows, sizeof...(Cs), options);
    }
};

/// The INSERT with the question what it did; the database returns it along with the statement, as
/// far as it can: `conn.execute(return_defaults(insert(users).values(…))).returned_defaults()`.
/// Throws ArgumentError for a statement that has returning(…) already.
///
/// SQLAlchemy: `Insert.return_defaults`.
[[nodiscard]] AZOTH_EXPORT ReturnDefaults return_defaults(const Insert<>& statement);
/// The same of an UPDATE. SQLAlchemy: `Update.return_defaults`.
[[nodiscard]] AZOTH_EXPORT ReturnDefaults return_defaults(const Update<>& statement);
/// The same of an INSERT of a range, whose rows are given to execute() as usual.
template <class... Cs>
[[nodiscard]] auto return_defaults(const InsertMany<std::tuple<Cs...>>& statement) {
    return ReturnDefaultsMany<std::tuple<Cs...>>(static_cast<const sql::Statement&>(statement));
}
/// For all that it is not for.
template <class S>
void return_defaults(const S&) {
    static_assert(
        sizeof(S) == 0,
        "return_defaults() takes an insert(…) or update(…) without returning(…), which says "
        "itself what comes back");
}

}  // namespace azoth::inline v0
