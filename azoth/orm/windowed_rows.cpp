// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/options_scope.hpp>
#include <azoth/orm/loader_nodes.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/windowed_rows.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0::orm {

// --- what ends with the transaction --------------------------------------------------------------

void OpenRows::end_by(const char* call) noexcept {
    ended_by_ = call;
    session_ = nullptr;
    stop_reading();
}

void OpenRows::require_open(const char* what) const {
    if (ended_by_)
        throw InvalidRequestError(
            std::string(what) + " was ended by " + ended_by_ +
            ": read it to its end before, or do such things in a session of their own");
}

void OpenRows::leave_session() noexcept {
    if (SessionCore* const session = std::exchange(session_, nullptr)) session->forget_rows(*this);
}

void SessionCore::end_rows(std::size_t depth, const char* call) noexcept {
    std::erase_if(open_rows_, [&](OpenRows* rows) {
        if (rows->depth() < depth) return false;
        rows->end_by(call);
        return true;
    });
}

// --- windows of a session's own objects ----------------------------------------------------------

WindowedStatement::WindowedStatement(const sql::Statement& statement) : sql::Statement(statement) {
    add(sql::Clause::option, sql::Operand::of(sql::Expression{windowed_option(), {}}));
}

engine::ResultCore WindowedStatement::execute(engine::ConnectionState& connection,
                                              const Parameters* parameters,
                                              std::size_t rows) const {
    // Elsewhere a program asks for it by stream_results (docs/performance.md).
    StatementOptions options;
    if (connection.engine().dialect().has_cheap_cursors()) options.yield_per = rows;
    const engine::OptionsScope scope(connection, options);
    return connection.execute(*this, parameters);
}

WindowedRows::WindowedRows(SessionCore& session, engine::ResultCore&& running, const LoadRun& run,
                           std::size_t rows, std::size_t depth)
    : OpenRows(session, depth),
      result_(std::move(running)),
      plan_(static_cast<const LoadPlan*>(result_.compiled().plan.get())),
      run_(run),
      rows_(rows) {
    if (plan_) reader_.emplace(result_, *plan_, rows);
}

WindowedRows::~WindowedRows() {
    close();
}

void WindowedRows::stop_reading() noexcept {
    result_.close();
}

void WindowedRows::close() noexcept {
    leave_session();
    stop_reading();
}

bool WindowedRows::advance(ObjectSink& into) {
    require_open("this result");
    if (!session_) return false;
    const ExclusiveUse use(session_->monitor(), "Session");
    session_->check_usable();
    std::size_t count = 0;
    try {
        count = read_window(into);
    } catch (...) {
        close();
        throw;
    }
    if (count == 0) close();
    return count != 0;
}

std::size_t WindowedRows::read_window(ObjectSink& into) {
    std::size_t count = 0;
    if (!reader_) {
        for (; count != rows_ && result_.fetch(); ++count) into.row(nullptr, result_.cells());
        return count;
    }
    PostLoads posts(*session_, run_);
    ObjectLoader loader(*session_, *plan_, plan_->paths, run_);
    count = reader_->read(
        loader, [&](Slot* const* entities, const ValueView* cells) { into.row(entities, cells); });
    loader.finish(posts);
    posts.run();
    return count;
}

Owned<RowFeed> SessionCore::load_in_windows(const sql::Statement& statement,
                                            const Parameters* parameters,
                                            const ExecutionOptions& options) {
    check_usable();
    if (options.autoflush) autoflush();
    const WindowedStatement windowed(statement);
    engine::ResultCore result = windowed.execute(connection(), parameters, options.yield_per);
    const auto* const plan = static_cast<const LoadPlan*>(result.compiled().plan.get());
    const LoadRun run = plan ? load_run(windowed, *plan, options.populate_existing) : LoadRun{};
    auto* const windows =
        new WindowedRows(*this, std::move(result), run, options.yield_per, levels_.size());
    Owned<RowFeed> feed(windows);
    open_rows_.push_back(windows);
    return feed;
}

}  // namespace azoth::inline v0::orm
