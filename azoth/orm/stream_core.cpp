// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/stream_core.hpp>

#include <algorithm>
#include <string>
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
    return bytes == mapper.size && entry.members.size() == mapper.attributes().size();
}

/// The objects of one class in the windows of a stream.
class WindowObjects {
  public:
    WindowObjects(const LoadPlan::Entry& entry, std::size_t window)
        : entry_(&entry),
          expected_(static_cast<std::uint32_t>(std::min<std::size_t>(window, 1U << 20U))),
          is_written_whole_(is_written_whole(entry)) {}

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
    [[nodiscard]] bool is_sole() const noexcept {
        return std::all_of(slabs_.begin(), slabs_.end(),
                           [](const Slab* slab) { return slab->is_held_once(); });
    }
    /// Gives the slots to the next window. Only where `is_sole()`.
    void reuse() noexcept {
        used_ = 0;
        if (is_written_whole_) return;
        slots_.clear();
        for (Slab* slab : slabs_) slab->clear();
    }
    /// Leaves the objects to those who hold them.
    void abandon() noexcept {
        used_ = 0;
        slots_.clear();
        for (Slab* slab : slabs_) slab->release();
        slabs_.clear();
    }

  private:
    [[nodiscard]] Slot& make(Region*& region) {
        slabs_.reserve(slabs_.size() + 1);
        if (!region) region = Region::make(nullptr);
        Slot& slot = construct_object(*entry_->mapper, *region, expected_);
        slot.state = ObjectState::detached;
        slot.require(attention::read_only);
        if (std::find(slabs_.rbegin(), slabs_.rend(), slot.slab) == slabs_.rend()) {
            slot.slab->retain();
            slabs_.push_back(slot.slab);
        }
        slots_.push_back(&slot);
        return slot;
    }

    const LoadPlan::Entry* entry_;
    std::uint32_t expected_;
    bool is_written_whole_;
    std::vector<Slot*> slots_;  // in the order of the rows
    std::size_t used_ = 0;      // of them, in this window
    std::vector<Slab*> slabs_;  // a handle on each is counted
};

}  // namespace

struct StreamCore::State {
    engine::ResultCore result;
    std::size_t window;
    Region* region = nullptr;  // of the window; its slabs are held by the objects below
    std::vector<WindowObjects> objects;
    std::vector<std::uint32_t> columns;  // the cells that stand for themselves
    std::vector<Slot*> entities;         // of the window or, with a sink, of the row
    std::vector<ValueView> cells;
    bool at_end = false;

    State(engine::ResultCore&& running, std::size_t window_size)
        : result(std::move(running)), window(window_size) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { abandon(); }

    void abandon() noexcept {
        bool held = false;
        for (WindowObjects& each : objects) {
            held = held || each.holds_any();
            each.abandon();
        }
        // A region in which no object could be made has no handle that it would go with.
        if (region && !held) (void)Region::destroy_unless_held(*region);
        region = nullptr;
    }
    void free_window() noexcept {
        entities.clear();
        if (std::all_of(objects.begin(), objects.end(),
                        [](const WindowObjects& each) { return each.is_sole(); }))
            for (WindowObjects& each : objects) each.reuse();
        else
            abandon();
    }
    void read_objects() {
        WindowObjects& reader = objects.front();
        while (entities.size() != window) {
            if (!result.fetch()) {
                at_end = true;
                return;
            }
            entities.push_back(reader.read(result.cells(), region));
        }
    }
    std::size_t read_rows(ObjectSink& rows) {
        std::size_t count = 0;
        entities.resize(objects.size());
        for (; count != window; ++count) {
            if (!result.fetch()) {
                at_end = true;
                break;
            }
            const ValueView* row = result.cells();
            for (std::size_t i = 0; i < objects.size(); ++i)
                entities[i] = objects[i].read(row, region);
            for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = row[columns[i]];
            rows.row(entities.data(), cells.data());
        }
        return count;
    }
};

StreamCore::StreamCore(SessionCore& session, std::unique_ptr<State> state,
                       std::size_t depth) noexcept
    : session_(&session), state_(std::move(state)), depth_(depth) {}

StreamCore::~StreamCore() {
    stop();
}

void StreamCore::stop() noexcept {
    if (SessionCore* const session = std::exchange(session_, nullptr))
        session->forget_stream(*this);
    position = end = nullptr;
    state_->result.close();
}

void StreamCore::close() noexcept {
    stop();
    state_->free_window();
    state_->abandon();
}

void StreamCore::end_by(const char* call) noexcept {
    ended_by_ = call;
    session_ = nullptr;
    position = end = nullptr;
    state_->result.close();
}

bool StreamCore::advance(ObjectSink* rows) {
    if (ended_by_)
        throw InvalidRequestError(
            std::string("this stream was ended by ") + ended_by_ +
            ": read it to its end before, or do such things in a session of their own");
    if (!session_) return false;
    const ExclusiveUse use(session_->monitor(), "Session");
    session_->check_usable();
    State& state = *state_;
    state.free_window();
    std::size_t count = 0;
    if (!state.at_end) {
        try {
            if (rows) {
                count = state.read_rows(*rows);
            } else {
                state.read_objects();
                count = state.entities.size();
                position = state.entities.data();
                end = position + count;
            }
        } catch (...) {
            close();
            throw;
        }
    }
    if (count == 0) close();
    return count != 0;
}

// --- of a session --------------------------------------------------------------------------------

namespace {

void refuse_eager(const LoadPlan::Entry& entry) {
    if (!entry.path) return;
    for (const LoadPath::Branch& branch : entry.path->branches)
        if (is_eager(branch.loading))
            throw ArgumentError("stream(): " + branch.relationship->describe() +
                                " is to be loaded along, but the objects of a stream come with "
                                "their own columns alone: leave the option out, or where it is the "
                                "mapping's, give the statement lazyload(\"*\")");
}

}  // namespace

std::unique_ptr<StreamCore> SessionCore::stream(const sql::Statement& statement,
                                                const Parameters* parameters, std::size_t window) {
    if (window == 0) throw ArgumentError("stream(): yield_per must be 1 at least");
    check_usable();
    autoflush();
    auto state =
        std::make_unique<StreamCore::State>(connection().execute(statement, parameters), window);
    const auto* plan = static_cast<const LoadPlan*>(state->result.compiled().plan.get());
    for (const LoadPlan::Entry& entry : plan->entries) {
        refuse_eager(entry);
        if (entry.mapper)
            state->objects.emplace_back(entry, window);
        else
            state->columns.push_back(entry.first_cell);
    }
    state->cells.resize(state->columns.size());
    auto stream = std::make_unique<StreamCore>(*this, std::move(state), levels_.size());
    streams_.push_back(stream.get());
    return stream;
}

void SessionCore::end_streams(std::size_t depth, const char* call) noexcept {
    std::erase_if(streams_, [&](StreamCore* stream) {
        if (stream->depth() < depth) return false;
        stream->end_by(call);
        return true;
    });
}

}  // namespace azoth::inline v0::orm
