// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_state.hpp>

#include <algorithm>
#include <array>

/// What holds for a connection and all that runs on it. Of how its transactions are begun the
/// database hears with each BEGIN, so that nothing is left to be taken back when the connection
/// returns to its pool.
namespace azoth::inline v0::engine {

void ConnectionState::set_options(const ConnectionOptions& options) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (!transactions_.empty() && are_of_transactions(options))
        throw InvalidRequestError(
            "execution_options(): this Connection has a transaction already, begun by begin() or "
            "by an earlier statement, and how that is run can't be changed any more; commit() or "
            "rollback() it first");
    own_settings_ = std::make_unique<const ExecutionSettings>(
        with_options(*settings_, options, engine_->dialect()));
    settings_ = own_settings_.get();
    note_settings();
}

void ConnectionState::note_settings() noexcept {
    runs_plainly_ = settings_->runs_plainly() && !call_options_ && !statement_schemas_;
}

void ConnectionState::set_scope(const StatementOptions* call,
                                const SchemaTranslateMap* statement) noexcept {
    call_options_ = call;
    statement_schemas_ = statement;
    note_settings();
}

/// As SQLAlchemy merges its dictionaries: a statement's options, under the connection's (with the
/// engine's), under the call's.
const SchemaTranslateMap& ConnectionState::schemas_of(const sql::Statement* statement) const {
    if (call_options_ && call_options_->schema_translate_map.is_given())
        return call_options_->schema_translate_map;
    const SchemaTranslateMap& own = settings_->options.schema_translate_map;
    if (own.is_given()) return own;
    if (statement && statement->node().options.schema_translate_map.is_given())
        return statement->node().options.schema_translate_map;
    return statement_schemas_ ? *statement_schemas_ : own;
}

void ConnectionState::fill_schemas(const sql::Compiled& compiled, const sql::Statement& statement,
                                   sql::Arguments& arguments) const {
    sql::fill_schemas(compiled, arguments, schemas_of(&statement),
                      engine_->dialect().capabilities());
}

namespace {

/// What one of those says that are asked in turn: how rows come over, and in windows of how many.
struct Said {
    template <class Options>
    explicit Said(const Options& options)
        : streams(options.yield_per ? true : options.stream_results),
          yield_per(options.yield_per),
          most(options.max_row_buffer) {}

    std::optional<bool> streams;
    std::optional<std::size_t> yield_per;
    std::optional<std::size_t> most;
};

}  // namespace

/// The call decides, else the connection, else the statement itself: each of them as a whole, so
/// that a call without stream_results is one without an engine's yield_per.
ConnectionState::Streaming ConnectionState::streaming_of(const StatementOptions& own) const {
    const std::array<Said, 3> asked = {Said(call_options_ ? *call_options_ : StatementOptions()),
                                       Said(settings_->options), Said(own)};
    Streaming streaming;
    for (const Said& said : asked) {
        if (!said.streams) continue;
        streaming.streams = *said.streams;
        if (said.yield_per) {
            streaming.yield_per = *said.yield_per;
            streaming.window = {*said.yield_per, *said.yield_per};
            return streaming;
        }
        break;
    }
    const auto buffer = std::find_if(asked.begin(), asked.end(),
                                     [](const Said& said) { return said.most.has_value(); });
    if (buffer != asked.end()) streaming.window.most = *buffer->most;
    return streaming;
}

std::string ConnectionState::isolation_level() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    return settings_->options.isolation_level.empty()
               ? ask(engine_->dialect().isolation_level_query(driver().server_version()))
               : settings_->options.isolation_level;
}

std::string ConnectionState::default_isolation_level() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    return ask(engine_->dialect().isolation_level_query(driver().server_version()));
}

/// A query of one text, which begins no transaction.
std::string ConnectionState::ask(std::string_view sql) {
    if (engine_->echo()) log(sql);
    return guarded([&] {
        static constexpr std::array results = {Kind::text};
        const auto statement =
            driver().prepare({.sql = sql, .parameters = {}, .results = results, .keep = false});
        statement->execute({});
        ValueView cell;
        std::string answer;
        if (statement->fetch(&cell)) answer = cell.text();
        statement->reset();
        return answer;
    });
}

}  // namespace azoth::inline v0::engine
