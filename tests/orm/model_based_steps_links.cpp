// SPDX-License-Identifier: MIT
#include "model_based_numbers.hpp"

// Steps that link objects and take links back.

namespace model_based {

bool World::may_link(int number) const {
    const State state = reference_.at(number).state;
    return state == State::transient || state == State::pending || state == State::persistent;
}

/// An object of the session in a collection of one that isn't: that is not written, and warned of.
bool World::may_hold(int owner, int item) const {
    const bool written = reference_.is_in_session(owner) || !reference_.is_in_session(item);
    return written && may_bring(owner, item);
}

/// A new object comes into the session by a link, unless something that it leads to is detached.
bool World::may_bring(int owner, int item) const {
    return !reference_.is_in_session(owner) || reference_.at(item).state != State::transient ||
           reference_.may_add(item);
}

namespace {

/// `candidate` is `node` or stands above it: rows in a circle have no order.
bool stands_above(const Reference& reference, int candidate, int node) {
    for (int at = node; at != nothing; at = reference.at(at).one)
        if (at == candidate) return true;
    return false;
}

bool leads(const Reference& reference, int owner, int target) {
    const Kind kind = reference.at(owner).kind;
    if (Reference::target_of(kind) != static_cast<int>(reference.at(target).kind)) return false;
    return kind != Kind::node || !stands_above(reference, owner, target);
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
        return may_link(i) && leads(reference_, owner, i) && may_hold(i, owner);
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
    const int owner = choose(step.a, [&](int i) {
        const Kind kind = reference_.at(i).kind;
        return may_link(i) && kind != Kind::team && reference_.at(i).one != nothing &&
               may_link(reference_.at(i).one) && !reference_.at(i).settled &&
               reference_.is_in_session(i) == reference_.is_in_session(reference_.at(i).one);
    });
    if (owner == nothing) return;
    const int target = reference_.at(owner).one;
    hold(target);
    did_ = called(target) + " loses " + called(owner);
    bool was = false;
    const bool done = attempt([&] {
        with_many(target, reference_.at(owner).kind, [&]<class T>(Many<T>& many) {
            if constexpr (!std::is_same_v<T, Tag>) was = many.remove(as<T>(owner));
        });
    });
    if (!done) return;
    const bool expected = reference_.at(owner).one == target && may_link(owner);
    // The flush that came now has deleted it, or passed by the link.
    const bool unsure = reference_.at(owner).settled || !may_link(owner) || !may_link(target);
    require(was == expected || unsure,
            "remove() says that it was" + std::string(was ? "" : " not") + " there");
    reference_.at(owner).linked = reference_.at(target).linked = true;
    if (was && expected) reference_.set_one(owner, nothing);
}

/// The players of a team: some of what there is, and others.
void World::assign_many(const Step& step) {
    // What isn't in the session may be seen in the collection or not.
    const auto is_clear = [&](int i) {
        for (const int player : reference_.many(i, Kind::player))
            if (!reference_.is_in_session(player) || reference_.at(player).settled) return false;
        return may_link(i);
    };
    const int team =
        choose(step.a, [&](int i) { return reference_.at(i).kind == Kind::team && is_clear(i); });
    if (team == nothing) return;
    std::set<int> wanted;
    for (const std::uint32_t by : {step.b, step.c}) {
        const int player = choose(by, [&](int i) {
            return may_link(i) && reference_.at(i).kind == Kind::player && may_hold(team, i);
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
    if (!is_clear(team)) return;
    as<Team>(team)->players = handles;
    for (const int player : reference_.many(team, Kind::player))
        if (wanted.count(player) == 0) reference_.set_one(player, nothing);
    for (const int player : wanted) reference_.add_to(team, player);
}

void World::add_other(const Step& step) {
    const int player =
        choose(step.a, [&](int i) { return may_link(i) && reference_.at(i).kind == Kind::player; });
    const int tag =
        choose(step.b, [&](int i) { return may_link(i) && reference_.at(i).kind == Kind::tag; });
    if (player == nothing || tag == nothing) return;
    const bool from_tag = step.c % 2 == 0;
    if (from_tag ? !may_hold(tag, player) : !may_hold(player, tag)) return;
    did_ = from_tag ? called(tag) + ".players.add " + called(player)
                    : called(player) + ".tags.add " + called(tag);
    if (from_tag)
        as<Tag>(tag)->players.add(as<Player>(player));
    else
        as<Player>(player)->tags.add(as<Tag>(tag));
    reference_.add_other(player, tag, from_tag);
}

void World::remove_other(const Step& step) {
    const int player = choose(step.a, [&](int i) {
        const Object& object = reference_.at(i);
        return may_link(i) && !object.others.empty() && !object.settled;  // as above
    });
    if (player == nothing) return;
    const std::set<int>& tags = reference_.at(player).others;
    const int tag = *std::next(tags.begin(), step.b % static_cast<std::uint32_t>(tags.size()));
    if (!may_link(tag) || reference_.at(tag).settled ||
        reference_.is_in_session(tag) != reference_.is_in_session(player))
        return;
    hold(tag);
    const bool from_tag = step.c % 2 == 0;
    did_ = from_tag ? called(tag) + ".players.remove " + called(player)
                    : called(player) + ".tags.remove " + called(tag);
    bool was = false;
    const bool done = attempt([&] {
        was = from_tag ? as<Tag>(tag)->players.remove(as<Player>(player))
                       : as<Player>(player)->tags.remove(as<Tag>(tag));
    });
    if (!done) return;
    const bool expected = may_link(player) && may_link(tag);
    const bool unsure = !expected || reference_.at(player).settled || reference_.at(tag).settled;
    require(was == expected || unsure,
            "remove() says that it was" + std::string(was ? "" : " not") + " there");
    reference_.at(player).linked = reference_.at(tag).linked = true;
    if (was && expected) reference_.remove_other(player, tag);
}

}  // namespace model_based
