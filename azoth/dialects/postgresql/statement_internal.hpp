// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/binding_internal.hpp>
#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/cursor_internal.hpp>
#include <azoth/dialects/postgresql/preparation_internal.hpp>
#include <azoth/dialects/postgresql/result_plan_internal.hpp>
#include <azoth/dialects/postgresql/statement_form_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace azoth::inline v0::postgresql {

/// A statement of a PostgreSQL connection, and the rows of its last execution. One thread at a
/// time.
class Statement final : public driver::Statement {
  public:
    Statement(Connection& connection, const driver::StatementRequest& request);

    void execute(std::span<const ValueView> parameters) override;
    void execute_streaming(std::span<const ValueView> parameters,
                           const driver::RowWindow& window) override;
    std::int64_t execute_many(driver::RowSource& rows, driver::ManyResult result,
                              driver::RowSink* sink) override;
    bool fetch(ValueView* cells) override { return cursor_.fetch(cells); }
    void reset() noexcept override { cursor_.close(); }
    [[nodiscard]] std::span<const driver::ColumnInfo> columns() const override;
    [[nodiscard]] std::int64_t rows_affected() const override;
    [[nodiscard]] bool is_valid() const noexcept override { return preparation_.is_valid(); }

  private:
    void bind(std::span<const ValueView> parameters);
    [[nodiscard]] Outcome fly();
    [[nodiscard]] bool rows_may_arrive() const;
    [[nodiscard]] bool can_have_cursor();
    void accept(Outcome outcome);
    void accept_first_row(Outcome outcome);
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
    std::unique_ptr<ServerCursor> server_cursor_;  // once it is asked for
    Cursor cursor_;
    ResultPtr first_row_;  // of a flight that goes on
    StatementForm form_;
    std::optional<bool> takes_cursor_;  // once it is asked
    std::int64_t rows_affected_ = -1;
    bool arrived_ = false;  // the rows of the last execution came one by one
};

}  // namespace azoth::inline v0::postgresql
