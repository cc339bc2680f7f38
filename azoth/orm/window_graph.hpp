// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/identity_map.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/post_loads.hpp>
#include <azoth/orm/window_slabs.hpp>

#include <cstddef>
#include <vector>

namespace azoth::inline v0::orm {

/// The objects of one window of a stream that loads along: one for each key, for reading, and what
/// they lead to (R18). They live as long as somebody has a handle on one of them. One thread.
class WindowGraph {
  public:
    /// \param rows that are expected
    WindowGraph(const ModelState& model, std::size_t rows);
    WindowGraph(const WindowGraph&) = delete;
    WindowGraph& operator=(const WindowGraph&) = delete;
    /// Leaves the objects to those who hold them.
    ~WindowGraph();

    /// The object of a row; null where its key is NULL.
    [[nodiscard]] Slot* read(const LoadPlan::Entry& entry, const ValueView* row);
    [[nodiscard]] const IdentityMap& identities() const noexcept { return identities_; }

  private:
    IdentityMap identities_;
    Region* region_ = nullptr;
    WindowSlabs slabs_;
};

/// Reads the rows of one statement into a window. One thread.
class WindowLoader {
  public:
    /// \param paths where those of the plan live
    WindowLoader(SessionCore& session, WindowGraph& window, const LoadPlan& plan,
                 Ref<const LoadPaths> paths);
    ~WindowLoader();

    // As of ObjectLoader.
    void read(const ValueView* row);
    [[nodiscard]] Slot* entity(std::size_t entry) const noexcept { return slots_[entry]; }
    void finish(PostLoads& posts);

  private:
    SessionCore& session_;
    WindowGraph& window_;
    const LoadPlan& plan_;
    const Ref<const LoadPaths> paths_;
    std::vector<EagerLinks> links_;  // of the entries that are not listed
    std::vector<UniqueSlots> read_;  // by entry: the objects that its path says something of
    std::vector<Slot*> slots_;       // of the row, by entry
};

}  // namespace azoth::inline v0::orm
