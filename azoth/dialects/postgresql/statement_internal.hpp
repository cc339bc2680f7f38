// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/binding_internal.hpp>
#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/preparation_internal.hpp>
#include <azoth/dialects/postgresql/result_plan_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace azoth::inline v0::postgresql {

/// A statement of a PostgreSQL connection, with the whole result of its last execution. One thread
/// at a time.
class Statement final : public driver::Statement {
  public:
    Statement(Connection& connection, const driver::StatementRequest& request);

    void execute(std::span<const ValueView> parameters) override;
    std::int64_t execute_many(driver::RowSource& rows, driver::ManyResult result,
                              driver::RowSink* sink) override;
    bool fetch(ValueView* cells) override;
    void reset() noexcept override;
    [[nodiscard]] std::span<const driver::ColumnInfo> columns() const override;
    [[nodiscard]] std::int64_t rows_affected() const override { return rows_affected_; }
    [[nodiscard]] bool is_valid() const noexcept override { return preparation_.is_valid(); }

  private:
    void bind(std::span<const ValueView> parameters);
    [[nodiscard]] Outcome fly();
    void accept(ResultPtr result);
    void describe();
    [[nodiscard]] Outcome ask();
    [[noreturn]] void fail(const Outcome& outcome, std::span<const ValueView> parameters);

    Connection& connection_;
    Codecs codecs_;
    std::vector<Oid> types_;
    bool arrays_;
    Preparation preparation_;
    Binding binding_;
    ResultPlan plan_;
    ResultPtr result_;
    int row_ = 0;
    int row_count_ = 0;
    std::int64_t rows_affected_ = -1;
};

/// The rows that a command says it inserted, updated or deleted; -1 for other commands.
[[nodiscard]] std::int64_t affected_rows(PGresult* result) noexcept;

}  // namespace azoth::inline v0::postgresql
