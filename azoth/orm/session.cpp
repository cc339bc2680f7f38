// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/stream_core.hpp>

#include <string>

namespace azoth::inline v0 {

using orm::Mapper;
using orm::SessionCore;
using orm::Slot;

namespace {

/// The session behind a face that was not moved from, in use by this thread alone (R19).
class Use {
  public:
    explicit Use(SessionCore& core) : core_(core), use_(core.monitor(), "Session") {}
    SessionCore* operator->() const noexcept { return &core_; }

  private:
    SessionCore& core_;
    ExclusiveUse use_;
};

SessionCore& present(const Owned<SessionCore>& core) {
    if (!core) throw ResourceClosedError("this Session was moved from");
    return *core;
}

std::vector<Slot*> of_class(const std::vector<Slot*>& slots, orm::ClassId id) {
    std::vector<Slot*> found;
    for (Slot* slot : slots)
        if (orm::mapper_of(*slot).id() == id) found.push_back(slot);
    return found;
}

/// Makes an object by `fill(memory)` and adds it. A handle on it is counted for the caller.
template <class Fill>
Slot& make_and_add(SessionCore& core, const Mapper& mapper, const Fill& fill) {
    Slot& slot = orm::object_made_by(mapper, &core.nursery(), fill);
    orm::Held held(slot);
    core.add_new(mapper, slot);
    held.hand_over();
    return slot;
}

}  // namespace

Session::Session(Engine engine, const Model& model, SessionOptions options)
    : core_(new SessionCore(std::move(engine), Ref<orm::ModelState>(&model.state()), options)) {}
Session::Session(Connection& connection, const Model& model, SessionOptions options)
    : core_(new SessionCore(connection, Ref<orm::ModelState>(&model.state()), options)) {}
Session::Session(Session&& other) noexcept = default;
Session& Session::operator=(Session&& other) noexcept = default;
Session::~Session() = default;

Slot& Session::add_new_slot(orm::ClassId id, orm::ClassName class_name,
                            void (*fill)(void* memory, const void* given), const void* given) {
    const Use core(present(core_));
    return make_and_add(*core_, core->model().mapper(id, class_name),
                        [&](void* memory) { fill(memory, given); });
}

const Parameters& orm::no_parameters() noexcept {
    static const Parameters none;
    return none;
}

Slot& Session::add_value(orm::ClassId id, orm::ClassName class_name, void* value) {
    const Use core(present(core_));
    const Mapper& mapper = core->model().mapper(id, class_name);
    return make_and_add(*core_, mapper, [&](void* memory) { mapper.ops().move(memory, value); });
}

Slot& Session::merge_value(orm::ClassId id, orm::ClassName class_name, void* value,
                           MergeOptions options) {
    Slot& given = orm::object_of_value(present(core_).model().mapper(id, class_name), value);
    const orm::Held held(given);
    return merge_slot(given, options);
}

Model Session::model() const {
    return Model(Ref<orm::ModelState>(&present(core_).model()));
}
const Engine& Session::engine() const noexcept {
    return core_->engine();
}

// --- objects -------------------------------------------------------------------------------------

void Session::add_slot(Slot& slot) {
    Use(present(core_))->add(slot);
}
void Session::delete_slot(Slot& slot) {
    Use(present(core_))->remove(slot);
}
void Session::refresh_slot(Slot& slot, const RefreshOptions* options) {
    Use(present(core_))->refresh(slot, options);
}
void Session::expire_slot(Slot& slot) {
    Use(present(core_))->expire(slot);
}
void Session::expunge_slot(Slot& slot) {
    Use(present(core_))->expunge(slot);
}
void Session::expire_all() {
    Use(present(core_))->expire_all();
}
void Session::expunge_all() {
    Use(present(core_))->expunge_all();
}

void Session::note_given_slot(Slot& slot, std::ptrdiff_t offset) {
    const Use core(present(core_));
    core->note_given(slot, core->attribute_at(slot, offset, "given<>"));
}

Slot& Session::merge_slot(Slot& given, MergeOptions options) {
    return Use(present(core_))->merge(given, options.load);
}

void Session::set_expression(Slot& slot, std::ptrdiff_t offset, const sql::Operand& value) {
    const Use core(present(core_));
    core->set_expression(slot, core->attribute_at(slot, offset, "set()"),
                         sql::to_expression(value));
}

void Session::require_mine(const Slot& slot, std::string_view call) const {
    present(core_).require_own(slot, call);
}

bool Session::has_slot(const Slot& slot) const noexcept {
    return core_ && core_->contains(slot);
}

bool Session::is_modified_slot(Slot& slot) {
    return Use(present(core_))->is_modified(slot);
}

std::vector<Slot*> Session::new_slots(orm::ClassId id) const {
    return of_class(present(core_).pending(), id);
}
std::vector<Slot*> Session::deleted_slots(orm::ClassId id) const {
    return of_class(present(core_).doomed(), id);
}
std::vector<Slot*> Session::dirty_slots(orm::ClassId id) const {
    SessionCore& core = present(core_);
    std::vector<Slot*> dirty = of_class(core.hot(), id);
    std::erase_if(dirty, [&](Slot* slot) { return !core.is_modified(*slot); });
    return dirty;
}

Slot* Session::get_slot(orm::ClassId id, orm::ClassName class_name, std::span<const ValueView> key,
                        const GetOptions* options) {
    const Use core(present(core_));
    const orm::Mapper& mapper = core->model().mapper(id, class_name);
    return options ? core->get(mapper, key, *options) : core->get(mapper, key);
}

void Session::throw_no_object(std::string_view class_name, std::span<const ValueView> key) {
    std::string values;
    for (const ValueView& value : key) values += (values.empty() ? "" : ", ") + to_display(value);
    throw NoResultFound("get_one<" + std::string(class_name) + ">(" + values +
                        "): there is no such row");
}

std::vector<LazyLoads> Session::lazy_loads() const {
    std::vector<LazyLoads> report;
    for (const auto& [relationship, count] : present(core_).lazy_loads())
        report.push_back({relationship->describe(), count.times, count.objects,
                          "selectinload<&" + relationship->describe() + ">()"});
    return report;
}

// --- statements ----------------------------------------------------------------------------------

void Session::load(const sql::Statement& statement, const Parameters& parameters,
                   ExecutionOptions options, orm::ObjectSink& sink) {
    const Use core(present(core_));
    if (options.yield_per == 0) options.yield_per = statement.node().options.yield_per.value_or(0);
    if (options.yield_per == 0) [[likely]]
        return core->load(statement, &parameters, sink, options);
    sink.set_feed(core->load_in_windows(statement, &parameters, options));
}

Owned<orm::StreamCore> Session::begin_stream(const sql::Statement& statement,
                                             const Parameters& parameters, StreamOptions options) {
    return Use(present(core_))->stream(statement, &parameters, options.yield_per);
}

engine::ResultCore Session::write_plain(const sql::Statement& statement,
                                        const Parameters& parameters, ExecutionOptions options) {
    return Use(present(core_))->write(statement, &parameters, options);
}

std::int64_t Session::write_returning(const sql::Statement& statement, const Parameters& parameters,
                                      ExecutionOptions options, orm::ObjectSink& sink) {
    return Use(present(core_))->write(statement, &parameters, options, sink);
}

std::int64_t Session::write_bulk(const sql::Statement& statement, const orm::BulkRows& rows,
                                 ExecutionOptions options, orm::ObjectSink* sink) {
    return Use(present(core_))->write_rows(statement, rows, options, sink);
}

Connection& Session::flushed_connection() {
    const Use core(present(core_));
    core->autoflush();
    return core->public_connection();
}

// --- transactions --------------------------------------------------------------------------------

Connection& Session::connection() {
    return Use(present(core_))->public_connection();
}

Connection& Session::connection(const ConnectionOptions& options) {
    return Use(present(core_))->connection_with(options);
}

void Session::prepare() {
    Use(present(core_))->prepare_transaction();
}

void Session::flush() {
    Use(present(core_))->flush();
}
void Session::commit() {
    Use(present(core_))->commit();
}
void Session::rollback() {
    Use(present(core_))->rollback();
}
bool Session::in_transaction() const noexcept {
    return core_ && core_->in_transaction();
}
bool Session::in_nested_transaction() const noexcept {
    return core_ && core_->in_nested_transaction();
}
NoAutoflush Session::no_autoflush() noexcept {
    return NoAutoflush(*core_);
}

SessionSavepoint Session::begin_nested() {
    SessionCore& core = present(core_);
    return SessionSavepoint(core, Use(core)->begin_nested());
}

void Session::reset() {
    Use(present(core_))->reset();
}
void Session::invalidate() {
    Use(present(core_))->invalidate();
}
void Session::close() noexcept {
    if (core_) core_->close();
}

void orm::detail::RowParts::throw_null(std::size_t column) {
    engine::throw_null_value("value #" + std::to_string(column + 1) + " of the row");
}

SessionSavepoint::~SessionSavepoint() {
    try {
        rollback();
    } catch (const std::exception& error) {
        core_->engine().log(LogRecord::Level::error,
                            std::string("rollback to a savepoint failed: ") + error.what(),
                            "azoth.orm");
    }
}

void SessionSavepoint::commit() {
    if (!core_) throw InvalidRequestError("commit(): this savepoint was moved from");
    Use(*core_)->commit_nested(number_);
}

void SessionSavepoint::rollback() {
    if (core_ && is_active()) Use(*core_)->rollback_nested(number_);
}

bool SessionSavepoint::is_active() const noexcept {
    return core_ && core_->is_open_savepoint(number_);
}

NoAutoflush::NoAutoflush(SessionCore& core) noexcept : core_(core) {
    core_.hold_autoflush(+1);
}
NoAutoflush::~NoAutoflush() {
    core_.hold_autoflush(-1);
}

}  // namespace azoth::inline v0
