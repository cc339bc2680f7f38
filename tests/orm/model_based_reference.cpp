// SPDX-License-Identifier: MIT
#include "model_based_reference.hpp"

#include <algorithm>

namespace model_based {

const char* name_of(Kind kind) {
    static constexpr const char* names[] = {"country", "team", "player", "fan", "tag", "node"};
    return names[static_cast<int>(kind)];
}

const char* name_of(State state) {
    static constexpr const char* names[] = {"transient", "pending", "persistent", "deleted",
                                            "detached"};
    return names[static_cast<int>(state)];
}

int Reference::target_of(Kind kind) {
    switch (kind) {
        case Kind::team: return static_cast<int>(Kind::country);
        case Kind::player:
        case Kind::fan: return static_cast<int>(Kind::team);
        case Kind::node: return static_cast<int>(Kind::node);
        default: return nothing;
    }
}

// --- what is seen --------------------------------------------------------------------------------

bool Reference::is_in_session(int number) const {
    const State state = at(number).state;
    return state == State::pending || state == State::persistent;
}

std::set<int> Reference::many(int owner, Kind kind) const {
    std::set<int> found = at(owner).many;
    std::erase_if(found, [&](int item) { return at(item).kind != kind; });
    return found;
}

int Reference::object_of_row(int row) const {
    if (row == nothing) return nothing;
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i)
        if (at(i).row == row && at(i).state == State::persistent) return i;
    return nothing;
}

int Reference::find(Kind kind, const std::string& key) const {
    for (const auto& [number, row] : database_.rows)
        if (row.kind == kind && row.key == key) return object_of_row(number);
    return nothing;
}

bool Reference::is_changed(int number) const {
    const Object& object = at(number);
    if (object.state != State::persistent) return object.state == State::pending;
    const Row& row = database_.rows.at(object.row);
    return object.name != row.name || object.key != row.key;
}

// --- adding and linking --------------------------------------------------------------------------

int Reference::make(Kind kind, std::string key, std::string name) {
    const bool given = !key.empty();
    objects_.push_back(
        {.kind = kind, .key = std::move(key), .name = std::move(name), .given = given});
    return static_cast<int>(objects_.size()) - 1;
}

void Reference::touch(int number) {
    if (number != nothing) at(number).linked = true;
}

void Reference::add(int number) {
    if (at(number).state == State::persistent) at(number).doomed = false;
    cascade_add(number);
}

/// What the object's relationships lead to.
std::set<int> Reference::related(int number) const {
    std::set<int> found = at(number).many;
    if (at(number).one != nothing) found.insert(at(number).one);
    return found;
}

bool Reference::stands_above(int candidate, int node) const {
    std::set<int> seen;
    std::vector<int> waiting{node};
    while (!waiting.empty()) {
        const int next = waiting.back();
        waiting.pop_back();
        if (next == candidate) return true;
        if (!seen.insert(next).second) continue;
        if (at(next).one != nothing) waiting.push_back(at(next).one);
        for (int i = 0; i < static_cast<int>(objects_.size()); ++i)
            if (at(i).many.count(next) != 0) waiting.push_back(i);
    }
    return false;
}

/// The object and all transient ones that it leads to.
void Reference::cascade_add(int number) {
    std::vector<int> fresh;
    std::set<int> seen{number};
    if (at(number).state == State::transient) fresh.push_back(number);
    const auto find = [&](int from) {
        for (const int other : related(from))
            if (at(other).state == State::transient && seen.insert(other).second)
                fresh.push_back(other);
    };
    find(number);
    for (std::size_t i = 0; i < fresh.size(); ++i) find(fresh[i]);
    for (const int each : fresh) enter(each);
}

void Reference::enter(int number) {
    at(number).state = State::pending;
    tell_linked(number);
}

/// Those that it leads to know it again.
void Reference::tell_linked(int number) {
    const int target = at(number).one;
    if (target != nothing && at(number).kind != Kind::team && at(target).state != State::deleted)
        at(target).many.insert(number);
    const std::set<int> items = at(number).many;
    for (const int item : items) {
        if (at(item).state == State::deleted) continue;
        if (at(number).kind == Kind::player || at(number).kind == Kind::tag)
            at(item).many.insert(number);
        else
            lead_to(item, number);
        touch(item);
    }
    touch(target);
}

bool Reference::may_add(int number) const {
    std::set<int> fresh;
    std::vector<int> waiting{number};
    while (!waiting.empty()) {
        const int next = waiting.back();
        waiting.pop_back();
        if (next != number && !fresh.insert(next).second) continue;
        for (const int other : related(next)) {
            if (at(other).state == State::detached && at(next).state == State::transient)
                return false;
            if (at(other).state == State::transient && fresh.count(other) == 0)
                waiting.push_back(other);
        }
    }
    return true;
}

/// A new player without a team is not wanted any more.
void Reference::let_go(int number) {
    if (at(number).kind == Kind::player && at(number).state == State::pending)
        at(number).state = State::transient;
}

/// The end of the target forgets the link.
void Reference::detach(int owner, int target) {
    if (target == nothing) return;
    at(target).many.erase(owner);
    touch(target);
}

/// Both ends of `owner.one = target`, and the former target.
void Reference::lead_to(int owner, int target) {
    const int former = at(owner).one;
    if (former != target) {
        detach(owner, former);
        if (former != nothing && at(former).state == State::deleted) at(owner).left = former;
    }
    at(owner).one = target;
    if (target != nothing && at(owner).kind != Kind::team) at(target).many.insert(owner);
    touch(owner);
    touch(target);
}

void Reference::set_one(int owner, int target) {
    const int former = at(owner).one;
    touch(owner);
    if (former != target) lead_to(owner, target);
    if (target == nothing && former != nothing)
        let_go(owner);
    else if (target != nothing && is_in_session(owner) && at(target).state == State::transient)
        cascade_add(target);
}

void Reference::add_to(int target, int owner) {
    for (const int each : {owner, at(owner).one, target}) touch(each);
    if (at(target).many.count(owner) == 0) lead_to(owner, target);
    if (is_in_session(target) && at(owner).state == State::transient) cascade_add(owner);
}

void Reference::remove_from(int target, int owner) {
    detach(owner, target);
    if (at(owner).one == target) at(owner).one = nothing;
    if (at(owner).state == State::deleted) at(owner).taken_from = target;
    touch(owner);
    let_go(owner);
}

void Reference::add_other(int owner, int item, bool is_loaded) {
    if (!is_loaded || at(owner).many.count(item) == 0) {
        at(owner).added.insert(item);
        at(item).added.insert(owner);
    }
    if (at(owner).many.insert(item).second) at(item).many.insert(owner);
    touch(owner);
    touch(item);
    if (is_in_session(owner) && at(item).state == State::transient) cascade_add(item);
}

void Reference::remove_other(int owner, int item) {
    at(owner).many.erase(item);
    at(item).many.erase(owner);
    at(owner).added.erase(item);
    at(item).added.erase(owner);
    touch(owner);
    touch(item);
}

void Reference::doom(int number) {
    at(number).doomed = true;
}

void Reference::write_one(int owner, int target) {
    database_.rows.at(at(owner).row).one = target == nothing ? nothing : at(target).row;
    if (at(owner).one != nothing) at(at(owner).one).many.erase(owner);
    at(owner).one = target;
    if (target != nothing) at(target).many.insert(owner);
    at(owner).expired = at(owner).moved = at(owner).inserted_at != nothing;
}

void Reference::delete_by_criteria(int number) {
    const int parent = database_.rows.at(at(number).row).one;
    at(number).foreign_key = parent == nothing ? "" : database_.rows.at(parent).key;
    if (at(number).one != nothing) at(at(number).one).many.erase(number);
    delete_row(number);
}

// --- taking back ---------------------------------------------------------------------------------

/// A persistent object becomes what its row says.
void Reference::read_row(int number) {
    Object& object = at(number);
    const Row& row = database_.rows.at(object.row);
    object.key = row.key;
    object.name = row.name;
    object.linked = false;
    object.expired = object.inserted_at != nothing;
    read_links(number);
}

void Reference::read_links(int number) {
    for (Object& other : objects_)
        if (other.taken_from == number) {
            other.taken_from = nothing;
            other.one = number;
        }
    const int left = std::exchange(at(number).left, nothing);
    if (left != nothing && at(left).state == State::deleted) at(left).many.insert(number);
    at(number).one = object_of_row(database_.rows.at(at(number).row).one);
    at(number).many = many_by_rows(number);
}

/// The objects of the rows that refer to its row.
std::set<int> Reference::many_by_rows(int number) const {
    std::set<int> found;
    const int here = at(number).row;
    if (here == nothing || at(number).kind == Kind::country) return found;
    for (const auto& [row, columns] : database_.rows)
        if (columns.one == here) found.insert(object_of_row(row));
    for (const auto& [player, tag] : database_.pairs) {
        if (player == here) found.insert(object_of_row(tag));
        if (tag == here) found.insert(object_of_row(player));
    }
    return found;
}

/// Its One leads where its row says, and the ends of that know it.
void Reference::take_back_one(int number) {
    const bool persists = at(number).state == State::persistent;
    const int by_row = persists ? object_of_row(database_.rows.at(at(number).row).one) : nothing;
    const int present = at(number).one;
    if (present == by_row) return;
    if (present != nothing && is_in_session(present)) at(present).many.erase(number);
    if (by_row != nothing && at(number).kind != Kind::team) at(by_row).many.insert(number);
    at(number).one = by_row;
    at(number).expired = at(number).inserted_at != nothing;
}

void Reference::forget_added(int number) {
    for (const int other : at(number).added) at(other).added.erase(number);
    at(number).added.clear();
}

/// R14: what was linked with the object since the last flush is undone on both sides, and objects
/// that are new in its collections leave the session. Objects that are not in it keep what they
/// know.
void Reference::undo_links(int number) {
    forget_added(number);
    take_back_one(number);
    const std::set<int> before = many_by_rows(number);
    const std::set<int> now = at(number).many;
    const bool has_pairs = at(number).kind == Kind::player || at(number).kind == Kind::tag;
    for (const int item : now) {
        if (before.count(item) != 0 || !is_in_session(item)) continue;
        if (has_pairs)
            at(item).many.erase(number);
        else
            take_back_one(item);
        if (at(item).state == State::pending) leaving_.insert(item);
    }
    for (const int item : before) {
        if (now.count(item) != 0 || !is_in_session(item)) continue;
        if (has_pairs)
            at(item).many.insert(number);
        else
            take_back_one(item);
    }
}

void Reference::expire(const std::set<int>& numbers) {
    for (const int number : numbers) undo_links(number);
    for (const int number : leaving_) at(number).state = State::transient;
    leaving_.clear();
    for (const int number : numbers) read_row(number);
}

bool Reference::is_new_link(int owner) const {
    const Object& object = at(owner);
    const int row = object.one == nothing ? nothing : at(object.one).row;
    return object.row == nothing || database_.rows.at(object.row).one != row;
}

/// Everything of the session at once.
void Reference::expire_all() {
    std::set<int> all;
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i)
        if (at(i).state == State::persistent) all.insert(i);
    expire(all);
}

void Reference::expunge(int number) {
    Object& object = at(number);
    if (object.state == State::pending) {
        object.state = State::transient;
        return;
    }
    const int row = object.row;
    object.state = State::detached;
    object.row = nothing;
    const int again = make(at(number).kind, {}, {});
    at(again).state = State::persistent;
    at(again).row = row;
    at(again).inserted_at = at(number).inserted_at;
    read_row(again);
}

// --- flushing ------------------------------------------------------------------------------------

/// The objects whose rows the next flush deletes, with what goes along.
std::set<int> Reference::removals() const {
    std::set<int> all;
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i) {
        const Object& object = at(i);
        if (object.state != State::persistent) continue;
        const bool orphan = object.kind == Kind::player && object.one == nothing;
        if (object.doomed || orphan) all.insert(i);
    }
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i) {
        const Object& object = at(i);
        if (object.state == State::persistent && object.kind == Kind::player &&
            object.one != nothing && all.count(object.one) != 0)
            all.insert(i);
    }
    return all;
}

bool Reference::is_committed(int number) const {
    const auto row = levels_.front().rows.find(at(number).row);
    return row != levels_.front().rows.end() && row->second.key == at(number).key;
}

bool Reference::goes(int number) const {
    return removals().count(number) != 0;
}

/// The new object that takes over the row of a deleted one, because it has its key.
int Reference::successor(int gone) const {
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i)
        if (at(i).state == State::pending && at(i).kind == Kind::country &&
            at(gone).kind == Kind::country && at(i).key == database_.rows.at(at(gone).row).key)
            return i;
    return nothing;
}

/// Of a country: keys must differ, and a row that is updated can't take the key of one that is
/// updated or deleted later.
Problem Reference::problem_of_key(int number, const std::set<int>& gone) const {
    const Object& object = at(number);
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i) {
        if (i == number || at(i).kind != Kind::country || !is_in_session(i)) continue;
        if (gone.count(i) == 0 && at(i).key == object.key) return Problem::constraint;
        const bool had =
            at(i).state == State::persistent && database_.rows.at(at(i).row).key == object.key;
        if (had && object.state == State::persistent) return Problem::uncertain;
        if (had && at(i).key != object.key) return Problem::uncertain;
    }
    return Problem::none;
}

/// It was linked with an object that isn't in the session, which isn't written; and the row to
/// which its foreign key still refers is deleted.
bool Reference::keeps_leading_to(int number, const std::set<int>& gone) const {
    const Object& object = at(number);
    if (object.state != State::persistent || object.one == nothing || is_in_session(object.one))
        return false;
    const int row = database_.rows.at(object.row).one;
    return row != nothing && gone.count(object_of_row(row)) != 0;
}

/// An expiry may close a circle, which has no order of statements if all of it is written.
bool Reference::stands_in_circle(int number) const {
    std::set<int> seen;
    for (int next = at(number).one; next != nothing && seen.insert(next).second;
         next = at(next).one)
        if (next == number) return true;
    return false;
}

Problem Reference::problem() const {
    const std::set<int> gone = removals();
    Problem worst = Problem::none;
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i) {
        const Object& object = at(i);
        if (!is_in_session(i) || gone.count(i) != 0) continue;
        const bool leads_away = object.one != nothing && gone.count(object.one) != 0;
        if (object.kind == Kind::player && leads_away) continue;  // it goes along
        if (object.state == State::pending && object.kind == Kind::player &&
            (object.one == nothing || !is_in_session(object.one)))
            return Problem::refused;
        if (object.kind == Kind::team && leads_away && successor(object.one) == nothing)
            worst = Problem::constraint;
        if (keeps_leading_to(i, gone)) worst = Problem::constraint;
        // Linked with what is deleted by the same flush: the database may refuse it.
        const bool let_go = leads_away && (object.kind == Kind::fan || object.kind == Kind::node);
        if (let_go && worst == Problem::none &&
            (object.state == State::pending ||
             database_.rows.at(object.row).one != at(object.one).row))
            worst = Problem::uncertain;
        if (worst == Problem::none && stands_in_circle(i)) worst = Problem::uncertain;
        if (object.kind != Kind::country) continue;
        const Problem of_key = problem_of_key(i, gone);
        if (of_key != Problem::none && worst != Problem::constraint) worst = of_key;
    }
    return worst;
}

void Reference::write(int number) {
    Object& object = at(number);
    if (object.state == State::pending) {
        if (object.row == nothing) object.row = next_row_++;
        object.state = State::persistent;
        object.inserted_at = depth();
    }
    Row& row = database_.rows[object.row];
    row.kind = object.kind;
    row.key = object.key;
    row.name = object.name;
}

void Reference::write_links(int number) {
    Object& object = at(number);
    object.linked = false;
    const bool leads = object.one != nothing && at(object.one).state == State::persistent;
    if (leads || object.one == nothing || at(object.one).state == State::deleted)
        database_.rows.at(object.row).one = leads ? at(object.one).row : nothing;
    if (object.kind != Kind::player) return;
    std::erase_if(database_.pairs, [&](const auto& pair) { return pair.first == object.row; });
    for (const int tag : object.many)
        if (at(tag).state == State::persistent) database_.pairs.emplace(object.row, at(tag).row);
}

/// The row goes, unless a new object takes it over.
void Reference::delete_row(int number) {
    Object& object = at(number);
    const int heir = successor(number);
    if (heir != nothing) {
        at(heir).row = object.row;
        for (Object& other : objects_)
            if (other.one == number && other.state == State::persistent) other.one = heir;
    } else {
        database_.rows.erase(object.row);
        std::erase_if(database_.pairs, [&](const auto& pair) {
            return pair.first == object.row || pair.second == object.row;
        });
    }
    object.state = State::deleted;
    object.doomed = false;
    object.deleted_at = depth();
}

/// What couldn't be written is not shown.
void Reference::forget_outsiders(int number) {
    Object& object = at(number);
    if (object.one != nothing && at(object.one).state == State::transient) take_back_one(number);
    std::erase_if(object.many, [&](int item) { return at(item).state == State::transient; });
}

void Reference::flush() {
    const std::set<int> gone = removals();
    for (Object& object : objects_) object.taken_from = object.left = nothing;
    for (Object& object : objects_)  // what is new goes along in its way
        if (object.kind == Kind::player && object.state == State::pending &&
            object.one != nothing && gone.count(object.one) != 0)
            object.state = State::transient;
    for (const int number : gone) {
        forget_outsiders(number);
        const int parent = database_.rows.at(at(number).row).one;
        at(number).foreign_key = parent == nothing ? "" : database_.rows.at(parent).key;
    }
    for (const int number : gone) delete_row(number);
    const int count = static_cast<int>(objects_.size());
    for (int i = 0; i < count; ++i)
        if (is_in_session(i)) write(i);
    for (int i = 0; i < count; ++i)
        if (at(i).state == State::persistent) write_links(i);
    for (int i = 0; i < count; ++i)
        if (at(i).state == State::persistent) forget_outsiders(i);
    for (int i = 0; i < count; ++i)
        if (is_in_session(i)) at(i).added.clear();
}

// --- transactions --------------------------------------------------------------------------------

void Reference::commit() {
    flush();
    levels_.assign(1, database_);
    for (Object& object : objects_) {
        if (object.state == State::deleted) {
            object.state = State::detached;
            object.gone = true;
        }
        object.inserted_at = object.deleted_at = nothing;
        object.moved = false;
    }
    expire_all();
}

void Reference::begin_nested() {
    flush();
    levels_.push_back(database_);
}

void Reference::release() {
    flush();
    levels_.pop_back();
    for (Object& object : objects_) {
        object.inserted_at = std::min(object.inserted_at, depth());
        object.deleted_at = std::min(object.deleted_at, depth());
    }
}

void Reference::become_transient(int number) {
    Object& object = at(number);
    object.state = State::transient;
    object.row = object.inserted_at = object.deleted_at = object.left = nothing;
    object.doomed = object.linked = false;
    if (!object.given) object.key.clear();  // the database had made it
}

void Reference::rollback(int level) {
    const int count = static_cast<int>(objects_.size());
    std::vector<int> fresh;
    database_ = levels_[static_cast<std::size_t>(level)];
    levels_.resize(static_cast<std::size_t>(std::max(level, 1)));
    for (int i = 0; i < count; ++i) {
        Object& object = at(i);
        object.doomed = false;
        if (object.deleted_at >= level) object.taken_from = nothing;
        if (object.state == State::pending ||
            (object.inserted_at >= level && object.state != State::detached)) {
            become_transient(i);
            fresh.push_back(i);
        } else if (object.state == State::deleted && object.deleted_at >= level) {
            object.state = State::persistent;
            object.deleted_at = nothing;
        }
    }
    for (const int number : fresh) drop_old_links(number);
    for (const int number : fresh) tell_new_links(number);
    for (int i = 0; i < count; ++i) {
        if (at(i).state != State::persistent) continue;
        forget_added(i);
        read_row(i);
    }
}

/// R14: what is new again keeps its links, but those with objects that are gone. Nobody knows a
/// country from the other side, so nothing undoes a link with it.
void Reference::drop_old_links(int number) {
    Object& object = at(number);
    const auto is_gone = [&](int other) {
        return at(other).state == State::deleted || at(other).state == State::detached;
    };
    if (object.one != nothing && object.kind != Kind::team && is_gone(object.one))
        object.one = nothing;
    std::erase_if(object.many, is_gone);
}

/// And the new ones at the other ends know them, if they don't lead elsewhere.
void Reference::tell_new_links(int number) {
    const Object& object = at(number);
    const auto is_new = [&](int other) { return at(other).state == State::transient; };
    if (object.one != nothing && object.kind != Kind::team && is_new(object.one))
        at(object.one).many.insert(number);
    for (const int item : std::set<int>(object.many)) {
        if (!is_new(item)) continue;
        if (object.kind == Kind::player || object.kind == Kind::tag)
            at(item).many.insert(number);
        else if (at(item).one == nothing)
            at(item).one = number;
        else if (at(item).one != number && is_new(at(item).one))
            at(number).many.erase(item);  // it says itself where it belongs
    }
}

void Reference::close() {
    rollback(0);
    for (Object& object : objects_) {
        object.row = nothing;
        if (object.state != State::transient) object.state = State::detached;
    }
    for (const auto& [number, row] : database_.rows) {
        const int again = make(row.kind, row.key, row.name);
        at(again).state = State::persistent;
        at(again).row = number;
    }
    for (int i = 0; i < static_cast<int>(objects_.size()); ++i)
        if (at(i).state == State::persistent) read_row(i);
}

}  // namespace model_based
