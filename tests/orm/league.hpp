// SPDX-License-Identifier: MIT
#pragma once

#include "flush_support.hpp"
#include <azoth/orm/dml.hpp>
#include <azoth/orm/relationship_conditions.hpp>
#include <azoth/orm/select.hpp>

// The classes of the tests of INSERT, UPDATE and DELETE by classes: teams have players.

namespace league {

using namespace flush_test;

struct Player;

struct Team {
    std::int64_t id{};
    std::string name{};
    Many<Player> players{};
    static void map(Mapping<Team>& m);
};

struct Player {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> nick{};
    int score{};
    Maybe<bool> active{};
    int visits{};
    std::optional<double> rate{};
    Decimal balance{};
    Deferred<std::string> notes{};
    std::optional<std::int64_t> team_id{};
    One<Team> team{};
    static void map(Mapping<Player>& m);
};

/// A natural key, a version, and a foreign key that must lead somewhere.
struct Badge {
    std::string code{};
    std::string title{};
    std::int64_t team_id{};
    int version{};
    One<Team> team{};
    static void map(Mapping<Badge>& m);
};

/// A key of two columns.
struct Seat {
    std::int64_t row{};
    std::int64_t number{};
    std::string owner{};
    static void map(Mapping<Seat>& m);
};

/// In an empty database, with a session that has just begun.
class LeagueTest : public FlushTest {
  protected:
    LeagueTest() { use<Team, Player, Badge, Seat>(); }

    /// Commits players "ann", "bob", "cid", "dan" with scores 10, 20, 30, 40, and begins anew.
    void add_players();
    [[nodiscard]] Ptr<Player> player(std::string_view name) {
        return session->scalars(select<Player>().where(col<&Player::name> == name)).one();
    }
    [[nodiscard]] std::vector<Ptr<Player>> players() {
        return session->scalars(select<Player>().order_by(col<&Player::id>)).all();
    }
    /// What a session of its own reads.
    [[nodiscard]] std::vector<int> scores();
    /// The statements since the last call, but for those that read objects again.
    [[nodiscard]] Strings written();
};

}  // namespace league
