// SPDX-License-Identifier: MIT
#include <azoth/orm/row_delivery.hpp>

#include <utility>

namespace azoth::inline v0::orm {

RowDelivery::RowDelivery(SessionCore& session, Ref<const LoadPlan> plan, LoadRun run,
                         ObjectSink& sink)
    : plan_(std::move(plan)), sink_(sink), posts_(session, std::move(run)) {
    if (plan_) loader_.emplace(session, *plan_, plan_->paths, posts_.run_of());
}

RowDelivery::~RowDelivery() = default;

void RowDelivery::row(const ValueView* cells) {
    if (!plan_) return sink_.row(nullptr, cells);
    loader_->read(cells);
    entities_.clear();
    cells_.clear();
    for (std::size_t i = 0; i < plan_->listed; ++i)
        if (plan_->entries[i].mapper)
            entities_.push_back(loader_->entity(i));
        else
            cells_.push_back(cells[plan_->entries[i].first_cell]);
    sink_.row(entities_.data(), cells_.data());
}

Slot* RowDelivery::entity(std::size_t entry) const noexcept {
    return plan_ ? loader_->entity(entry) : nullptr;
}

void RowDelivery::finish(bool loads_more) {
    if (!plan_) return;
    loader_->finish(posts_);
    if (loads_more) posts_.run();
}

}  // namespace azoth::inline v0::orm
