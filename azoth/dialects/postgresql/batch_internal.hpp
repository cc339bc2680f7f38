// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/batch_unit_internal.hpp>
#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/preparation_internal.hpp>
#include <azoth/dialects/postgresql/result_plan_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace azoth::inline v0::postgresql {

/// One run of a statement over many parameter rows, in one flight. One thread at a time.
///
/// The rows travel in units: while the server works on one, the next is filled. The flight has a
/// single end, so that outside of a transaction the batch is one by itself.
class Batch {
  public:
    /// \param result  what the sink gets; where it is returned rows, `plan` must be known.
    /// \param sink  null: nothing is wanted.
    Batch(Connection& connection, Preparation& preparation, const ResultPlan& plan,
          const Codecs& codecs, bool arrays, driver::RowSource& source, driver::ManyResult result,
          driver::RowSink* sink);

    /// \returns the rows affected.
    std::int64_t run();

  private:
    struct ServerError {};  // thrown inside to leave the flight; outcome_ and failed_… say why

    [[nodiscard]] std::unique_ptr<BatchUnit> make_unit() const;
    void fill();
    [[noreturn]] void refuse(const RefusedParameter& refused) const;
    void fly();
    void take_off();
    void send_current();
    void receive(BatchUnit& unit);
    void deliver(const PGresult* result);
    void land();
    void abort(bool undo);
    /// Of the next row to be taken, counted from 0.
    [[nodiscard]] std::size_t row_number() const noexcept {
        return static_cast<std::size_t>(source_.first_row()) + rows_taken_;
    }
    [[nodiscard]] bool can_start_again();
    [[noreturn]] void fail();

    Connection& connection_;
    Preparation& preparation_;
    const ResultPlan& plan_;
    const Codecs& codecs_;
    driver::RowSource& source_;
    driver::RowSink* sink_;
    bool counts_;  // the sink gets the number of rows that each command affected
    bool arrays_;

    std::unique_ptr<BatchUnit> current_;  // being filled, then sent
    std::unique_ptr<BatchUnit> earlier_;  // sent before it; null while one is enough
    std::vector<ValueView> row_;          // the source's last row
    std::vector<ValueView> cells_;        // for the sink
    bool row_waits_ = false;              // row_ is still to be added to a unit
    bool source_ended_ = false;
    std::size_t rows_taken_ = 0;
    std::size_t rows_delivered_ = 0;

    Outcome outcome_;
    bool own_transaction_ = false;  // the flight is a transaction by itself
    bool parses_ = false;           // the statement is parsed in this flight
    bool synced_ = false;           // its end has been sent
    BatchUnit* failed_unit_ = nullptr;
    std::size_t failed_command_ = 0;
    std::int64_t affected_ = -1;
};

}  // namespace azoth::inline v0::postgresql
