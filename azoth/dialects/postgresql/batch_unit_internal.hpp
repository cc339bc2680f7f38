// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/binding_internal.hpp>
#include <azoth/dialects/postgresql/flight_internal.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::postgresql {

/// Some rows of a batch in wire form. One thread at a time; its memory is used again.
class BatchUnit {
  public:
    explicit BatchUnit(const Codecs& codecs) : codecs_(codecs) {}
    BatchUnit(const BatchUnit&) = delete;
    BatchUnit& operator=(const BatchUnit&) = delete;
    virtual ~BatchUnit();

    /// Forgets all rows; the next one will be number `first_row` of the batch, counted from 0.
    virtual void restart(std::size_t first_row) = 0;
    [[nodiscard]] virtual bool is_full() const noexcept = 0;
    [[nodiscard]] virtual RefusedParameter add(std::span<const ValueView> row) = 0;
    /// Adds the unit's commands to a flight; may be called again.
    virtual void send(Flight& flight, const char* name) = 0;
    [[nodiscard]] virtual std::size_t command_count() const noexcept = 0;
    /// Says which rows a command was for, as the beginning of a message.
    [[nodiscard]] virtual std::string describe(std::size_t command) const = 0;
    /// The parameters of a command for a message; empty where they are too many to be shown.
    [[nodiscard]] virtual std::vector<ValueView> parameters_of(std::size_t command) = 0;

    [[nodiscard]] std::size_t row_count() const noexcept { return row_count_; }

  protected:
    const Codecs& codecs_;
    std::size_t first_row_ = 0;
    std::size_t row_count_ = 0;
};

/// One command a row.
[[nodiscard]] std::unique_ptr<BatchUnit> make_row_unit(const Codecs& codecs);
/// One command for all rows, with an array for each parameter.
[[nodiscard]] std::unique_ptr<BatchUnit> make_array_unit(const Codecs& codecs);

}  // namespace azoth::inline v0::postgresql
