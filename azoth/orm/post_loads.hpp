// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/criteria.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/slot.hpp>
#include <azoth/sql/builder.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace azoth::inline v0::orm {

class SessionCore;
class WindowGraph;

/// What holds for one statement of a program and all that eager loading sends after it.
struct LoadRun {
    bool populate_existing = false;
    Ref<const CriteriaValues> values{};  ///< null where there are no criteria
    /// Objects that the session has already take over what their rows hold, and keep what the
    /// program has written and not flushed.
    bool refresh_existing = false;
    SchemaTranslateMap schemas{};  ///< the statement's own
};

/// What holds for a statement that runs.
[[nodiscard]] LoadRun load_run(const sql::Statement& statement, const LoadPlan& plan,
                               bool populate_existing);

/// What is loaded after the objects of a statement: by a queue, so that any depth needs no stack.
/// One thread.
class PostLoads {
  public:
    /// \param window where the objects are that no session knows; null: they are the session's
    PostLoads(SessionCore& session, LoadRun run, WindowGraph* window = nullptr)
        : session_(session), run_(std::move(run)), window_(window) {}

    [[nodiscard]] const LoadRun& run_of() const noexcept { return run_; }
    /// Objects that are loaded; what the path says of their relationships is to follow.
    void add(const LoadPath& path, Ref<const LoadPaths> paths, std::vector<Slot*> slots);
    /// Loads until nothing is left to follow.
    void run();

    /// Loads at once, for several owners that are here and have it unloaded, what a relationship
    /// leads to. \param path of what it leads to; owned by `paths`
    void load(std::span<Slot* const> owners, const LoadPath::Branch& branch,
              const Ref<const LoadPaths>& paths);

  private:
    struct Task {
        const LoadPath* path;
        Ref<const LoadPaths> paths;
        std::vector<Slot*> slots;
    };
    struct OwnerGroups;
    void load_branch(const Task& task, const LoadPath::Branch& branch);
    [[nodiscard]] Slot* present_target(const Relationship& relationship,
                                       std::span<const ValueView> values) const;
    [[nodiscard]] OwnerGroups sorted(std::span<Slot* const> owners,
                                     const Relationship& relationship, bool reread,
                                     std::vector<Slot*>& known);
    void load_chunk(OwnerGroups& wanted, std::size_t first, std::size_t count,
                    const LoadPath::Branch& branch, const Ref<const LoadPaths>& paths);

    SessionCore& session_;
    const LoadRun run_;
    WindowGraph* const window_;
    std::vector<Task> queue_;  // a deque would allocate where nothing follows, as mostly
    std::size_t next_ = 0;
};

}  // namespace azoth::inline v0::orm
