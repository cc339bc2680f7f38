// SPDX-License-Identifier: MIT
#include "model_based_numbers.hpp"

// Steps that link objects and take links back.

namespace model_based {

bool World::may_link(int number) const {
    const State state = reference_.at(number).state;
    return state == State::transient || state == State::pending || state == State::persistent;
}

/// A new object comes into the session by a link, unless something that it leads to is detached.
bool World::may_bring(int owner, int item) const {
    return !reference_.is_in_session(owner) || reference_.at(item).state != State::transient ||
           reference_.may_add(item);
}

namespace {

/// May lead there. Rows in a circle have no order.
bool leads(const Reference& reference, int owner, int target) {
    const Kind kind = reference.at(owner).kind;
    if (Reference::target_of(kind) != static_cast<int>(reference.at(target).kind)) return false;
    return kind != Kind::node || !reference.stands_above(owner, target);
}

}  // namespace

void World::set_one(const Step& step) {
    const int owner = choose(step.a, [&](int i) {
        return may_link(i) && Reference::target_of(reference_.at(i).kind) != nothing;
    });
    if (owner == nothing) return;
    const int target = choose(step.b, [&](int i) {
        return may_link(i) && leads(reference_, owner, i) && may_bring(owner, i);
    });
    if (target == nothing) return;
    did_ = called(owner) + ".one = " + called(target);
    with(owner, [&]<class T>(const Ptr<T>& p) {
        if constexpr (has_one<T>)
            p->one = std::get<decltype(p->one.get())>(*handles_[static_cast<std::size_t>(target)]);
    });
    reference_.set_one(owner, target);
}

void World::clear_one(const Step& step) {
    const int owner = choose(step.a, [&](int i) {
        return may_link(i) && Reference::target_of(reference_.at(i).kind) != nothing;
    });
    if (owner == nothing) return;
    did_ = called(owner) + ".one = nullptr";
    with(owner, [&]<class T>(const Ptr<T>& p) {
        if constexpr (has_one<T>) p->one = nullptr;
    });
    reference_.set_one(owner, nothing);
}

void World::add_to(const Step& step) {
    const int owner = choose(step.a, [&](int i) {
        const Kind kind = reference_.at(i).kind;
        return may_link(i) && (kind == Kind::player || kind == Kind::fan || kind == Kind::node);
    });
    if (owner == nothing) return;
    const int target = choose(step.b, [&](int i) {
        return may_link(i) && leads(reference_, owner, i) && may_bring(i, owner);
    });
    if (target == nothing) return;
    did_ = called(target) + " gets " + called(owner);
    with_many(target, reference_.at(owner).kind, [&]<class T>(Many<T>& many) {
        if constexpr (!std::is_same_v<T, Tag>) many.add(as<T>(owner));
    });
    reference_.add_to(target, owner);
}

/// Loads the collection, so it may flush before.
void World::remove_from(const Step& step) {
    const int target = choose(step.a, [&](int i) {
        const Kind kind = reference_.at(i).kind;
        return may_link(i) && (kind == Kind::team || kind == Kind::node) &&
               !reference_.at(i).many.empty();
    });
    if (target == nothing) return;
    const std::set<int>& items = reference_.at(target).many;
    const int owner = *std::next(items.begin(), step.b % static_cast<std::uint32_t>(items.size()));
    if (!may_link(owner)) return;
    hold(owner);
    did_ = called(target) + " loses " + called(owner);
    bool was = false;
    const bool done = attempt([&] {
        with_many(target, reference_.at(owner).kind, [&]<class T>(Many<T>& many) {
            if constexpr (!std::is_same_v<T, Tag>) was = many.remove(as<T>(owner));
        });
    });
    if (!done) return;
    const bool expected = reference_.at(target).many.count(owner) != 0;
    const bool unsure = !may_link(owner) || !may_link(target);  // the flush has deleted it
    require(was == expected || unsure,
            "remove() says that it was" + std::string(was ? "" : " not") + " there");
    if (was) reference_.remove_from(target, owner);
}

/// The players of a team: some of what there is, and others.
void World::assign_many(const Step& step) {
    const int team =
        choose(step.a, [&](int i) { return reference_.at(i).kind == Kind::team && may_link(i); });
    if (team == nothing) return;
    std::set<int> wanted;
    for (const std::uint32_t by : {step.b, step.c}) {
        const int player = choose(by, [&](int i) {
            return may_link(i) && reference_.at(i).kind == Kind::player && may_bring(team, i);
        });
        if (player != nothing) wanted.insert(player);
    }
    did_ = called(team) + ".players = {";
    std::vector<Ptr<Player>> handles;
    for (const int player : wanted) {
        handles.push_back(as<Player>(player));
        did_ += " " + called(player);
    }
    did_ += " }";
    if (!attempt([&] { (void)as<Team>(team)->players.size(); })) return;
    for (const int player : wanted)
        if (!may_link(player)) return;  // the flush has deleted it
    if (!may_link(team)) return;
    std::set<int> left_out;  // of those that it shows: one that is deleted it may not know any more
    for (const int player : reference_.many(team, Kind::player))
        if (wanted.count(player) == 0 && (may_link(player) || knows(team, player)))
            left_out.insert(player);
    as<Team>(team)->players = handles;
    for (const int player : left_out) reference_.remove_from(team, player);
    for (const int player : wanted) reference_.add_to(team, player);
}

void World::add_other(const Step& step) {
    const int player =
        choose(step.a, [&](int i) { return may_link(i) && reference_.at(i).kind == Kind::player; });
    const int tag =
        choose(step.b, [&](int i) { return may_link(i) && reference_.at(i).kind == Kind::tag; });
    if (player == nothing || tag == nothing) return;
    const bool from_tag = step.c % 2 == 0;
    if (from_tag ? !may_bring(tag, player) : !may_bring(player, tag)) return;
    did_ = from_tag ? called(tag) + ".players.add " + called(player)
                    : called(player) + ".tags.add " + called(tag);
    const int owner = from_tag ? tag : player;
    const bool is_loaded = !is_unloaded(owner, from_tag ? "players" : "tags");
    if (from_tag)
        as<Tag>(tag)->players.add(as<Player>(player));
    else
        as<Player>(player)->tags.add(as<Tag>(tag));
    reference_.add_other(owner, from_tag ? player : tag, is_loaded);
}

void World::remove_other(const Step& step) {
    const int owner = choose(step.a, [&](int i) {
        const Object& object = reference_.at(i);
        return may_link(i) && (object.kind == Kind::player || object.kind == Kind::tag) &&
               !object.many.empty();
    });
    if (owner == nothing) return;
    const std::set<int>& items = reference_.at(owner).many;
    const int item = *std::next(items.begin(), step.b % static_cast<std::uint32_t>(items.size()));
    if (!may_link(item)) return;
    hold(item);
    did_ = called(owner) + " loses " + called(item);
    bool was = false;
    const bool done = attempt([&] {
        was = reference_.at(owner).kind == Kind::tag
                  ? as<Tag>(owner)->players.remove(as<Player>(item))
                  : as<Player>(owner)->tags.remove(as<Tag>(item));
    });
    if (!done) return;
    const bool expected = reference_.at(owner).many.count(item) != 0;
    const bool unsure = !may_link(owner) || !may_link(item);  // the flush has deleted it
    require(was == expected || unsure,
            "remove() says that it was" + std::string(was ? "" : " not") + " there");
    if (was) reference_.remove_other(owner, item);
}

}  // namespace model_based
