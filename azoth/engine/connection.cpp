// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection.hpp>
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/options_scope.hpp>
#include <azoth/engine/schema_target.hpp>
#include <azoth/schema/ddl.hpp>

namespace azoth::inline v0 {

using engine::ConnectionState;

Connection::Connection(Ref<ConnectionState> state) : state_(std::move(state)) {}
Connection::Connection(Connection&& other) noexcept = default;

Connection& Connection::operator=(Connection&& other) noexcept {
    if (this != &other) {
        close();
        state_ = std::move(other.state_);
    }
    return *this;
}

Connection::~Connection() {
    close();
}

namespace {

ConnectionState& usable(const Ref<ConnectionState>& state) {
    if (!state) throw ResourceClosedError("this Connection was moved from");
    return *state;
}

/// Runs with what a call has given.
template <class Work>
auto run_with(ConnectionState& state, const StatementOptions& options, const Work& work) {
    options.check();
    const ExclusiveUse use(state.monitor(), "Connection");
    const engine::OptionsScope scope(state, options);
    return work();
}

}  // namespace

engine::ResultCore engine::Execution::run() const {
    ConnectionState& state = usable(connection.state_);
    if (!options) return state.execute(statement, parameters);
    return run_with(state, *options, [&] { return state.execute(statement, parameters); });
}

std::int64_t Connection::run_many(const sql::Statement& statement, driver::RowSource& source,
                                  std::size_t columns, driver::RowSink* sink,
                                  const InsertManyOptions* options) {
    ConnectionState& state = usable(state_);
    if (!options) return state.execute_many(statement, source, columns, sink);
    return run_with(state, {.schema_translate_map = options->schema_translate_map}, [&] {
        return state.execute_many(statement, source, columns, sink,
                                  driver::ManyResult::affected_rows,
                                  options->insertmanyvalues_page_size);
    });
}

std::int64_t Connection::execute_many(const sql::Statement& statement,
                                      const std::vector<Parameters>& parameters) {
    return usable(state_).execute_many(statement, parameters);
}

std::int64_t Connection::execute_many(const sql::Statement& statement,
                                      const std::vector<Parameters>& parameters,
                                      const StatementOptions& options) {
    ConnectionState& state = usable(state_);
    return run_with(state, options, [&] { return state.execute_many(statement, parameters); });
}

void Connection::exec_driver_sql(std::string_view sql) {
    usable(state_).run(sql, true);
}

Transaction Connection::begin() {
    ConnectionState& state = usable(state_);
    return Transaction(state_, state.begin());
}

Transaction Connection::begin_nested() {
    ConnectionState& state = usable(state_);
    return Transaction(state_, state.begin_nested());
}

Connection& Connection::execution_options(const ConnectionOptions& options) {
    usable(state_).set_options(options);
    return *this;
}
ConnectionOptions Connection::get_execution_options() const {
    return usable(state_).options();
}
std::string Connection::get_isolation_level() {
    return usable(state_).isolation_level();
}
std::string Connection::default_isolation_level() {
    return usable(state_).default_isolation_level();
}

TwoPhaseTransaction Connection::begin_twophase(std::string_view xid) {
    ConnectionState& state = usable(state_);
    return TwoPhaseTransaction(state_, state.begin_twophase(xid));
}
std::vector<std::string> Connection::recover_twophase() {
    return usable(state_).recover_twophase();
}
void Connection::commit_prepared(std::string_view xid) {
    usable(state_).commit_prepared(xid);
}
void Connection::rollback_prepared(std::string_view xid) {
    usable(state_).rollback_prepared(xid);
}

void Connection::commit() {
    ConnectionState& state = usable(state_);
    if (state.closed()) throw ResourceClosedError("this Connection is closed");
    if (state.root() != 0) state.commit(state.root());
}

void Connection::rollback() {
    ConnectionState& state = usable(state_);
    if (state.closed()) throw ResourceClosedError("this Connection is closed");
    if (state.root() != 0) state.rollback(state.root());
}

bool Connection::in_transaction() const noexcept {
    return state_ && state_->root() != 0;
}
bool Connection::in_nested_transaction() const noexcept {
    return state_ && state_->depth() > 1;
}

void Connection::close() noexcept {
    if (state_) state_->close();
}
bool Connection::closed() const noexcept {
    return !state_ || state_->closed();
}
void Connection::invalidate() {
    usable(state_).invalidate();
}
void Connection::detach() {
    usable(state_).detach();
}
ConnectionInfo& Connection::info() {
    return usable(state_).info();
}
driver::Connection& Connection::driver_connection() {
    return usable(state_).driver();
}
const Dialect& Connection::dialect() const {
    return usable(state_).engine().dialect();
}

void Connection::cancel() noexcept {
    if (state_ && !state_->closed()) state_->driver().cancel();
}

void Connection::run_ddl(const schema::Work& work) {
    (void)usable(state_);
    engine::SchemaTarget target(*this, state_->schemas_of(nullptr));
    work(target);
}

void Connection::execute(const DDL& ddl) {
    run_ddl([&](schema::Target& target) { ddl.execute_in(target); });
}

ConnectedTransaction::ConnectedTransaction(Connection connection)
    : connection_(std::move(connection)), transaction_(connection_.begin()) {}

Transaction::Transaction(Ref<ConnectionState> connection, std::uint64_t id) noexcept
    : connection_(std::move(connection)), id_(id) {}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::move(other.connection_)), id_(std::exchange(other.id_, 0U)) {}

namespace {

/// R25: a destructor rolls back and never throws; a connection on which that fails is of no more
/// use, and the pool finds that out when it gets it back.
void rollback_quietly(Ref<ConnectionState>& connection, std::uint64_t id) noexcept {
    if (id == 0 || !connection) return;
    connection->end_forgotten(id);
}

}  // namespace

Transaction& Transaction::operator=(Transaction&& other) noexcept {
    if (this == &other) return *this;
    rollback_quietly(connection_, id_);
    connection_ = std::move(other.connection_);
    id_ = std::exchange(other.id_, 0U);
    return *this;
}

Transaction::~Transaction() {
    rollback_quietly(connection_, id_);
}

void Transaction::commit() {
    if (!is_active()) throw InvalidRequestError("commit(): this transaction has ended already");
    connection_->commit(id_);
}

void Transaction::rollback() {
    if (is_active()) connection_->rollback(id_);
}

bool Transaction::is_active() const noexcept {
    return id_ != 0 && connection_ && connection_->is_active(id_);
}

}  // namespace azoth::inline v0
