// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/flush_set.hpp>
#include <azoth/orm/topological.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace azoth::inline v0::orm {

class Dependency;

/// The kinds of work of a flush. What is ready at the same time is done in this order.
enum class Step : std::uint8_t {
    unlink,     ///< before objects go: foreign keys of others, rows between
    clear_out,  ///< post_update, before objects go
    link,       ///< after objects are saved: foreign keys of others, rows between
    save,
    fill_in,  ///< post_update, after objects are saved
    remove,
    barrier,  ///< nothing: what stands between two sets of steps
};

/// A step for all objects of a class, or for one of them. A plain value.
struct Action {
    Step step;
    const Mapper* mapper = nullptr;    ///< of the objects that it is about
    Dependency* dependency = nullptr;  ///< of `link` and `unlink`
    Slot* object = nullptr;            ///< null: all of them
};

/// The steps of a flush and what must come before what. One thread at a time.
///
/// Steps are for whole classes as long as these don't depend on each other in a circle. Where they
/// do, the steps on the circle fall apart into steps for single objects, and those that turn out to
/// be ready at the same time are put together again. SQLAlchemy: `UOWTransaction` and
/// `topological`.
class FlushGraph {
  public:
    FlushGraph(FlushSet& objects, std::span<const std::unique_ptr<Dependency>> dependencies);

    // The steps for whole classes, made when they are first asked for.
    [[nodiscard]] std::uint32_t whole(Step step, const Mapper& mapper);
    [[nodiscard]] std::uint32_t whole(Step step, Dependency& dependency);
    /// The step that saves or removes the object: by itself, where the steps of its class fell
    /// apart.
    [[nodiscard]] std::uint32_t of(const Slot& object);
    /// A dependency's step for one of its owners.
    [[nodiscard]] std::uint32_t of(Step step, Dependency& dependency, Slot& owner);
    /// Stands for a step that there is no need of; edges from or to it say nothing.
    static constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();
    void edge(std::uint32_t first, std::uint32_t second) {
        if (first != nothing && second != nothing) edges_.push_back({first, second});
    }

    /// All steps in order, each with the objects that it is for; no objects mean all. Throws
    /// CircularDependencyError.
    struct Batch {
        Action action;
        std::vector<Slot*> objects;
    };
    [[nodiscard]] std::vector<Batch> sorted();

  private:
    struct Name {
        const void* subject;
        const Slot* object;
        Step step;
        [[nodiscard]] friend bool operator==(const Name&, const Name&) = default;
    };
    struct NameHash {
        std::size_t operator()(const Name& name) const noexcept;
    };

    [[nodiscard]] std::uint32_t node(const void* subject, const Action& action);
    [[nodiscard]] std::uint64_t rank(const Action& action) const;
    [[nodiscard]] std::vector<Batch> sorted_whole();
    [[nodiscard]] std::vector<Batch> sorted_apart(const std::vector<bool>& on_circle);
    void take_apart(const std::vector<bool>& on_circle);
    void take_apart(const Mapper& mapper, Step step);
    void redirect_edges(std::size_t count);
    [[nodiscard]] const std::vector<Slot*>& objects_of(const Action& action);
    [[noreturn]] void throw_circle() const;

    FlushSet& objects_;
    std::span<const std::unique_ptr<Dependency>> dependencies_;
    std::vector<Action> actions_;
    std::vector<Edge> edges_;
    std::vector<bool> apart_;  // by action: replaced by steps for single objects
    boost::unordered_flat_map<Name, std::uint32_t, NameHash> nodes_;
};

}  // namespace azoth::inline v0::orm
