// SPDX-License-Identifier: MIT
#pragma once

#include "flush_support.hpp"
#include <azoth/orm/select.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>

// The classes of the model-based test: one relationship of each kind. Every class has a key `id`
// and a `name`; those that lead to one other object do so by `one` and `one_id`.

namespace model_based {

using namespace flush_test;

struct Team;
struct Player;
struct Fan;

/// Known by a natural key, which changes; the rows that refer to it follow.
struct Country {
    std::string id{};
    std::string name{};
    static void map(Mapping<Country>& m);
};

struct Team {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> one_id{};
    One<Country> one{};  // nobody knows it from the other side
    Many<Player> players{};
    Many<Fan> fans{};
    static void map(Mapping<Team>& m);
};

struct Tag;

/// Can't be without a team, and is deleted with it.
struct Player {
    std::int64_t id{};
    std::string name{};
    std::int64_t one_id{};
    One<Team> one{};
    Many<Tag> tags{};
    static void map(Mapping<Player>& m);
};

/// Can be without a team.
struct Fan {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> one_id{};
    One<Team> one{};
    static void map(Mapping<Fan>& m);
};

struct Tag {
    std::int64_t id{};
    std::string name{};
    Many<Player> players{};
    static void map(Mapping<Tag>& m);
};

/// A tree.
struct Node {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> one_id{};
    One<Node> one{};
    Many<Node> children{};
    static void map(Mapping<Node>& m);
};

inline void Country::map(Mapping<Country>& m) {
    m.table("mb_country");
    m.column<&Country::id>(String{20}, primary_key);
    m.column<&Country::name>();
}
inline void Team::map(Mapping<Team>& m) {
    m.table("mb_team");
    m.column<&Team::id>(primary_key);
    m.column<&Team::name>();
    m.column<&Team::one_id>(String{20}, foreign_key<&Country::id>({.onupdate = "CASCADE"}));
    m.relationship<&Team::one>();
    m.relationship<&Team::players>(cascade_all_delete_orphan);
    m.relationship<&Team::fans>();
}
inline void Player::map(Mapping<Player>& m) {
    m.table("mb_player");
    m.column<&Player::id>(primary_key);
    m.column<&Player::name>();
    m.column<&Player::one_id>(foreign_key<&Team::id>);
    m.relationship<&Player::one>(back_populates<&Team::players>);
    m.relationship<&Player::tags>(secondary("mb_player_tag"));
}
inline void Fan::map(Mapping<Fan>& m) {
    m.table("mb_fan");
    m.column<&Fan::id>(primary_key);
    m.column<&Fan::name>();
    m.column<&Fan::one_id>(foreign_key<&Team::id>);
    m.relationship<&Fan::one>(back_populates<&Team::fans>);
}
inline void Tag::map(Mapping<Tag>& m) {
    m.table("mb_tag");
    m.column<&Tag::id>(primary_key);
    m.column<&Tag::name>();
    m.relationship<&Tag::players>(secondary("mb_player_tag"), back_populates<&Player::tags>);
}
inline void Node::map(Mapping<Node>& m) {
    m.table("mb_node");
    m.column<&Node::id>(primary_key);
    m.column<&Node::name>();
    m.column<&Node::one_id>(foreign_key<&Node::id>);
    m.relationship<&Node::one>(back_populates<&Node::children>, remote_side<&Node::id>);
    m.relationship<&Node::children>();
}

[[nodiscard]] inline Model make_model() {
    return model<Country, Team, Player, Fan, Tag, Node>("model_based");
}

/// A handle to an object of any of the classes, in the order of `Kind`.
using Handle = std::variant<Ptr<Country>, Ptr<Team>, Ptr<Player>, Ptr<Fan>, Ptr<Tag>, Ptr<Node>>;

}  // namespace model_based
