// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_events.hpp>
#include <azoth/engine/logged_rows.hpp>
#include <azoth/engine/pages.hpp>
#include <azoth/sql/identifier.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <typeinfo>

namespace azoth::inline v0::engine {
namespace {

/// The parameters of the common statement: few, and the statement's own values in order.
class ViewsOf {
  public:
    explicit ViewsOf(const Values& values) : count_(values.size()) {
        if (count_ > std::size(few_)) {
            many_ = std::make_unique<ValueView[]>(count_);
            first_ = many_.get();
        }
        ValueView* out = first_;
        for (const Value& value : values.span()) new (out++) ValueView(value.view());
    }
    ViewsOf(const ViewsOf&) = delete;
    ViewsOf& operator=(const ViewsOf&) = delete;
    ~ViewsOf() {}
    [[nodiscard]] std::span<const ValueView> span() const noexcept { return {first_, count_}; }

  private:
    std::size_t count_;
    ValueView* first_ = few_;
    std::unique_ptr<ValueView[]> many_;
    union {
        ValueView few_[8];  // constructed as far as they are used
    };
};

}  // namespace

sql::NamedValues named_values(const Parameters& parameters) {
    sql::NamedValues named;
    for (const auto& parameter : parameters)
        if (!named
                 .try_emplace(parameter.name, sql::NamedValue{parameter.value, parameter.type,
                                                              parameter.list, parameter.is_list})
                 .second)
            throw ArgumentError("parameter :" + parameter.name + " is given twice");
    return named;
}

ConnectionState::ConnectionState(std::shared_ptr<EngineState> engine, PooledConnection lease,
                                 Ref<const sql::Lowering> lowering)
    : engine_(std::move(engine)),
      settings_(&engine_->settings()),
      lease_(std::move(lease)),
      driver_(&lease_.connection()),
      events_(&engine_->events()),
      lowering_(std::move(lowering)),
      fetches_unusually_(engine_->echoes_rows()) {
    note_settings();
    // A ready-made pool may serve several engines. Only where it differs: those who share a
    // connection of the engine's own pool must not write to it at the same time.
    const driver::ConnectionSettings settings{engine_->options().hide_parameters};
    if (driver_->settings() != settings) driver_->apply(settings);
}

ConnectionState::~ConnectionState() {
    if (!closed_) end();
}

void ConnectionState::check_open() const {
    if (closed_) throw ResourceClosedError("this Connection is closed");
}

void ConnectionState::refuse_use() const {
    check_open();
    if (two_phase_ && two_phase_->prepared)
        throw InvalidRequestError(
            "the transaction is prepared: only its commit() and rollback() can come now");
    throw PendingRollbackError(
        "the transaction failed and must be rolled back before anything else; the error was: " +
        failure_);
}

StatementCaches& ConnectionState::find_caches() {
    pool::ConnectionData* data = lease_.data();
    if (!data) {
        auto made = std::make_unique<StatementCaches>(engine_->options().prepared_statements);
        data = made.get();
        lease_.set_data(std::move(made));
    } else if (typeid(*data) != typeid(StatementCaches)) {
        throw InvalidRequestError(
            "a connection of this engine's pool holds data of somebody else's (set_data); such a "
            "pool can't serve an engine");
    }
    caches_ = static_cast<StatementCaches*>(data);
    return *caches_;
}

void ConnectionState::begin_now(bool writes) {
    if (transactions_.empty()) {
        transactions_.push_back({++last_id_});
        if (events_->hears(event::begin.bit)) [[unlikely]] {
            tell_begin();
            if (begun_) return;  // with a statement of the listener's
            if (transactions_.empty()) transactions_.push_back({++last_id_});  // which it committed
        }
    }
    if (settings_->autocommit) return;
    if (engine_->echo()) log("BEGIN (implicit)");
    // Two Connections of one thread share the connection of an in-memory database (as in
    // SQLAlchemy), and then its transaction.
    driver::Connection& connection = driver();
    if (!connection.in_transaction()) {
        guarded([&] {
            connection.begin({.for_writing = writes,
                              .isolation_level = settings_->options.isolation_level,
                              .read_only = settings_->options.postgresql_readonly,
                              .deferrable = settings_->options.postgresql_deferrable,
                              .xid = xid()});
        });
        owns_ = true;
    }
    begun_ = true;
}

void ConnectionState::note_error(const DBAPIError& error, bool whole_pool) noexcept {
    if (error.poisoned() == Poisoned::nothing) return;
    if (!transactions_.empty() && !failed_) {
        failed_ = true;
        failure_ = error.fault().message;
    }
    if (error.poisoned() == Poisoned::connection) {
        give_back_all();
        set_ended();
        forget_lease();
        if (whole_pool)
            lease_.invalidate_pool(error.fault().message);
        else
            lease_.invalidate(error.fault().message);
    }
}

ConnectionState::Found ConnectionState::compile(const sql::Statement& statement,
                                                sql::CompileMode mode, RecentStatements& recent) {
    if (!runs_plainly_ || statement.node().options.is_given()) [[unlikely]] {
        if (!schemas_of(&statement).empty()) mode = sql::with_open_schemas(mode);
        if (!settings_->keeps_compiled())
            return {compile_anew(statement, mode), Source::caching_disabled};
    }
    CompiledCache& cache = engine_->cache();
    const std::uint64_t lowering = lowering_ ? lowering_->serial() : 0;
    if (CachedStatement* known = recent.find(statement.node(), mode, lowering)) [[likely]] {
        cache.note_hit(*known);
        return {known->compiled, Source::cached};
    }
    if (Ref<CachedStatement> found = cache.find(statement.node(), mode, lowering)) {
        Ref<const sql::Compiled> compiled = found->compiled;
        recent.remember(statement.node(), std::move(found));
        return {std::move(compiled), Source::cached};
    }
    const auto kept =
        cache.put(statement.node_ref(), mode, lowering, compile_anew(statement, mode));
    return {kept->compiled, kept->kept ? Source::generated : Source::caching_disabled};
}

Ref<const sql::Compiled> ConnectionState::compile_anew(const sql::Statement& statement,
                                                       sql::CompileMode mode) {
    const auto compiler = engine_->dialect().make_compiler();
    const EngineOptions& options = engine_->options();
    if (options.enable_from_linting) compiler->look_for_cartesian_products();
    auto compiled = lowering_ ? compiler->compile(lowering_->lower(statement.node()), mode)
                              : compiler->compile(statement.node(), mode);
    for (const std::string& warning : compiler->warnings())
        engine_->log(LogRecord::Level::warning, warning, {}, settings_->options.logging_token);
    return compiled;
}

ResultCore ConnectionState::execute(const sql::Statement& statement,
                                    std::span<const ValueView> values) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (is_heard()) [[unlikely]]
        return execute_heard(statement, values);
    Found found = compile(statement, sql::CompileMode::single, caches().recent);
    if (!found.compiled->schema_places) [[likely]]
        return start(statement.node_ref(), std::move(found), values, nullptr);
    sql::Arguments arguments;
    fill_schemas(*found.compiled, statement, arguments);
    return start(statement.node_ref(), std::move(found), values, &arguments);
}

ResultCore ConnectionState::execute(const sql::Statement& statement, const Parameters* parameters) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (is_heard()) [[unlikely]]
        return execute_heard(statement, parameters);
    Found found = compile(statement, sql::CompileMode::single, caches().recent);
    const sql::Compiled& compiled = *found.compiled;
    if (compiled.direct && (!parameters || parameters->empty()) && !statement.node().is_flagged()) {
        const ViewsOf values(statement.values());
        return start(statement.node_ref(), std::move(found), values.span(), nullptr);
    }
    const auto segments = sql::collect_segments(statement.node(), statement.values());
    const auto named = parameters ? named_values(*parameters) : sql::NamedValues();
    auto arguments = sql::arrange(compiled, segments, named);
    if (compiled.schema_places) fill_schemas(compiled, statement, arguments);
    return start(statement.node_ref(), std::move(found), arguments.values,
                 compiled.varies() ? &arguments : nullptr);
}

ResultCore ConnectionState::start(const Ref<sql::StatementNode>& node, Found&& found,
                                  std::span<const ValueView> values,
                                  const sql::Arguments* expanded) {
    const sql::Compiled& compiled = *found.compiled;
    ensure_begun(compiled.writes);
    if (engine_->echo()) [[unlikely]]
        log_statement(found, expanded ? expanded->sql : compiled.sql,
                      driver::display_parameters(values));
    Streaming streaming;
    if (!runs_plainly_ || node->options.is_given()) [[unlikely]]
        streaming = streaming_of(node->options);
    return guarded([&] {
        Prepared& statement =
            caches().prepared.acquire(lease_, compiled, expanded, found.is_kept());
        running_.push_back(&statement);
        try {
            if (!streaming.streams) [[likely]]
                statement.statement->execute(values);
            else
                statement.statement->execute_streaming(values, streaming.window);
        } catch (...) {
            give_back(statement);
            throw;
        }
        // Only now, because `select *` has the columns of today; and to ask before would be one
        // more round trip for each new statement.
        statement.cells.resize(statement.statement->columns().size());
        const bool open =
            compiled.returns_rows && !compiled.key_is_result && !statement.cells.empty();
        ResultCore result(Ref<ConnectionState>(this), open ? &statement : nullptr,
                          std::move(found.compiled), node);
        result.yield_per = streaming.yield_per;
        if (compiled.kind != sql::NodeKind::select && compiled.kind != sql::NodeKind::compound)
            finish_dml(result, statement, compiled, values);
        if (!open) give_back(statement);
        return result;
    });
}

std::size_t ConnectionState::insert_page_size(std::optional<std::size_t> wanted) const noexcept {
    if (!engine_->options().use_insertmanyvalues) return 1;
    return wanted.value_or(settings_->options.insertmanyvalues_page_size.value_or(0));
}

std::int64_t ConnectionState::run_many(const Found& found, const sql::Arguments* expanded,
                                       driver::RowSource& rows, driver::ManyResult result,
                                       driver::RowSink* sink,
                                       std::optional<std::size_t> page_size) {
    const sql::Compiled& compiled = *found.compiled;
    const std::size_t page =
        compiled.kind == sql::NodeKind::insert ? insert_page_size(page_size) : 0;
    if (!engine_->echo()) [[likely]]
        return run_many_now(found, expanded, rows, result, sink, page);
    // an IN list is one place and any number of parameters
    LoggedRows logged(rows, expanded ? expanded->types.size() : compiled.parameter_types.size());
    log_statement(found, expanded ? expanded->sql : compiled.sql,
                  sink ? "(ordered) " + logged.shown() : logged.shown());
    return run_many_now(found, expanded, logged, result, sink, page);
}

std::int64_t ConnectionState::run_many_now(const Found& found, const sql::Arguments* expanded,
                                           driver::RowSource& rows, driver::ManyResult result,
                                           driver::RowSink* sink, std::size_t page) {
    const sql::Compiled& compiled = *found.compiled;
    return guarded([&] {
        Prepared& statement =
            caches().prepared.acquire(lease_, compiled, expanded, found.is_kept());
        running_.push_back(&statement);
        try {
            const auto count =
                page == 0 ? statement.statement->execute_many(rows, result, sink)
                          : execute_in_pages(*statement.statement, rows, page, result, sink);
            give_back(statement);
            return count;
        } catch (...) {
            give_back(statement);
            throw;
        }
    });
}

/// What an INSERT, UPDATE or DELETE reports beside its rows.
void ConnectionState::finish_dml(ResultCore& result, Prepared& statement,
                                 const sql::Compiled& compiled, std::span<const ValueView> values) {
    result.rowcount = statement.statement->rows_affected();
    if (compiled.kind != sql::NodeKind::insert || !compiled.key_column) return;
    if (compiled.given_key >= 0) {
        const auto position = static_cast<std::size_t>(compiled.given_key);
        if (position < values.size() && values[position].kind == Kind::int64)
            result.inserted_key = values[position].integer;
    }
    if (compiled.generated_key == sql::GeneratedKey::last_insert_id) {
        if (!result.inserted_key) result.inserted_key = driver().last_insert_id();
        result.has_key_row = compiled.key_is_result;
    } else if (compiled.generated_key == sql::GeneratedKey::returned) {
        if (statement.statement->fetch(statement.cells.data()))
            result.inserted_key = statement.cells.front().integer;
    }
}

namespace {

/// Rows behind whose values stand those that the statement has itself, the same for all rows: in
/// the SET and WHERE of an upsert, in RETURNING. Also where it has none, but its text varies.
class RowsAndConstants final : public driver::RowSource {
  public:
    RowsAndConstants(driver::RowSource& rows, std::size_t columns, const sql::Compiled& compiled,
                     const sql::Statement& statement)
        : rows_(rows), columns_(columns) {
        const auto& places = compiled.text.places;
        for (std::size_t i = 0; i < columns; ++i) {
            values_.push(Value());
            if (places[i].segment != 0 || places[i].ordinal != i)
                throw CompileError(
                    "an INSERT of a range of rows can't have parameters before its own columns: "
                    "insert the rows one by one");
        }
        values_.append(statement.values());
        arguments_ = sql::arrange(compiled, sql::collect_segments(statement.node(), values_), {});
    }

    bool next(ValueView* row) override {
        if (!rows_.next(row)) return false;
        for (std::size_t i = columns_; i < arguments_.values.size(); ++i)
            row[i] = arguments_.values[i];
        return true;
    }
    [[nodiscard]] sql::Arguments& arguments() noexcept { return arguments_; }

  private:
    driver::RowSource& rows_;
    std::size_t columns_;
    Values values_;
    sql::Arguments arguments_;  // of which those of the columns are empty
};

}  // namespace

std::int64_t ConnectionState::execute_many(const sql::Statement& statement, driver::RowSource& rows,
                                           std::size_t columns, driver::RowSink* sink,
                                           driver::ManyResult counted,
                                           std::optional<std::size_t> page_size) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    HeardMany heard(*this, statement);
    const Found found = compile(statement, sql::CompileMode::many, caches().recent);
    const sql::Compiled& compiled = *found.compiled;
    std::optional<RowsAndConstants> with_constants;
    if (compiled.varies() || compiled.text.places.size() != columns)
        with_constants.emplace(rows, columns, compiled, statement);
    if (compiled.schema_places) fill_schemas(compiled, statement, with_constants->arguments());
    const sql::Arguments* expanded = compiled.varies() ? &with_constants->arguments() : nullptr;
    driver::RowSource& source = with_constants ? *with_constants : rows;
    ensure_begun(true);
    expanded = heard.before_cursor(compiled, expanded);
    ensure_begun(true);
    const auto result = !sink                    ? driver::ManyResult::none
                        : compiled.key_is_result ? driver::ManyResult::last_insert_id
                        : compiled.returns_rows  ? driver::ManyResult::returned_rows
                                                 : counted;
    return heard.after(run_many(found, expanded, source, result, sink, page_size));
}

namespace {

/// Feeds named parameter sets to the driver in the order of the compiled statement.
class NamedSource final : public driver::RowSource {
  public:
    NamedSource(const sql::Compiled& compiled, const sql::Segments& segments,
                const std::vector<Parameters>& sets)
        : compiled_(compiled), segments_(segments), sets_(sets) {}

    bool next(ValueView* row) override {
        if (at_ == sets_.size()) return false;
        named_ = named_values(sets_[at_++]);
        const auto arguments = sql::arrange(compiled_, segments_, named_);
        std::copy(arguments.values.begin(), arguments.values.end(), row);
        return true;
    }

  private:
    const sql::Compiled& compiled_;
    const sql::Segments& segments_;
    const std::vector<Parameters>& sets_;
    sql::NamedValues named_;  // the views point into it
    std::size_t at_ = 0;
};

}  // namespace

std::int64_t ConnectionState::execute_many(const sql::Statement& statement,
                                           const std::vector<Parameters>& parameters) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    HeardMany heard(*this, statement);
    const Found found = compile(statement, sql::CompileMode::single, caches().recent);
    const sql::Compiled& compiled = *found.compiled;
    if (compiled.expanding)
        throw ArgumentError(
            "execute_many(): a statement with an IN list or literal_execute can't run with many "
            "parameter sets; execute() it for each");
    sql::Arguments filled;
    if (compiled.schema_places) fill_schemas(compiled, statement, filled);
    ensure_begun(true);
    const sql::Arguments* const text =
        heard.before_cursor(compiled, compiled.schema_places ? &filled : nullptr);
    ensure_begun(true);
    const auto segments = sql::collect_segments(statement.node(), statement.values());
    NamedSource source(compiled, segments, parameters);
    return heard.after(run_many(found, text, source, driver::ManyResult::none, nullptr));
}

void ConnectionState::run(std::string_view sql, bool writes) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (is_heard()) [[unlikely]]
        return run_heard(sql, writes);
    run_now(sql, writes);
}

void ConnectionState::run_now(std::string_view sql, bool writes) {
    ensure_begun(writes);
    if (engine_->echo()) log(sql);
    guarded([&] { driver().run(sql); });
}

// --- results -------------------------------------------------------------------------------------

bool ConnectionState::fetch_unusually(Prepared& statement) {
    const ExclusiveUse use(monitor_, "Connection");
    if (closed_) throw ResourceClosedError("the Connection of this Result is closed");
    if (ended_)
        throw ResourceClosedError("the Connection of this Result was lost, and its rows with it");
    const bool fetched = statement.statement->fetch(statement.cells.data());
    if (fetched && engine_->echoes_rows()) log_row(statement.cells);
    return fetched;
}

std::exception_ptr ConnectionState::failed_fetch(DBAPIError& error) noexcept {
    return failed(error);
}

void ConnectionState::give_back(Prepared& statement) noexcept {
    if (ended_) return;
    if (!running_.empty() && running_.back() == &statement) [[likely]]
        running_.pop_back();
    else
        running_.erase(std::remove(running_.begin(), running_.end(), &statement), running_.end());
    // R23: a child leaves alone what its parent runs
    if (caches_ && owner_.is_current()) caches_->prepared.release(statement);
}

void ConnectionState::give_back_all() noexcept {
    while (!running_.empty()) give_back(*running_.back());
}

void ConnectionState::close() noexcept {
    if (closed_) return;
    tell_of_forgotten(root());
    if (closed_) return;  // by the listener
    end();
}

void ConnectionState::end() noexcept {
    if (has_listeners_) events_->remove_all_of(this);
    give_back_all();
    // Listeners have been told, where there can be any.
    if (is_prepared(root())) end_quietly(root());
    if (closed_) return;
    transactions_.clear();
    closed_ = true;
    set_ended();
    roll_back_own();
    forget_lease();
    lease_.close();  // the pool resets what else was changed
}

/// The pool rolls back too, but not before the last of those Connections is closed that share one
/// physical connection, and the others would commit what this one left.
void ConnectionState::roll_back_own() noexcept {
    if (!owns_ || !lease_.is_valid()) return;
    try {
        if (driver().in_transaction()) driver().rollback();
    } catch (const DBAPIError& error) {
        forget_lease();
        lease_.invalidate(error.what());
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
        // R23: a child sends nothing; the lease knows what to do
    }
}

void ConnectionState::invalidate() {
    const ExclusiveUse use(monitor_, "Connection");
    if (has_listeners_) events_->remove_all_of(this);
    give_back_all();
    closed_ = true;
    set_ended();
    forget_lease();
    lease_.invalidate("Connection::invalidate() was called");
}

void ConnectionState::detach() {
    const ExclusiveUse use(monitor_, "Connection");
    check_open();
    lease_.detach();  // what driver_ and caches_ point to goes along
}

ConnectionInfo& ConnectionState::info() {
    check_open();
    return lease_.info();
}

}  // namespace azoth::inline v0::engine
