// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/column_source.hpp>
#include <azoth/orm/load_path.hpp>
#include <azoth/types/values.hpp>

#include <vector>

namespace azoth::inline v0::orm {

class ModelState;

/// The values of the criteria of a statement that runs, by Criterion::segment. Immutable; safe from
/// any thread.
struct CriteriaValues final : Counted {
    std::vector<Values> segments;
};

/// The conditions and expressions of loader options as parts of one statement. Used by one thread.
class CriteriaWriter {
  public:
    /// \param values null: those of the statement that is being lowered, which has the criteria
    CriteriaWriter(const ModelState& model, const CriteriaValues* values)
        : model_(model), values_(values) {}
    /// The condition on the objects that stand in `from`.
    [[nodiscard]] sql::NodeRef condition(const Criterion& criterion, const Mapper& mapper,
                                         const ColumnSource& from) const;
    /// The same for a list of them, behind those that there are.
    void add(const std::vector<Criterion>& criteria, const Mapper& mapper, const ColumnSource& from,
             std::vector<sql::NodeRef>& conditions) const;
    /// What fills a member of the objects that stand in `from`.
    [[nodiscard]] sql::NodeRef filling(const LoadPath::Filled& filled, const Mapper& mapper,
                                       const ColumnSource& from) const;
    [[nodiscard]] const ModelState& model() const noexcept { return model_; }

  private:
    const ModelState& model_;
    const CriteriaValues* values_;
};

}  // namespace azoth::inline v0::orm
