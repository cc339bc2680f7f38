// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>
#include <azoth/sql/from_plan.hpp>
#include <azoth/sql/markers.hpp>

namespace azoth::inline v0::sql {

/// What the compiler knows of the SELECT it is in.
struct Compiler::Frame {
    const StatementNode& statement;
    FromPlan plan;
    bool labels_visible = false;  ///< ORDER BY and GROUP BY may name the select list's labels
    bool correlates = false;      ///< enclosing SELECTs' FROM objects are in reach
};

/// Sets a variable for the length of a block.
template <class T>
class Restored {
  public:
    Restored(T& variable, T value) : variable_(variable), old_(std::move(variable)) {
        variable = std::move(value);
    }
    Restored(const Restored&) = delete;
    Restored& operator=(const Restored&) = delete;
    ~Restored() { variable_ = std::move(old_); }

  private:
    T& variable_;
    T old_;
};

/// While it lives the values are those that a FROM object or scoped node carries, from the first
/// on; without values of its own, those around it.
class Compiler::SegmentScope {
  public:
    SegmentScope(Compiler& compiler, const Node& owner);

  private:
    Restored<std::uint32_t> segment_;
};

}  // namespace azoth::inline v0::sql
