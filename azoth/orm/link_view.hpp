// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/link_internal.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace azoth::inline v0::orm {

/// What has changed in a relationship of an object since the last flush, and what has not.
/// Borrowed: valid as long as the relationship is not changed. SQLAlchemy: `History`.
class LinkView {
  public:
    LinkView(Slot& owner, const Relationship& relationship)
        : LinkView(LinkAccess::of(owner, relationship), relationship.is_many) {}
    LinkView(const LinkView&) = delete;
    LinkView& operator=(const LinkView&) = delete;

    // Not of temporaries: for a One they lie in the view itself.
    [[nodiscard]] std::span<Slot* const> added() const& noexcept { return added_; }
    [[nodiscard]] std::span<Slot* const> removed() const& noexcept { return removed_; }
    [[nodiscard]] bool is_changed() const noexcept { return changed_; }
    /// All that is known to be there.
    [[nodiscard]] std::span<Slot* const> present() const& noexcept { return present_; }
    void added() && = delete;
    void removed() && = delete;
    void present() && = delete;

    /// Calls `visit(Slot&)` for what was there at the last flush and still is.
    template <class Visit>
    void for_each_kept(Visit&& visit) const {
        if (added_.empty()) {
            for (Slot* slot : present_) visit(*slot);
            return;
        }
        std::vector<Slot*> fresh(added_.begin(), added_.end());
        std::sort(fresh.begin(), fresh.end());
        for (Slot* slot : present_)
            if (!std::binary_search(fresh.begin(), fresh.end(), slot)) visit(*slot);
    }
    /// Calls `visit(Slot&)` for all that is or was there.
    template <class Visit>
    void for_each_related(Visit&& visit) const {
        for (Slot* slot : present_) visit(*slot);
        for (Slot* slot : removed_) visit(*slot);
    }

  private:
    LinkView(const Link& link, bool is_many) {
        if (is_many)
            view_collection(link);
        else
            view_one(link);
    }
    void view_collection(const Link& link) {
        const Collection* collection = LinkAccess::existing_collection(link);
        if (!collection) return;
        added_ = collection->added.slots();
        removed_ = collection->removed.slots();
        present_ = collection->known_items().slots();
        changed_ = !added_.empty() || !removed_.empty();
    }
    void view_one(const Link& link) {
        target_ = LinkAccess::known_target(link);
        present_ = one(target_);
        changed_ = LinkAccess::changed(link);
        if (!changed_) return;
        added_ = present_;
        before_ = LinkAccess::before(link);
        if (before_ != target_) removed_ = one(before_);
    }
    [[nodiscard]] static std::span<Slot* const> one(Slot* const& slot) noexcept {
        return slot ? std::span<Slot* const>(&slot, 1) : std::span<Slot* const>();
    }

    std::span<Slot* const> added_;
    std::span<Slot* const> removed_;
    std::span<Slot* const> present_;
    Slot* target_ = nullptr;
    Slot* before_ = nullptr;
    bool changed_ = false;
};

}  // namespace azoth::inline v0::orm
