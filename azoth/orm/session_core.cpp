// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/scratch.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/unit_of_work.hpp>

namespace azoth::inline v0::orm {

SessionCore::SessionCore(Engine engine, Ref<ModelState> model, SessionOptions options)
    : engine_(std::move(engine)),
      model_(std::move(model)),
      options_(options),
      identities_(*model_),
      nursery_(*this, model_->mappers().size()),
      face_(nullptr) {}

SessionCore::~SessionCore() {
    close();
}

void SessionCore::check_open() const {
    process_.require_current("Session");
    if (closed_) throw ResourceClosedError("this Session is closed");
}

void SessionCore::check_usable() const {
    check_open();
    if (!failure_.empty())
        throw PendingRollbackError(
            "a flush of this Session failed and its transaction was rolled back: call rollback() "
            "before anything else. The error was: " +
            failure_);
}

engine::ConnectionState& SessionCore::connection() {
    check_usable();
    begin_level();
    if (!connection_) open_connection(nullptr);
    if (joined_) [[unlikely]]
        check_joined();
    return *connection_;
}

void SessionCore::open_connection(const ConnectionOptions* options) {
    if (joined_) {
        if (options) joined_->set_options(*options);
        return join();
    }
    Ref<engine::ConnectionState> opened = engine_.open(model_->lowering());
    if (options) opened->set_options(*options);
    if (options_.twophase) static_cast<void>(opened->begin_twophase({}));
    connection_ = std::move(opened);
    face_ = Connection(connection_);
}

Connection& SessionCore::public_connection() {
    (void)connection();
    return face_;
}

Connection& SessionCore::connection_with(const ConnectionOptions& options) {
    check_usable();
    begin_level();
    if (connection_)
        connection_->set_options(options);
    else
        open_connection(&options);
    return face_;
}

void SessionCore::drop_connection() noexcept {
    if (joined_) return leave_joined();
    face_.close();
    connection_ = nullptr;
}

void SessionLevel::clear() noexcept {
    number = connection_transaction = 0;
    empty_out(writes);
    empty_out(inserted);
    empty_out(deleted);
    empty_out(rekeyed);
    if (!written_by_statements.empty()) written_by_statements = {};
}

void SessionLevel::note(Slot& slot, const Attribute& attribute) {
    const void* const member = attribute.in(slot.object());
    writes.push_back(
        {&slot, &attribute, Value(attribute.ops->view(member)), attribute.ops->is_set(member)});
}

void SessionLevel::note_once(Slot& slot, const Attribute& attribute) {
    if (written_by_statements.emplace(&slot, &attribute).second) note(slot, attribute);
}

void SessionCore::note_read(Slot& slot, const Attribute& foreign_key) {
    begin_level();
    level().note_once(slot, foreign_key);
}

}  // namespace azoth::inline v0::orm
