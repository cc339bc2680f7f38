// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/result.hpp>
#include <azoth/orm/load_plan.hpp>

#include <cstdint>
#include <vector>

namespace azoth::inline v0::orm {

/// The rows of a running statement with their cells where its plan has them. One thread.
class PlannedRows {
  public:
    /// Throws ArgumentError where the plan wants columns by names that the statement doesn't have.
    PlannedRows(engine::ResultCore& result, const LoadPlan& plan);
    PlannedRows(const PlannedRows&) = delete;
    PlannedRows& operator=(const PlannedRows&) = delete;
    ~PlannedRows();

    /// Moves to the next row. Throws DataError where a cell is not what its member holds.
    bool fetch() {
        if (!result_.fetch()) return false;
        if (!places_.empty()) arrange();
        return true;
    }
    [[nodiscard]] const ValueView* cells() const noexcept {
        return places_.empty() ? result_.cells() : cells_.data();
    }

  private:
    void arrange();

    engine::ResultCore& result_;
    const LoadPlan& plan_;
    std::vector<std::uint32_t> places_;
    std::vector<ValueView> cells_;
    std::vector<Value> converted_;
};

}  // namespace azoth::inline v0::orm
