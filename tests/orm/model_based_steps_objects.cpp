// SPDX-License-Identifier: MIT
#include "model_based_numbers.hpp"

// Steps with one object each.

namespace model_based {

void World::make(const Step& step) {
    if (reference_.objects().size() > 300) return;
    const Kind kind = static_cast<Kind>(step.a % kind_count);
    const std::string name = fresh_name();
    const std::string key = kind == Kind::country ? "k" + name : "";
    with_kind(kind, [&]<class T>(Ptr<T>) {
        const Ptr<T> made = model_.make(T{.id = key_from<T>(key), .name = name});
        take(reference_.make(kind, key, name), Handle(made));
    });
    did_ = "make " + called(static_cast<int>(reference_.objects().size()) - 1);
}

/// Values whose relationships hold new values and objects that exist.
void World::make_linked(const Step& step) {
    const auto in_session = [&](Kind kind) {
        return [&, kind](int i) {
            return reference_.is_in_session(i) && reference_.at(i).kind == kind;
        };
    };
    const auto number = [&](Kind kind, const std::string& name) {
        const int made = reference_.make(kind, {}, name);
        reference_.add(made);
        return made;
    };
    const std::string name = fresh_name();
    const std::string other = fresh_name();
    if (step.a % 3 == 0) {
        did_ = "add a team with a player";
        const auto team = session_->add(Team{.name = name, .players = {Player{.name = other}}});
        const int owner = number(Kind::team, name);
        take(owner, Handle(team));
        const int item = number(Kind::player, other);
        reference_.add_to(owner, item);
        take(item, Handle(Ptr<Player>(team->players[0])));
    } else if (step.a % 3 == 1) {
        const int team = choose(step.b, in_session(Kind::team));
        const int tag = choose(step.c, in_session(Kind::tag));
        if (team == nothing || tag == nothing) return;
        did_ = "add a player of " + called(team) + " with " + called(tag);
        const auto player =
            session_->add(Player{.name = name, .one = as<Team>(team), .tags = {as<Tag>(tag)}});
        const int made = number(Kind::player, name);
        take(made, Handle(player));
        reference_.set_one(made, team);
        reference_.add_other(made, tag, false);
    } else {
        const int parent = choose(step.b, in_session(Kind::node));
        if (parent == nothing) return;
        did_ = called(parent) + " gets a new child";
        const auto child = as<Node>(parent)->children.add(Node{.name = name});
        const int made = number(Kind::node, name);
        take(made, Handle(child));
        reference_.add_to(parent, made);
    }
}

void World::add(const Step& step) {
    const int number = choose(step.a, [&](int i) {
        const Object& object = reference_.at(i);
        if (object.state == State::transient) return true;
        return reference_.is_in_session(i) && (object.doomed || step.b % 8 == 0);
    });
    if (number == nothing) return;
    did_ = "add " + called(number);
    const bool may = reference_.may_add(number);
    const bool refused = throws<InvalidRequestError>(
        [&] { with(number, [&](const auto& p) { session_->add(p); }); });
    require(refused != may, refused ? "add() refuses it" : "add() takes it with what is detached");
    if (may) reference_.add(number);
}

void World::write_name(const Step& step) {
    const int number = choose(step.a, [&](int i) { return may_link(i); });
    if (number == nothing) return;
    Object& object = reference_.at(number);
    std::string name = fresh_name();
    if (step.b % 8 == 0 && object.state == State::persistent)
        name = reference_.database().rows.at(object.row).name;
    did_ = called(number) + ".name = " + name;
    with(number, [&](const auto& p) {
        p->name = name;
        if (step.c % 2 == 0) references_[number] = &p->name;
    });
    object.name = name;
}

/// Nothing tells the session of it, so only a flush that is asked for finds it.
void World::write_by_reference(const Step& step) {
    const int number = choose(step.a, [&](int i) {
        return references_.count(i) != 0 && reference_.at(i).state == State::persistent;
    });
    if (number == nothing) return;
    const std::string name = fresh_name();
    *references_.at(number) = name;
    reference_.at(number).name = name;
    const bool commits = step.b % 2 == 0;
    if (commits)
        commit();
    else
        (void)flush([&] { session_->flush(); });
    did_ = "by reference " + called(number) + ".name = " + name + "; " +
           (commits ? "commit" : "flush");
}

/// R15: a struct that says no key, or a copy that says all; then flush.
void World::assign_value(const Step& step) {
    const int number =
        choose(step.a, [&](int i) { return reference_.at(i).state == State::persistent; });
    if (number == nothing) return;
    const std::string name = fresh_name();
    did_ = "*" + called(number) + " = a value named " + name;
    with(number, [&]<class T>(const Ptr<T>& p) {
        if constexpr (std::is_same_v<T, Tag> || std::is_same_v<T, Player>) {
            *p = T{.name = name};
        } else {
            T value = *p;
            value.name = name;
            *p = value;
        }
    });
    reference_.at(number).name = name;
    (void)flush([&] { session_->flush(); });
}

/// To a new key, or to one that another country has.
void World::change_key(const Step& step) {
    const auto is_country = [&](int i) {
        return reference_.at(i).kind == Kind::country &&
               (reference_.is_in_session(i) || reference_.at(i).state == State::transient);
    };
    const int number = choose(step.a, is_country);
    if (number == nothing) return;
    const int other = choose(step.b, is_country);
    const std::string key =
        step.c % 8 == 0 && other != number ? reference_.at(other).key : "k" + fresh_name();
    did_ = called(number) + ".id = " + key;
    as<Country>(number)->id = key;
    reference_.at(number).key = key;
}

void World::delete_(const Step& step) {
    const int number =
        choose(step.a, [&](int i) { return reference_.at(i).state == State::persistent; });
    if (number == nothing) return;
    did_ = "delete " + called(number);
    with(number, [&](const auto& p) { session_->delete_(p); });
    reference_.doom(number);
}

void World::look(const Step& step) {
    const int number = choose(step.a, [&](int i) { return may_link(i); });
    if (number == nothing) return;
    did_ = "look at " + called(number);
    check_columns(number, step.b % 2 == 0);
}

void World::look_at_one(const Step& step) {
    const int number = choose(step.a, [&](int i) {
        return may_link(i) && Reference::target_of(reference_.at(i).kind) != nothing;
    });
    if (number == nothing) return;
    did_ = "look at " + called(number) + ".one";
    check_one(number);
}

void World::look_at_many(const Step& step) {
    const int number = choose(step.a, [&](int i) {
        const Kind kind = reference_.at(i).kind;
        return may_link(i) && kind != Kind::country && kind != Kind::fan;
    });
    if (number == nothing) return;
    Kind of = Kind::player;
    if (reference_.at(number).kind == Kind::team && step.b % 2 == 0) of = Kind::fan;
    if (reference_.at(number).kind == Kind::player) of = Kind::tag;
    if (reference_.at(number).kind == Kind::node) of = Kind::node;
    did_ = "look at the " + std::string(name_of(of)) + "s of " + called(number);
    check_many(number, of);
}

/// Of what is committed or new: the row of another might be loaded again, and then rolled back.
void World::expunge(const Step& step) {
    const int number = choose(step.a, [&](int i) {
        const Object& object = reference_.at(i);
        if (!reference_.is_in_session(i) ||
            (object.state == State::persistent && !reference_.is_committed(i)) || object.doomed ||
            object.linked || object.one != nothing || !object.many.empty())
            return false;
        for (const Object& other : reference_.objects())
            if ((object.kind != Kind::country || other.kind == Kind::team) &&
                (other.one == i || other.many.count(i) != 0))
                return false;
        return true;
    });
    if (number == nothing) return;
    did_ = "expunge " + called(number);
    with(number, [&](const auto& p) { session_->expunge(p); });
    references_.erase(number);
    reference_.expunge(number);
}

/// Of what is committed: the key of anything else might be unknown to the reference.
void World::drop_handle(const Step& step) {
    const int number = choose(step.a, [&](int i) {
        const Object& object = reference_.at(i);
        return is_held(i) && object.state == State::persistent && object.inserted_at == nothing &&
               !(object.kind == Kind::country && reference_.is_changed(i));
    });
    if (number == nothing) return;
    did_ = "drop the handle to " + called(number);
    drop(number);
}

}  // namespace model_based
