// SPDX-License-Identifier: MIT
#include "model_based_numbers.hpp"

// Steps that ask the session: by key, by statement, from outside; and what it must refuse.

namespace model_based {

void World::get(const Step& step) {
    const Kind kind = static_cast<Kind>(step.a % kind_count);
    const int number = choose(step.b, [&](int i) {
        const Object& object = reference_.at(i);
        return object.kind == kind &&
               (object.state == State::persistent || object.state == State::deleted);
    });
    if (number == nothing) return;
    const Object& object = reference_.at(number);
    const bool is_there = object.state == State::persistent;
    const std::string key = is_there ? reference_.database().rows.at(object.row).key : object.key;
    did_ = "get " + called(number);
    with_kind(kind, [&]<class T>(Ptr<T>) {
        const int found = number_of(session_->get<T>(key_from<T>(key)));
        const int expected = is_there ? number : reference_.find(kind, key);
        require(found == expected, "get() gives " + called(found));
        require(session_->get<T>(key_from<T>("4711")) == nullptr, "get() finds what isn't there");
    });
}

void World::query(const Step& step) {
    const Kind kind = static_cast<Kind>(step.a % kind_count);
    did_ = std::string("query ") + name_of(kind);
    std::set<int> found;
    const bool done = attempt([&] {
        with_kind(kind, [&]<class T>(Ptr<T>) {
            const auto result = session_->scalars(select<T>()).all();
            if (sent_.writes || sent_.warns) note_flush();
            sent_ = {};
            for (const auto& p : result) found.insert(number_of(p));
        });
    });
    if (!done) return;
    std::set<int> expected;
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i)
        if (reference_.at(i).kind == kind && reference_.at(i).state == State::persistent)
            expected.insert(i);
    require(found == expected, "the query finds " + std::to_string(found.size()) + ", not " +
                                   std::to_string(expected.size()) + " objects");
}

/// A value with a key that there is, or with one that there isn't.
void World::merge(const Step& step) {
    const bool is_new = step.b % 4 == 0;
    const int number = choose(step.a, [&](int i) {
        const Object& object = reference_.at(i);
        return object.state == State::persistent && (!is_new || object.kind != Kind::player);
    });
    if (number == nothing) return;
    const std::string name = fresh_name();
    const Kind kind = reference_.at(number).kind;
    std::string key = reference_.database().rows.at(reference_.at(number).row).key;
    if (is_new) key = kind == Kind::country ? "k" + name : std::to_string(1000000 + 1000 * names_);
    did_ = "merge " + (is_new ? "a new " + std::string(name_of(kind)) : called(number));
    with_kind(kind, [&]<class T>(Ptr<T>) {
        const Ptr<T> merged = session_->merge(T{.id = key_from<T>(key), .name = name});
        if (is_new) {
            const int made = reference_.make(kind, key, name);
            reference_.add(made);
            take(made, Handle(merged));
        } else {
            require(number_of(merged) == number, "merge() gives another object");
            reference_.at(number).name = name;
        }
    });
}

void World::expire(const Step& step) {
    const int number =
        choose(step.a, [&](int i) { return reference_.at(i).state == State::persistent; });
    if (number == nothing) return;
    did_ = "expire " + called(number);
    const std::set<int> expired = with_refresh_cascade(number);
    const std::map<int, int> away = led_away(expired);
    with(number, [&](const auto& p) { session_->expire(p); });
    reference_.expire(expired);
    // What was taken away from it before it was in memory, it knows nothing of.
    for (const auto& [item, target] : away)
        if (!is_unloaded(item, "one")) reference_.lead_to(item, target);
}

/// Objects whose rows lead to some of these, and that lead elsewhere since the last flush; and
/// whereto.
std::map<int, int> World::led_away(const std::set<int>& from) {
    std::map<int, int> found;
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        const Object& object = reference_.at(i);
        if (object.state != State::persistent || object.kind == Kind::team || from.count(i) != 0)
            continue;
        const int by_row = reference_.object_of_row(reference_.database().rows.at(object.row).one);
        if (by_row != object.one && from.count(by_row) != 0) found.emplace(i, object.one);
    }
    return found;
}

/// The object and, of a team, the players that it knows of: all where they are loaded, else those
/// that were added since the last flush.
std::set<int> World::with_refresh_cascade(int number) {
    std::set<int> along{number};
    if (reference_.at(number).kind != Kind::team) return along;
    const bool loaded = !is_unloaded(number, "players");
    for (const int player : reference_.many(number, Kind::player))
        if (reference_.at(player).state == State::persistent &&
            (loaded || reference_.is_new_link(player)))
            along.insert(player);
    return along;
}

void World::refresh(const Step& step) {
    const int number = choose(step.a, [&](int i) {
        return reference_.at(i).state == State::persistent && !reference_.goes(i);
    });
    if (number == nothing) return;
    did_ = "refresh " + called(number);
    // It would flush by itself; but what it leads to is to be known as it is after that.
    if (!flush([&] { session_->flush(); })) return;
    if (reference_.at(number).state != State::persistent) return;
    const std::set<int> expired = with_refresh_cascade(number);
    with(number, [&](const auto& p) { session_->refresh(p); });
    reference_.expire(expired);
}

void World::misuse(const Step& step) {
    const int number =
        choose(step.a, [&](int i) { return reference_.at(i).state == State::detached; });
    if (number == nothing) return;
    did_ = "misuse " + called(number);
    with(number, [&]<class T>(const Ptr<T>& p) {
        require(throws<InvalidRequestError>([&] { session_->add(p); }), "add() takes it");
        require(throws<InvalidRequestError>([&] { session_->delete_(p); }), "delete_() takes it");
        require(throws<InvalidRequestError>([&] { session_->refresh(p); }), "refresh() takes it");
        require(throws<ObjectDeletedError>([&] { (void)p->name; }) == reference_.at(number).gone,
                "whether its members can be read");
        if constexpr (std::is_same_v<T, Fan>) {
            const int team = choose(step.b, [&](int i) {
                return reference_.is_in_session(i) && reference_.at(i).kind == Kind::team;
            });
            if (team == nothing) return;
            require(throws<InvalidRequestError>([&] { as<Team>(team)->fans.add(p); }),
                    "a team in the session takes it");
        }
    });
}

}  // namespace model_based
