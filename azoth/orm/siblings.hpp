// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/orm/criteria.hpp>
#include <azoth/orm/slot.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace azoth::inline v0::orm {

class SessionCore;

/// The objects that one statement gave at one place, in the order of its rows, and how what they
/// lead to is to be loaded: siblings are loaded for together (design rule R22). Belongs to the
/// thread that uses the session; its memory may be freed by any.
struct Siblings final : Counted {
    const LoadPath* path = nullptr;  ///< null: as the mapping says
    Ref<const LoadPaths> paths;      ///< where that lives
    Ref<const CriteriaValues> values;
    std::vector<Slot*> slots;
    /// How often each relationship was looked at and needed SQL, by Relationship::index.
    std::vector<std::uint32_t> touched;
    std::size_t last = 0;     ///< where one was found last
    std::uint64_t epoch = 0;  ///< the session's when `slots` were last known to be there

    /// The slots from one on, it first; none where it isn't among them.
    [[nodiscard]] std::span<Slot* const> from(const Slot& slot) noexcept;
    void forget(const Slot& slot) noexcept;
};

/// Where a session finds the siblings of its objects. An object belongs to the statement that
/// returned it last. One thread at a time.
///
/// Objects that a statement made stand in slabs that know their siblings; only others, which were
/// there before or share a slab of the nursery, are listed one by one.
class SiblingSets {
  public:
    explicit SiblingSets(SessionCore& session) : session_(session) {}

    /// Null where nothing is remembered.
    [[nodiscard]] Siblings* find(Slot& slot);
    /// \param apart not made by the statement in slabs of its own
    void enlist(const Ref<Siblings>& siblings, const std::vector<Slab*>& slabs,
                const std::vector<Slot*>& apart);
    /// The object is no longer of any statement.
    void forget(Slot& slot) noexcept;
    /// The object is about to be freed.
    void unlist(Slot& slot) noexcept;
    void clear() noexcept { apart_.clear(); }
    /// Objects may have been freed: sets are checked when they are next asked.
    void pass_boundary() noexcept { ++epoch_; }

  private:
    void keep_live(Siblings& siblings);

    SessionCore& session_;
    boost::unordered_flat_map<const Slot*, Ref<Siblings>> apart_;
    std::uint64_t epoch_ = 0;
};

}  // namespace azoth::inline v0::orm
