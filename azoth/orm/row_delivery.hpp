// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/orm/object_loader.hpp>

#include <optional>
#include <vector>

namespace azoth::inline v0::orm {

/// Makes objects of the rows of RETURNING and gives them, with the other cells, to the program's
/// sink. One thread, one statement or several with the same RETURNING.
class RowDelivery final : public driver::RowSink {
  public:
    /// \param plan null where there are no objects
    RowDelivery(SessionCore& session, Ref<const LoadPlan> plan, LoadRun run, ObjectSink& sink);
    ~RowDelivery() override;

    void row(const ValueView* cells) override;
    /// An object of the last row, by its place in the list; null for a plain cell.
    [[nodiscard]] Slot* entity(std::size_t entry) const noexcept;
    [[nodiscard]] const LoadPlan* plan() const noexcept { return plan_.get(); }
    /// All rows are read. \param loads_more what comes along with objects is loaded too
    void finish(bool loads_more);

  private:
    const Ref<const LoadPlan> plan_;
    ObjectSink& sink_;
    PostLoads posts_;
    std::optional<ObjectLoader> loader_;
    std::vector<Slot*> entities_;
    std::vector<ValueView> cells_;
};

}  // namespace azoth::inline v0::orm
