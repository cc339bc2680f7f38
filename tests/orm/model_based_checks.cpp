// SPDX-License-Identifier: MIT
#include "model_based_numbers.hpp"

#include <algorithm>

// Comparing the session with the reference.

namespace model_based {
namespace {

std::string listed(const std::set<int>& numbers) {
    std::string text = "{";
    for (const int number : numbers) text += " #" + std::to_string(number);
    return text + " }";
}

}  // namespace

void World::require(bool holds, const std::string& what) const {
    if (!holds) throw Mismatch(what);
}

void World::check_columns(int number, bool by_writing) {
    const Object& object = reference_.at(number);
    with(number, [&]<class T>(const Ptr<T>& p) {
        const T& members = by_writing ? *p : p.read();
        require(members.name == object.name, called(number) + " has the name '" + members.name +
                                                 "', should have '" + object.name + "'");
        require(text_of(members.id) == object.key,
                called(number) + " has the key '" + text_of(members.id) + "'");
        if constexpr (has_one<T>) {
            std::string expected;
            if (object.state == State::persistent) {
                const int row = reference_.database().rows.at(object.row).one;
                if (row != nothing) expected = reference_.database().rows.at(row).key;
            }
            require(text_of(members.one_id) == expected, called(number) + " has the foreign key '" +
                                                             text_of(members.one_id) +
                                                             "', should have '" + expected + "'");
        }
    });
}

/// Objects whose rows are gone may still be seen through links that were loaded before.
void World::check_one(int number) {
    int found = nothing;
    const bool done = attempt([&] {
        with(number, [&]<class T>(const Ptr<T>& p) {
            if constexpr (has_one<T>) found = number_of(p->one.get());
        });
    });
    if (!done || !may_link(number)) return;  // the flush has deleted it
    int expected = reference_.at(number).one;
    const auto is_gone = [&](int other) {
        return other != nothing && (reference_.at(other).state == State::deleted ||
                                    reference_.at(other).state == State::detached);
    };
    if (is_gone(found)) found = nothing;
    if (is_gone(expected)) expected = nothing;
    const bool same_row = found == nothing && expected != nothing &&
                          reference_.at(number).state == State::persistent &&
                          reference_.at(expected).kind == Kind::country;
    require(found == expected || same_row,
            called(number) + ".one is " + called(found) + ", should be " + called(expected));
}

void World::check_many(int number, Kind kind) {
    std::set<int> found;
    const bool done = attempt([&] {
        with_many(number, kind, [&](auto& many) {
            for (const auto& item : many)
                require(found.insert(number_of(item)).second,
                        called(number) + " has an object twice");
        });
    });
    if (!done || !may_link(number)) return;  // the flush has deleted it
    std::set<int> expected = reference_.many(number, kind);
    for (std::set<int>* each : {&found, &expected})
        std::erase_if(*each, [&](int other) {
            const State state = reference_.at(other).state;
            return state == State::deleted || state == State::detached;
        });
    require(found == expected, called(number) + " has " + name_of(kind) + "s " + listed(found) +
                                   ", should have " + listed(expected));
}

template <class T>
void World::check_kind(Kind kind) {
    std::set<int> fresh;
    std::set<int> doomed;
    for (const auto& p : session_->new_<T>()) fresh.insert(number_of(p));
    for (const auto& p : session_->deleted<T>()) doomed.insert(number_of(p));
    std::set<int> expected_fresh;
    std::set<int> expected_doomed;
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        const Object& object = reference_.at(i);
        if (object.kind != kind) continue;
        if (object.state == State::pending) expected_fresh.insert(i);
        if (object.state == State::persistent && object.doomed) expected_doomed.insert(i);
    }
    require(fresh == expected_fresh, std::string("new are the ") + name_of(kind) + "s " +
                                         listed(fresh) + ", should be " + listed(expected_fresh));
    require(doomed == expected_doomed, std::string("deleted are the ") + name_of(kind) + "s " +
                                           listed(doomed) + ", should be " +
                                           listed(expected_doomed));
    for (const auto& p : session_->dirty<T>()) check_modified(number_of(p));
}

/// After each step, because it costs no SQL.
void World::check_session() {
    check_kind<Country>(Kind::country);
    check_kind<Team>(Kind::team);
    check_kind<Player>(Kind::player);
    check_kind<Fan>(Kind::fan);
    check_kind<Tag>(Kind::tag);
    check_kind<Node>(Kind::node);
    for (int i = 0; i < static_cast<int>(handles_.size()); ++i) {
        if (!is_held(i)) continue;
        const bool expected = reference_.is_in_session(i);
        with(i, [&](const auto& p) {
            require(session_->contains(p) == expected,
                    called(i) + (expected ? " is not" : " is") + " in the session");
        });
        if (expected) check_modified(i);
    }
}

/// What relationships make of it is not said: either side may be written.
void World::check_modified(int number) {
    const bool expected = reference_.is_changed(number);
    if (!expected && reference_.at(number).linked) return;
    with(number, [&](const auto& p) {
        require(session_->is_modified(p) == expected,
                called(number) + (expected ? " is not" : " is") + " modified");
    });
}

namespace {

constexpr const char* everything = R"(
select 'country' as kind, id as one, name as two, null as three from mb_country
union all select 'team', cast(id as varchar(20)), name, one_id from mb_team
union all select 'player', cast(id as varchar(20)), name, cast(one_id as varchar(20)) from mb_player
union all select 'fan', cast(id as varchar(20)), name, cast(one_id as varchar(20)) from mb_fan
union all select 'tag', cast(id as varchar(20)), name, null from mb_tag
union all select 'node', cast(id as varchar(20)), name, cast(one_id as varchar(20)) from mb_node
union all select 'pair', cast(mb_player_id as varchar(20)), cast(mb_tag_id as varchar(20)), null
    from mb_player_tag)";

}  // namespace

/// The rows as they are, nothing flushed for it.
void World::check_database() {
    std::multiset<std::string> expected;
    const Tables& database = reference_.database();
    for (const auto& [number, row] : database.rows)
        expected.insert(std::string(name_of(row.kind)) + " " + row.key + " " + row.name + " " +
                        (row.one == nothing ? "-" : database.rows.at(row.one).key));
    for (const auto& [player, tag] : database.pairs)
        expected.insert("pair " + database.rows.at(player).key + " " + database.rows.at(tag).key +
                        " -");
    const NoAutoflush held = session_->no_autoflush();
    std::multiset<std::string> found;
    for (const auto& [kind, one, two, three] : session_->execute(
             text(everything)
                 .columns<std::string, std::string, std::string, std::optional<std::string>>()))
        found.insert(kind + " " + one + " " + two + " " + three.value_or("-"));
    if (found == expected) return;
    std::string difference = "the database differs:";
    for (const std::string& row : found)
        if (expected.count(row) == 0) difference += "\n  has " + row;
    for (const std::string& row : expected)
        if (found.count(row) == 0) difference += "\n  lacks " + row;
    throw Mismatch(difference);
}

/// Every object from every side.
void World::check_all() {
    check_database();
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i) {
        if (reference_.at(i).state != State::persistent) continue;
        hold(i);
        check_columns(i, false);
        const Kind kind = reference_.at(i).kind;
        if (Reference::target_of(kind) != nothing) check_one(i);
        if (kind == Kind::team) check_many(i, Kind::player);
        if (kind == Kind::team) check_many(i, Kind::fan);
        if (kind == Kind::player) check_many(i, Kind::tag);
        if (kind == Kind::tag) check_many(i, Kind::player);
        if (kind == Kind::node) check_many(i, Kind::node);
    }
    check_session();
}

}  // namespace model_based
