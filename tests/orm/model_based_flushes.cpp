// SPDX-License-Identifier: MIT
#include "model_based_numbers.hpp"
#include <azoth/orm/inspect.hpp>

#include <algorithm>

// Flushes, asked for or not, and those that are to fail.

namespace model_based {

/// Does what may flush before. Whether it did is seen by what was sent: what it then does is for
/// the reference to say.
bool World::attempt(const std::function<void()>& call) {
    if (!succeeds(call)) return false;
    if (sent_.writes || sent_.warns) note_flush();
    return true;
}

/// Flushes for certain.
bool World::flush(const std::function<void()>& call) {
    if (!succeeds(call)) return false;
    note_flush();
    return true;
}

/// False where its flush failed, as it had to.
bool World::succeeds(const std::function<void()>& call) {
    sent_ = {};
    try {
        call();
        return true;
    } catch (const FlushError& error) {
        fail(error.what(), true);
    } catch (const CircularDependencyError& error) {
        fail(error.what(), true);
    } catch (const IntegrityError& error) {
        fail(error.what(), false);
    }
    return false;
}

void World::note_flush() {
    const Problem expected = reference_.problem();
    require(expected == Problem::none || expected == Problem::uncertain,
            "the flush succeeds, but can't");
    reference_.flush();
    learn_keys();
}

/// The keys that the database has made.
void World::learn_keys() {
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        Object& object = reference_.at(i);
        if (object.state != State::persistent || !object.key.empty()) continue;
        object.key = with(i, [](const auto& p) { return text_of(p.read().id); });
        require(!object.key.empty(), called(i) + " has no key after the flush");
        reference_.database().rows.at(object.row).key = object.key;
    }
}

bool World::is_unloaded(int number, std::string_view relationship) {
    const std::vector<std::string> unloaded =
        with(number, [](const auto& p) { return inspect(p).unloaded(); });
    return std::find(unloaded.begin(), unloaded.end(), relationship) != unloaded.end();
}

/// Before a rollback down to the level: what new objects have forgotten since they were expired,
/// and what nothing else tells of.
void World::forget_unloaded(int level) {
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        const Object& object = reference_.at(i);
        const bool has_row = object.state == State::persistent || object.state == State::deleted;
        if (!has_row || object.inserted_at < level) continue;
        forget_unloaded_pairs(i);
        forget_unloaded_items(i, level);
        forget_unloaded_target(i);
    }
}

namespace {

/// The member that leads to many of the kind.
const char* collection_of(Kind kind) {
    switch (kind) {
        case Kind::player: return "players";
        case Kind::fan: return "fans";
        case Kind::tag: return "tags";
        default: return "children";
    }
}

}  // namespace

/// Of pairs that stand in rows only, where the collection isn't loaded; and of those with an object
/// that was deleted meanwhile, which a collection that was loaded after that doesn't show.
void World::forget_unloaded_pairs(int number) {
    Object& object = reference_.at(number);
    if (object.kind != Kind::player && object.kind != Kind::tag) return;
    const bool is_player = object.kind == Kind::player;
    const bool unloaded = is_unloaded(number, is_player ? "tags" : "players");
    std::erase_if(object.many, [&](int other) {
        if (object.added.count(other) != 0) return false;
        const Object& item = reference_.at(other);
        if (item.state == State::deleted) return !knows(number, other);
        return unloaded &&
               reference_.database().pairs.count(is_player ? std::pair(object.row, item.row)
                                                           : std::pair(item.row, object.row)) != 0;
    });
}

/// Of rows that refer to it, and stay when it is gone: only the collection that isn't loaded knew.
void World::forget_unloaded_items(int number, int level) {
    Object& object = reference_.at(number);
    std::erase_if(object.many, [&](int other) {
        const Object& item = reference_.at(other);
        const bool is_pair = item.kind == Kind::tag || object.kind == Kind::tag;
        const bool stays = (item.state == State::persistent || item.state == State::deleted) &&
                           item.inserted_at < level;
        if (is_pair || !stays) return false;
        if (item.state == State::deleted) return !knows(number, other);
        return is_unloaded(number, collection_of(item.kind)) &&
               reference_.database().rows.at(item.row).one == object.row;
    });
}

/// Its collection is loaded, and has the item.
bool World::knows(int number, int item) {
    bool has = false;
    if (is_held(number) && !is_unloaded(number, collection_of(reference_.at(item).kind)))
        with_many(number, reference_.at(item).kind,
                  [&]<class T>(Many<T>& many) { has = many.contains(as<T>(item)); });
    return has;
}

/// It has loaded what it leads to, and leads to something.
bool World::shows_one(int number) {
    return !is_unloaded(number, "one") && with(number, []<class T>(const Ptr<T>& p) {
        if constexpr (has_one<T>) return inspect(p).expired() || p->one != nullptr;
        return false;
    });
}

/// A foreign key tells what an object led to, but not if that was deleted meanwhile, nor if it has
/// another key since the object was deleted.
void World::forget_unloaded_target(int number) {
    Object& object = reference_.at(number);
    const int target = object.one;
    if (target == nothing) return;
    const bool is_there = reference_.at(target).state == State::persistent;
    const bool follows = object.state == State::persistent;
    if (is_there && (follows || reference_.key_in_database(target) == object.foreign_key)) return;
    if (follows ? !is_unloaded(number, "one") : shows_one(number)) return;
    object.one = nothing;
    if (object.kind == Kind::team || !is_held(target)) return;
    if (!knows(target, number)) reference_.at(target).many.erase(number);
}

/// R14: after a rollback a new object that was expired shows what was last seen, which may be an
/// edit that was discarded.
void World::learn_names() {
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        Object& object = reference_.at(i);
        if (object.state != State::transient || !object.expired) continue;
        object.name = with(i, [](const auto& p) { return p.read().name; });
        object.expired = false;
    }
}

/// R14: likewise what it leads to, where a statement has written that and nothing shows it since.
void World::learn_moved() {
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        Object& object = reference_.at(i);
        if (object.state != State::transient || !object.moved) continue;
        object.moved = false;
        learn_moved(i);
    }
}

void World::learn_moved(int number) {
    const int expected = reference_.at(number).one;
    const int found = with(number, [&]<class T>(const Ptr<T>& p) {
        if constexpr (has_one<T>) return number_of(p->one.get());
        return nothing;
    });
    if (found == expected) return;
    reference_.at(number).one = found;
    if (expected != nothing && is_held(expected) && !knows(expected, number))
        reference_.at(expected).many.erase(number);
}

void World::learn_after_rollback() {
    learn_names();
    learn_moved();
}

void World::fail(const std::string& message, bool refused) {
    const Problem expected = reference_.problem();
    require(expected != Problem::none, "a flush fails: " + message);
    require(expected != Problem::refused || refused, "the database was asked: " + message);
    did_ += " -> " + message.substr(0, message.find('\n'));
    check_failed_flush(sent_.writes);
    roll_back();
}

/// R14: the program's edits stay, what flush wrote is put back, and the session waits for a
/// rollback where something was sent.
void World::check_failed_flush(bool wrote) {
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        if (!is_held(i) || reference_.at(i).state != State::pending) continue;
        check_columns(i, false);
        with(i, [&](const auto& p) {
            require(session_->contains(p), called(i) + " left the session by a failed flush");
        });
    }
    try {
        session_->flush();
    } catch (const PendingRollbackError&) {
        return require(wrote, "nothing was sent, but the session waits for a rollback");
    } catch (const Error&) {  // a FlushError, or of a circle
        return require(!wrote, "the session goes on after a flush that failed in the middle");
    }
    require(false, "the flush succeeds at the second attempt");
}

/// The innermost level.
void World::roll_back() {
    const int level = reference_.depth();
    forget_unloaded(level);
    if (savepoints_.empty()) {
        session_->rollback();
    } else {
        savepoints_.back().rollback();
        savepoints_.pop_back();
    }
    reference_.rollback(level);
    learn_after_rollback();
    check_database();
}

/// As their destructors do.
void World::roll_back_savepoints() {
    while (!savepoints_.empty()) {
        forget_unloaded(reference_.depth());
        savepoints_.pop_back();
        reference_.rollback(reference_.depth());
        learn_after_rollback();
    }
}

void World::commit() {
    did_ = "commit";
    const bool done = flush([&] { session_->commit(); });
    if (!done) return;
    savepoints_.clear();
    reference_.commit();
    check_database();
}

void World::begin_nested() {
    if (savepoints_.size() >= 3) return;
    did_ = "begin_nested";
    const bool done = flush([&] { savepoints_.push_back(session_->begin_nested()); });
    if (done) reference_.begin_nested();
}

void World::release() {
    if (savepoints_.empty()) return;
    did_ = "release";
    if (!flush([&] { savepoints_.back().commit(); })) return;
    savepoints_.pop_back();
    reference_.release();
}

/// New objects will show what they lead to; those are known by their handles.
void World::hold_linked() {
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        const Object& object = reference_.at(i);
        if (object.state == State::persistent && object.inserted_at == nothing) continue;
        for (const int other : reference_.related(i))
            if (reference_.at(other).state == State::persistent) hold(other);
    }
}

/// Some handles to what is detached now are kept, for misuse.
void World::reopen(const Step& step) {
    did_ = "reopen";
    roll_back_savepoints();
    hold_linked();
    forget_unloaded(0);
    reference_.close();
    session_->close();
    learn_after_rollback();
    std::set<int> linked;  // by new objects, which would show them without a handle
    for (const Object& object : reference_.objects()) {
        if (object.state != State::transient) continue;
        linked.insert(object.one);
        linked.insert(object.many.begin(), object.many.end());
    }
    for (int i = 0; i < static_cast<int>(handles_.size()); ++i)
        if (is_held(i) && reference_.at(i).state == State::detached && linked.count(i) == 0 &&
            (static_cast<std::uint32_t>(i) + step.a) % 4 != 0)
            drop(i);
    references_.clear();
    session_ = std::make_unique<Session>(engine_, model_);
    check_database();
}

}  // namespace model_based
