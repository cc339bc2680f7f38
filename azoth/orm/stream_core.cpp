// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/stream_core.hpp>
#include <azoth/orm/window_graph.hpp>
#include <azoth/orm/window_reader.hpp>
#include <azoth/orm/window_slabs.hpp>
#include <azoth/orm/windowed_rows.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace azoth::inline v0::orm {
namespace {

// Where addresses are checked, each window has memory of its own, so that a reference into one that
// is over is found.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool may_reuse = false;
#elif defined(__has_feature)
constexpr bool may_reuse = !__has_feature(address_sanitizer);
#else
constexpr bool may_reuse = true;
#endif

/// The cells of a row write every byte of an object, so that one of an earlier row can be written
/// over: there is no member besides, no relationship and nothing deferred, and no gap in which
/// anything might hide.
bool is_written_whole(const LoadPlan::Entry& entry) {
    const Mapper& mapper = *entry.mapper;
    if (!may_reuse || !mapper.relationships().empty()) return false;
    std::size_t bytes = 0;
    for (const LoadPlan::Member& member : entry.members) bytes += member.attribute->ops->size;
    return bytes == mapper.size && entry.columns().size() == mapper.attributes().size();
}

/// The objects of one class in the windows of a stream.
class WindowObjects {
  public:
    WindowObjects(const LoadPlan::Entry& entry, std::size_t window)
        : entry_(&entry), slabs_(window), is_written_whole_(is_written_whole(entry)) {}

    /// The object of a row; null where its key is NULL. `region` is made where there is none.
    [[nodiscard]] Slot* read(const ValueView* row, Region*& region) {
        const ValueView* cells = row + entry_->first_cell;
        for (const std::uint32_t key : entry_->key_cells)
            if (cells[key].is_null()) return nullptr;
        Slot& slot = used_ != slots_.size() ? *slots_[used_] : make(region);
        ++used_;
        entry_->assign(slot.object(), cells);
        return &slot;
    }
    [[nodiscard]] bool holds_any() const noexcept { return !slabs_.empty(); }
    /// Nobody but the stream can reach the objects.
    [[nodiscard]] bool is_sole() const noexcept { return slabs_.is_sole(); }
    /// Gives the slots to the next window. Only where `is_sole()`.
    void reuse() noexcept {
        used_ = 0;
        if (is_written_whole_) return;
        slots_.clear();
        slabs_.clear_objects();
    }
    /// Leaves the objects to those who hold them.
    void abandon() noexcept {
        used_ = 0;
        slots_.clear();
        slabs_.release();
    }

  private:
    [[nodiscard]] Slot& make(Region*& region) {
        Slot& slot = slabs_.make(*entry_->mapper, region);
        slots_.push_back(&slot);
        return slot;
    }

    const LoadPlan::Entry* entry_;
    WindowSlabs slabs_;
    bool is_written_whole_;
    std::vector<Slot*> slots_;  // in the order of the rows
    std::size_t used_ = 0;      // of them, in this window
};

}  // namespace

struct StreamCore::State {
    engine::ResultCore result;
    const LoadPlan& plan;  // the result has it
    std::size_t window;
    LoadRun run;
    std::vector<Slot*> entities;  // of the window or, with a sink, of the row

    State(engine::ResultCore&& running, const LoadPlan& how, std::size_t window_size,
          LoadRun of_run)
        : result(std::move(running)), plan(how), window(window_size), run(std::move(of_run)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    virtual ~State() = default;

    /// Frees the window and reads the next. \returns how many rows it has
    virtual std::size_t read(SessionCore& session, ObjectSink* rows) = 0;
    /// Leaves the window to those who hold it.
    virtual void abandon() noexcept = 0;
};

namespace {

/// Windows of objects that come with their columns alone.
class PlainWindows final : public StreamCore::State {
  public:
    PlainWindows(engine::ResultCore&& running, const LoadPlan& how, std::size_t size,
                 LoadRun of_run)
        : State(std::move(running), how, size, std::move(of_run)) {
        for (const LoadPlan::Entry& entry : plan.entries)
            if (entry.mapper)
                objects_.emplace_back(entry, window);
            else
                columns_.push_back(entry.first_cell);
        cells_.resize(columns_.size());
    }
    ~PlainWindows() override { leave(); }

    std::size_t read(SessionCore&, ObjectSink* rows) override {
        free_window();
        if (at_end_) return 0;
        if (rows) return read_rows(*rows);
        read_objects();
        return entities.size();
    }
    void abandon() noexcept override { leave(); }

  private:
    void leave() noexcept {
        entities.clear();
        bool held = false;
        for (WindowObjects& each : objects_) {
            held = held || each.holds_any();
            each.abandon();
        }
        // A region in which no object could be made has no handle that it would go with.
        if (region_ && !held) (void)Region::destroy_unless_held(*region_);
        region_ = nullptr;
    }
    void free_window() noexcept {
        entities.clear();
        if (std::all_of(objects_.begin(), objects_.end(),
                        [](const WindowObjects& each) { return each.is_sole(); }))
            for (WindowObjects& each : objects_) each.reuse();
        else
            leave();
    }
    // The common loop, in one piece.
    [[gnu::flatten]] void read_objects() {
        WindowObjects& reader = objects_.front();
        while (entities.size() != window) {
            if (!result.fetch()) {
                at_end_ = true;
                return;
            }
            entities.push_back(reader.read(result.cells(), region_));
        }
    }
    std::size_t read_rows(ObjectSink& rows) {
        std::size_t count = 0;
        entities.resize(objects_.size());
        for (; count != window; ++count) {
            if (!result.fetch()) {
                at_end_ = true;
                break;
            }
            const ValueView* row = result.cells();
            for (std::size_t i = 0; i < objects_.size(); ++i)
                entities[i] = objects_[i].read(row, region_);
            for (std::size_t i = 0; i < columns_.size(); ++i) cells_[i] = row[columns_[i]];
            rows.row(entities.data(), cells_.data());
        }
        return count;
    }

    Region* region_ = nullptr;  // of the window; its slabs are held by the objects below
    std::vector<WindowObjects> objects_;
    std::vector<std::uint32_t> columns_;  // the cells that stand for themselves
    std::vector<ValueView> cells_;
    bool at_end_ = false;
};

/// Windows of objects with what they lead to.
class GraphWindows final : public StreamCore::State {
  public:
    GraphWindows(engine::ResultCore&& running, const LoadPlan& how, std::size_t size,
                 LoadRun of_run)
        : State(std::move(running), how, size, std::move(of_run)), reader_(result, plan, window) {}

    std::size_t read(SessionCore& session, ObjectSink* rows) override {
        abandon();
        graph_.emplace(session.model(), window);
        PostLoads posts(session, run, &*graph_);
        WindowLoader loader(session, *graph_, plan, plan.paths);
        const std::size_t count =
            reader_.read(loader, [&](Slot* const* row_entities, const ValueView* cells) {
                if (rows)
                    rows->row(row_entities, cells);
                else
                    entities.push_back(*row_entities);
            });
        loader.finish(posts);
        posts.run();
        return count;
    }
    void abandon() noexcept override {
        entities.clear();
        graph_.reset();
    }

  private:
    WindowReader reader_;
    std::optional<WindowGraph> graph_;
};

}  // namespace

StreamCore::StreamCore(SessionCore& session, Owned<State> state, std::size_t depth) noexcept
    : OpenRows(session, depth), state_(std::move(state)) {}

StreamCore::~StreamCore() {
    leave_session();
    stop_reading();
}

void StreamCore::stop_reading() noexcept {
    position = end = nullptr;
    state_->result.close();
}

void StreamCore::close() noexcept {
    leave_session();
    stop_reading();
    state_->abandon();
}

bool StreamCore::advance(ObjectSink* rows) {
    require_open("this stream");
    if (!session_) return false;
    const ExclusiveUse use(session_->monitor(), "Session");
    session_->check_usable();
    std::size_t count = 0;
    try {
        count = state_->read(*session_, rows);
    } catch (...) {
        close();
        throw;
    }
    if (!rows) {
        position = state_->entities.data();
        end = position + count;
    }
    if (count == 0) close();
    return count != 0;
}

// --- of a session --------------------------------------------------------------------------------

namespace {

/// Its rows say everything, one object each, and nothing follows them.
bool is_plain(const LoadPlan& plan) {
    return plan.places.empty() && plan.named.empty() &&
           std::all_of(plan.entries.begin(), plan.entries.end(), [](const auto& entry) {
               return !entry.via &&
                      (!entry.path ||
                       std::none_of(entry.path->branches.begin(), entry.path->branches.end(),
                                    [](const LoadPath::Branch& branch) {
                                        return is_eager(branch.loading) ||
                                               branch.loading == Loading::none;
                                    }));
           });
}

}  // namespace

Owned<StreamCore> SessionCore::stream(const sql::Statement& statement, const Parameters* parameters,
                                      std::size_t window) {
    if (window == 0) throw ArgumentError("stream(): yield_per must be 1 at least");
    check_usable();
    autoflush();
    const WindowedStatement windowed(statement);
    engine::ResultCore result = windowed.execute(connection(), parameters, window);
    const auto& plan = static_cast<const LoadPlan&>(*result.compiled().plan);
    LoadRun run = load_run(windowed, plan, false);
    Owned<StreamCore::State> state;
    if (is_plain(plan))
        state = Owned<StreamCore::State>(
            new PlainWindows(std::move(result), plan, window, std::move(run)));
    else
        state = Owned<StreamCore::State>(
            new GraphWindows(std::move(result), plan, window, std::move(run)));
    Owned<StreamCore> stream(new StreamCore(*this, std::move(state), levels_.size()));
    open_rows_.push_back(stream.get());
    return stream;
}

}  // namespace azoth::inline v0::orm
