// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/result.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/object_sink.hpp>
#include <azoth/orm/post_loads.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/siblings.hpp>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <vector>

/// From rows to objects.
namespace azoth::inline v0::orm {

/// Where the new objects of one statement go: the first of a class to the others that come one by
/// one, as most statements that give few objects give one; the rest into a region of their own.
class StatementHome {
  public:
    explicit StatementHome(SessionCore& session) : session_(session) {}
    StatementHome(const StatementHome&) = delete;
    StatementHome& operator=(const StatementHome&) = delete;
    ~StatementHome();
    /// \param number the how many-th of its class
    [[nodiscard]] Slot& construct(const Mapper& mapper, std::uint32_t number);

  private:
    SessionCore& session_;
    Region* region_ = nullptr;
    Slot* object_ = nullptr;  // in it, which may have been united with others
};

/// The key of an entry's object, of which `cells` are the first and those behind; empty where some
/// column of it is NULL.
[[nodiscard]] inline KeyBuffer key_in(const LoadPlan::Entry& entry, const ValueView* cells) {
    KeyBuffer key;
    for (const std::uint32_t index : entry.key_cells) {
        if (cells[index].is_null()) return {};
        key.push_back(cells[index]);
    }
    return key;
}

/// Makes objects of one entry of a plan out of rows. One thread, one statement.
class EntityReader {
  public:
    EntityReader(SessionCore& session, const LoadPlan::Entry& entry, const LoadRun& run);

    /// The object of the row's key; null where the key is NULL.
    [[nodiscard]] Slot* read(const ValueView* row, StatementHome& home) {
        const ValueView* const cells = row + entry_.first_cell;
        if (entry_.key_cells.size() == 1) {
            const ValueView& key = cells[entry_.key_cells.front()];
            return key.is_null() ? nullptr : read(cells, KeyView(&key, 1), home);
        }
        const KeyBuffer key = key_in(entry_, cells);
        return key.size() == 0 ? nullptr : read(cells, key, home);
    }
    /// R14: overwrites the members that are as the database was last known to hold them; others
    /// were written since, and stay.
    void refresh(Slot& slot, const ValueView* cells);
    /// All rows are read: the objects are siblings from now on.
    void finish(const Ref<const LoadPaths>& paths, const LoadRun& run) {
        if (!slots_.empty()) remember(paths, run);
    }
    /// The same, and what is to be loaded after them is noted.
    void finish(PostLoads& posts, const Ref<const LoadPaths>& paths, const LoadRun& run);

  private:
    [[nodiscard]] Slot* read(const ValueView* cells, KeyView key, StatementHome& home) {
        IdentityMap& identities = session_.identities();
        if (Slot* const present = identities.find(*entry_.mapper, key))
            return &meet(*present, cells);
        Slot& slot = make(cells, home);
        identities.add(*entry_.mapper, key, slot);
        slot.set(mark::mapped);
        return &slot;
    }
    void remember(const Ref<const LoadPaths>& paths, const LoadRun& run);
    [[nodiscard]] Slot& meet(Slot& present, const ValueView* cells);
    [[nodiscard]] Slot& make(const ValueView* cells, StatementHome& home);
    void load_undeferred(Slot& slot, const ValueView* cells);
    void refill(Slot& slot, const ValueView* cells);

    SessionCore& session_;
    const LoadPlan::Entry& entry_;
    const bool populate_;
    const bool refreshes_;
    const bool remembers_;  // which objects came together
    const bool undefers_;
    std::uint32_t made_ = 0;
    std::vector<Slot*> slots_;  // in the order of rows, each time once in a row of equal ones
    std::vector<Slab*> slabs_;  // of this statement
    std::vector<Slot*> apart_;  // of `slots_`, those that don't stand there
};

/// Objects in the order in which they first came. One thread.
class UniqueSlots {
  public:
    void add(Slot& slot);
    [[nodiscard]] std::vector<Slot*> take() && { return std::move(slots_); }

  private:
    std::vector<Slot*> slots_;
    boost::unordered_flat_set<const Slot*> seen_;  // once they are many
};

/// What joined rows say that the objects of an entry lead to. One thread, one statement.
class EagerLinks {
  public:
    explicit EagerLinks(const LoadPlan::Entry& entry) : entry_(&entry) {}
    /// \param target null where the owner leads to nothing
    void add(Slot& owner, Slot* target);
    /// All rows are read.
    void install(SessionCore& session);

  private:
    struct Found {
        Slot* owner;
        bool is_known;  // what it leads to was loaded before
        UniqueSlots targets;
    };
    [[nodiscard]] Found& found_of(Slot& owner);

    const LoadPlan::Entry* entry_;
    std::vector<Found> found_;
    boost::unordered_flat_map<const Slot*, std::size_t> by_owner_;
};

/// Reads the rows of one statement. One thread.
class ObjectLoader {
  public:
    /// \param paths where those of the plan live
    ObjectLoader(SessionCore& session, const LoadPlan& plan, Ref<const LoadPaths> paths,
                 const LoadRun& run);
    ~ObjectLoader();

    /// Makes the objects of a row; `entity()` says which.
    void read(const ValueView* row);
    /// Of an entry of the plan that has objects; null where the row has none.
    [[nodiscard]] Slot* entity(std::size_t entry) const noexcept { return slots_[entry]; }
    /// All rows are read: what they say of relationships is put in, and what is to follow is noted.
    void finish(PostLoads& posts);

  private:
    SessionCore& session_;
    const LoadPlan& plan_;
    const Ref<const LoadPaths> paths_;
    const LoadRun& run_;
    StatementHome home_;
    std::vector<EntityReader> readers_;     // of the entries that have objects
    std::vector<std::uint32_t> reader_of_;  // by entry
    std::vector<EagerLinks> links_;         // of the entries that are not listed
    std::vector<Slot*> slots_;              // by entry
};

}  // namespace azoth::inline v0::orm
