// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/flush.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/open_rows.hpp>
#include <azoth/orm/session_core.hpp>

#include <algorithm>
#include <iterator>
#include <ranges>

/// The session's transaction and its boundaries (design rules R9, R14).
namespace azoth::inline v0::orm {

// --- flushing ------------------------------------------------------------------------------------

void SessionCore::flush() {
    flush_now(FlushScope::all);
}

void SessionCore::autoflush() {
    if (!options_.autoflush || flushing_ || autoflush_held_ > 0) return;
    if (pending_.empty() && doomed_.empty() && hot_.empty()) return;
    flush_now(FlushScope::hot);
}

void SessionCore::flush_now(FlushScope scope) {
    check_usable();
    if (flushing_) throw InvalidRequestError("flush(): this Session is flushing already");
    if (pending_.empty() && doomed_.empty() && hot_.empty() && imaged_.empty()) return;
    flushing_ = true;
    const struct Done {
        bool& flag;
        ~Done() { flag = false; }
    } done{flushing_};
    begin_level();
    const std::size_t writes = level().writes.size();
    flush_sent_ = false;
    try {
        flush_changes(*this, scope);
    } catch (const std::exception& error) {
        fail(error.what(), writes);
        throw;
    } catch (...) {  // a listener's
        fail("an exception that is no std::exception", writes);
        throw;
    }
}

/// A flush failed. If it had sent anything, its transaction, or the savepoint that it ran in, is
/// rolled back, and the program must say rollback() before it goes on; what the flush wrote into
/// objects is put back either way, the program's own edits stay.
void SessionCore::fail(const std::string& why, std::size_t writes_before) noexcept {
    if (!flush_sent_) return put_back_writes(levels_.back(), writes_before);
    failure_ = why.empty() ? "unknown" : why;
    end_rows(levels_.size(), "a flush that failed");
    remember_targets(levels_.back());
    for (Slot* slot : levels_.back().inserted) {
        unmap(*slot);  // while it has its key
        take_made_key(*slot);
    }
    for (Slot* slot : pending_) take_made_key(*slot);
    put_back_writes(levels_.back(), 0);
    roll_back_connection();
}

void SessionCore::roll_back_connection() noexcept {
    if (!connection_) return;
    const std::uint64_t savepoint = levels_.back().connection_transaction;
    const std::uint64_t transaction = savepoint != 0 ? savepoint : rolled_back_transaction();
    if (transaction != 0 && !roll_back_quietly(transaction) && levels_.size() == 1)
        drop_connection();
}

bool SessionCore::roll_back_quietly(std::uint64_t transaction) noexcept {
    const auto log = [this](const std::string& text) {
        try {
            engine_.log(LogRecord::Level::error, "rollback of a Session failed" + text,
                        "azoth.orm");
        } catch (...) {  // NOLINT(bugprone-empty-catch)
            // of the log's callback: nobody is left to hear of it
        }
    };
    try {
        connection_->rollback(transaction);
        return true;
    } catch (const std::exception& error) {
        log(std::string(": ") + error.what());
    } catch (...) {  // a listener's
        log("");
    }
    return false;
}

// --- commit --------------------------------------------------------------------------------------

void SessionCore::commit() {
    check_usable();
    flush_levels();
    end_rows(0, "commit()");  // first: the rows that are left needn't be put aside then
    if (connection_) {
        if (const std::uint64_t transaction = committed_transaction()) {
            try {
                if (options_.twophase) prepare_connection();
                connection_->commit(transaction);
            } catch (const std::exception& error) {
                // A second phase is tried again: others may have done theirs.
                if (!connection_->is_prepared(connection_->root())) failure_ = error.what();
                throw;
            }
        }
        drop_connection();  // back to the pool
    }
    if (!levels_.empty()) finish_deleted(levels_.front());
    levels_.clear();
    pass_boundary(options_.expire_on_commit);
}

/// Everything is in the transaction itself, and written.
void SessionCore::flush_levels() {
    while (levels_.size() > 1) commit_nested(levels_.back().number);
    flush_now(FlushScope::all);
}

void SessionCore::prepare_transaction() {
    check_usable();
    if (!options_.twophase)
        throw InvalidRequestError(
            "prepare(): this Session has no two-phase transactions; SessionOptions::twophase has "
            "it begin such ones");
    flush_levels();
    end_rows(0, "prepare()");
    try {
        if (connection_) prepare_connection();
    } catch (const std::exception& error) {
        failure_ = error.what();
        throw;
    }
}

void SessionCore::prepare_connection() {
    const std::uint64_t transaction = connection_->root();
    if (transaction != 0 && !connection_->is_prepared(transaction))
        connection_->prepare(transaction);
}

/// The rows are gone for good.
void SessionCore::finish_deleted(SessionLevel& level) {
    for (Slot* slot : level.deleted) {
        if (slot->state != ObjectState::deleted) continue;
        slot->state = ObjectState::detached;
        slot->require(attention::gone);
    }
}

// --- rollback ------------------------------------------------------------------------------------

void SessionCore::rollback() {
    check_open();
    end_rows(0, "rollback()");
    failure_.clear();
    undo_levels(0);
    if (connection_) {
        if (const std::uint64_t transaction = rolled_back_transaction()) {
            try {
                connection_->rollback(transaction);
            } catch (...) {
                drop_connection();
                pass_boundary(true);
                throw;
            }
        }
        drop_connection();
    }
    pass_boundary(true);
}

void SessionCore::put_back_writes(SessionLevel& level, std::size_t from) noexcept {
    const auto end = level.writes.rend() - static_cast<std::ptrdiff_t>(from);
    for (auto write = level.writes.rbegin(); write != end; ++write) {
        void* const member = write->attribute->in(write->slot->object());
        if (write->was_set)
            write->attribute->ops->assign(member, write->before.view());
        else
            write->attribute->ops->reset(member);
        if (write->attribute->foreign) put_back_base(*write->slot, *write->attribute);
    }
    level.writes.erase(level.writes.begin() + static_cast<std::ptrdiff_t>(from),
                       level.writes.end());
    if (from == 0) level.written_by_statements.clear();
}

/// Of an object whose INSERT is undone.
void SessionCore::take_made_key(Slot& slot) noexcept {
    if (!slot.is(mark::key_made)) return;
    slot.clear(mark::key_made);
    for (const Attribute* key : mapper_of(slot).key())
        if (key->generated) key->ops->reset(key->in(slot.object()));
}

/// A foreign key tells what an object leads to, even while the object is expired. A zero that can't
/// refer to anything was never in the row.
void SessionCore::put_back_base(Slot& slot, const Attribute& foreign_key) noexcept {
    if (!slot.image || !foreign_key.ops->is_set(foreign_key.in(slot.object()))) return;
    if (!foreign_key.ops->accepts_null && foreign_key.is_unset(slot.object())) return;
    slot.slab->arena().store((*slot.image)[foreign_key.index], foreign_key.view(slot.object()));
}

/// All levels from `first` on.
void SessionCore::undo_levels(std::size_t first) noexcept {
    for (std::size_t i = first; i < levels_.size(); ++i) remember_targets(levels_[i]);
    std::vector<std::pair<Slot*, Key>> rekeyed = take_rekeyed(first);
    for (const auto& entry : rekeyed) unmap(*entry.first);
    std::vector<Slot*> fresh;
    while (levels_.size() > first) {
        undo(levels_.back(), fresh);
        levels_.pop();
    }
    for (const auto& [slot, key] : rekeyed) restore_key(*slot, key);
    for (const auto& entry : rekeyed)
        if (entry.first->state == ObjectState::persistent) map(*entry.first);
    for (Slot* slot : fresh) renew_links(*slot);
}

/// The last first.
std::vector<std::pair<Slot*, Key>> SessionCore::take_rekeyed(std::size_t first) noexcept {
    std::vector<std::pair<Slot*, Key>> all;
    for (std::size_t i = levels_.size(); i-- > first;)
        for (auto& entry : std::views::reverse(levels_[i].rekeyed)) all.push_back(std::move(entry));
    return all;
}

/// What an object leads to is forgotten when it expires, and can't be read again when its row is
/// gone; but until it is put back its foreign key tells.
void SessionCore::remember_targets(const SessionLevel& level) const {
    for (const FlushWrite& write : level.writes) {
        if (!write.attribute->foreign) continue;
        for (const auto& relationship : mapper_of(*write.slot).relationships()) {
            Link& link = LinkAccess::of(*write.slot, *relationship);
            if (relationship->is_many || LinkAccess::is_loaded(link)) continue;
            if (Slot* const target = peek_target(*write.slot, *relationship))
                LinkAccess::set_loaded_target(link, target);
        }
    }
}

namespace {

bool is_new(const Slot& slot) {
    return slot.state == ObjectState::transient || slot.state == ObjectState::pending;
}

/// Two new objects want it: it says itself where it belongs.
bool leads_to_another(const Slot& item, const Relationship& one, const Slot& owner) {
    const Slot* const target =
        one.is_many ? nullptr : LinkAccess::target(LinkAccess::of(item, one));
    return target && target != &owner && is_new(*target);
}

}  // namespace

/// Of an object that is new again, because its INSERT is rolled back: it keeps its links, and they
/// are written when it is added again. New objects at the other end know them too; those with a row
/// show what the row says until then (R14).
void SessionCore::renew_links(Slot& slot) noexcept {
    if (slot.state != ObjectState::transient) return;
    for (const auto& relationship : mapper_of(slot).relationships()) {
        const Relationship* const reverse = relationship->reverse;
        LinkAccess::renew(LinkAccess::of(slot, *relationship), [&](Slot& other) {
            if (!reverse) return true;
            if (other.state == ObjectState::deleted || other.state == ObjectState::detached)
                return false;
            if (!is_new(other))
                slot.set(mark::passed_over);  // tells the other when it is added
            else if (leads_to_another(other, *reverse, slot))
                return false;
            else  // a collection that was never loaded has forgotten by the flush what was added
                LinkAccess::attach(LinkAccess::of(other, *reverse), slot);
            return true;
        });
    }
}

/// What the level did to objects, backwards: those that it inserted are transient again, those that
/// it deleted are back.
void SessionCore::undo(SessionLevel& level, std::vector<Slot*>& fresh) noexcept {
    for (Slot* slot : level.inserted) {
        const bool has_left =
            slot->state != ObjectState::persistent && slot->state != ObjectState::deleted;
        if (!has_left) unmap(*slot);  // while it has its key
        take_made_key(*slot);
        if (has_left) continue;
        become_transient(*slot);
        fresh.push_back(slot);
    }
    put_back_writes(level, 0);
    // They are of this level: a savepoint begins and ends with a flush.
    for (Slot* slot : pending_) {
        become_transient(*slot);
        fresh.push_back(slot);
    }
    pending_.clear();
    given_.clear();
    for (Slot* slot : level.deleted) {
        if (slot->state != ObjectState::deleted) continue;
        slot->state = ObjectState::persistent;
        map(*slot);
    }
    for (Slot* slot : doomed_) slot->clear(mark::doomed);
    doomed_.clear();
    for (auto& [slot, expressions] : expressions_)
        const_cast<Slot*>(slot)->clear(mark::has_expressions);
    expressions_.clear();
}

void SessionCore::become_transient(Slot& slot) noexcept {
    slot.state = ObjectState::transient;
    slot.image = nullptr;  // its memory stays with the slab
    if (slot.is(mark::imaged)) std::erase(imaged_, &slot);
    if (slot.is(mark::hot)) std::erase(hot_, &slot);
    slot.marks = 0;
    slot.attention = 0;
}

/// Of an object that is not mapped. One that is new again keeps the key that the program gave it.
void SessionCore::restore_key(Slot& slot, const Key& key) noexcept {
    if (slot.state != ObjectState::persistent) return;
    unmap(slot);  // it was deleted later, and is back
    const Mapper& mapper = mapper_of(slot);
    const KeyView before = key.view();
    Image& image = image_of(slot);
    for (std::size_t i = 0; i < before.size(); ++i) {
        const Attribute& attribute = *mapper.key()[i];
        attribute.ops->assign(attribute.in(slot.object()), before[i]);
        slot.slab->arena().store(image[attribute.index], before[i]);
    }
}

// --- savepoints ----------------------------------------------------------------------------------

std::uint64_t SessionCore::begin_nested() {
    check_usable();
    flush_now(FlushScope::all);
    engine::ConnectionState& state = connection();
    const std::uint64_t transaction = state.begin_nested();
    levels_.push();
    levels_.back().connection_transaction = transaction;
    return levels_.back().number = ++last_savepoint_;
}

std::size_t SessionCore::level_of(std::uint64_t savepoint) const noexcept {
    for (std::size_t i = 1; i < levels_.size(); ++i)
        if (levels_[i].number == savepoint) return i;
    return 0;
}

bool SessionCore::is_open_savepoint(std::uint64_t savepoint) const noexcept {
    return savepoint != 0 && level_of(savepoint) != 0;
}

void SessionCore::commit_nested(std::uint64_t savepoint) {
    check_usable();
    const std::size_t at = level_of(savepoint);
    if (at == 0) throw InvalidRequestError("commit(): this savepoint has ended already");
    while (levels_.size() > at + 1) commit_nested(levels_.back().number);
    flush_now(FlushScope::all);
    connection().commit(levels_.back().connection_transaction);
    SessionLevel done = std::move(levels_.back());
    levels_.pop();
    for (OpenRows* rows : open_rows_) rows->leave_levels(levels_.size());
    SessionLevel& outer = levels_.back();
    const auto append = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    };
    append(outer.writes, done.writes);
    append(outer.inserted, done.inserted);
    append(outer.deleted, done.deleted);
    append(outer.rekeyed, done.rekeyed);
}

void SessionCore::rollback_nested(std::uint64_t savepoint) {
    check_open();
    const std::size_t at = level_of(savepoint);
    if (at == 0) return;
    end_rows(at + 1, "the rollback to a savepoint that it was begun in");
    const std::uint64_t transaction = levels_[at].connection_transaction;
    undo_levels(at);
    failure_.clear();
    const bool is_active = connection_ && connection_->is_active(transaction);
    try {
        if (is_active) connection_->rollback(transaction);
    } catch (...) {
        pass_boundary(true);
        throw;
    }
    pass_boundary(true);
}

// --- boundaries ----------------------------------------------------------------------------------

/// Everything of the ended transaction is to be read again, and nothing loaded points at anything.
void SessionCore::expire_persistent() noexcept {
    std::vector<Slot*> leaving;
    for (Region* region = first_region(); region; region = region->next())
        region->for_each([&](Slot& slot) {
            if (slot.state != ObjectState::persistent) return;
            expire_links(slot, leaving);
            expire_columns(slot);
        });
    for (Slot* slot : leaving) leave_pending(*slot);
}

void SessionCore::expire_all() {
    check_open();
    expire_persistent();
}

void SessionCore::forget_watched() noexcept {
    for (Slot* slot : hot_) slot->clear(mark::hot);
    hot_.clear();
    imaged_.clear();
}

/// After a savepoint: what the levels around it are to put back must stay.
void SessionCore::mark_noted(bool noted) noexcept {
    const auto mark_one = [noted](Slot& slot) {
        noted ? slot.set(mark::visited) : slot.clear(mark::visited);
    };
    for (SessionLevel& each : levels_) {
        for (const auto* slots : {&each.inserted, &each.deleted})
            for (Slot* slot : *slots) mark_one(*slot);
        for (const FlushWrite& write : each.writes) mark_one(*write.slot);
        for (const auto& entry : each.rekeyed) mark_one(*entry.first);
    }
}

/// Frees what nobody can reach: regions without a handle and, where all loaded links were dropped,
/// also single slabs of the others. \param expires what is left is to be read again
void SessionCore::pass_boundary(bool expires) noexcept {
    nursery_.retire();
    siblings_.pass_boundary();
    mark_noted(true);
    forget_watched();
    free_unheld_regions();
    if (expires) {
        expire_persistent();
        forget_watched();  // undone links have put some on the lists again
        split_regions();
    }
    mark_noted(false);
    for (Region* region = first_region(); region; region = region->next())
        region->for_each([this](Slot& slot) {
            if (slot.is(mark::imaged)) imaged_.push_back(&slot);
            if (slot.state == ObjectState::persistent && slot.image) slot.require(attention::cold);
        });
}

namespace {

/// Something in it is still to be written, or in the hands of a running iteration.
bool is_busy(Region& region) noexcept {
    if (region.is_pinned()) return true;
    bool busy = false;
    region.for_each([&](const Slot& slot) {
        busy = busy || slot.state == ObjectState::pending || slot.state == ObjectState::deleted ||
               slot.is(mark::doomed | mark::linked | mark::visited);
    });
    return busy;
}

bool is_unheld(Region& region) noexcept {
    return !region.has_handles() && !is_busy(region);
}

}  // namespace

/// Of an object whose memory is about to go.
void SessionCore::forget_freed(Slot& slot) noexcept {
    siblings_.unlist(slot);
    unmap(slot);
}

/// Where no handle exists: everything goes but what is busy. Each object is looked at and destroyed
/// while it is at hand, and the identity map is written anew with what is left.
void SessionCore::free_idle_regions() noexcept {
    identities_.clear();
    siblings_.clear();
    for (Region* region = first_region(); region;) {
        Region* const next = region->next();
        if (is_busy(*region))
            region->for_each([this](Slot& slot) {
                if (slot.is(mark::mapped)) map(slot);
            });
        else
            (void)Region::destroy_unless_held(*region);
        region = next;
    }
}

void SessionCore::free_unheld_regions() noexcept {
    bool any_held = false;
    for (Region* region = first_region(); region && !any_held; region = region->next())
        any_held = region->has_handles();
    if (!any_held) return free_idle_regions();
    for (Region* region = first_region(); region;) {
        Region* const next = region->next();
        if (is_unheld(*region)) {
            region->for_each([this](Slot& slot) { forget_freed(slot); });
            (void)Region::destroy_unless_held(*region);
        }
        region = next;
    }
}

namespace {

/// Its objects point at nobody any more, and it isn't a single slab that stays.
bool can_split(Region& region) noexcept {
    if (region.is_one_held_slab()) return false;
    bool transients = false;  // they point at others, and nothing makes them let go
    region.for_each(
        [&](const Slot& slot) { transients = transients || slot.state == ObjectState::transient; });
    return !transients && !is_busy(region);
}

}  // namespace

void SessionCore::split_regions() noexcept {
    for (Region* region = first_region(); region;) {
        Region* const next = region->next();
        if (can_split(*region)) Region::split(*region, [this](Slot& slot) { forget_freed(slot); });
        region = next;
    }
}

void SessionCore::expunge_all() {
    check_open();
    release_objects();
}

/// The session knows no object any more; those that somebody holds live on by themselves.
void SessionCore::release_objects() noexcept {
    nursery_.retire();
    siblings_.pass_boundary();
    siblings_.clear();
    identities_.clear();
    pending_.clear();
    given_.clear();
    doomed_.clear();
    hot_.clear();
    imaged_.clear();
    expressions_.clear();
    for (SessionLevel& each : levels_) {
        each.writes.clear();
        each.inserted.clear();
        each.deleted.clear();
        each.rekeyed.clear();
        each.written_by_statements.clear();
    }
    const auto release = [](Slot& slot) {
        if (slot.state == ObjectState::pending)
            slot.state = ObjectState::transient;
        else if (slot.state != ObjectState::transient)
            slot.state = ObjectState::detached;
        slot.marks = slot.marks & mark::passed_over;
        slot.attention = slot.attention & (attention::gone | attention::read_only);
    };
    while (Region* region = first_region()) {
        if (region->has_handles()) region->for_each(release);
        region->set_owner(nullptr);
    }
}

/// As a rollback for objects, but what they show stays readable. \param call that does it
void SessionCore::let_go(const char* call) noexcept {
    end_rows(0, call);
    if (joined_) roll_back_joined_savepoints();
    if (process_.is_current()) undo_levels(0);
    drop_connection();  // rolls back what is open
    release_objects();
    failure_.clear();
}

void SessionCore::reset() {
    check_open();
    let_go("reset()");
}

void SessionCore::invalidate() {
    check_open();
    end_rows(0, "invalidate()");
    if (connection_) connection_->invalidate();
    let_go("invalidate()");
}

void SessionCore::close() noexcept {
    if (closed_) return;
    closed_ = true;
    let_go("close()");
}

}  // namespace azoth::inline v0::orm
