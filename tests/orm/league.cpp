// SPDX-License-Identifier: MIT
#include "league.hpp"

namespace league {

void Team::map(Mapping<Team>& m) {
    m.table("league_team");
    m.column<&Team::id>(primary_key);
    m.column<&Team::name>();
    m.relationship<&Team::players>(back_populates<&Player::team>, order_by<&Player::id>());
}

void Player::map(Mapping<Player>& m) {
    m.table("league_player");
    m.column<&Player::id>(primary_key);
    m.column<&Player::name>(String{30}, unique);
    m.column<&Player::nick>();
    m.column<&Player::score>();
    m.column<&Player::active>(server_default(true));
    m.column<&Player::visits>(server_default(7), default_when_zero);
    m.column<&Player::rate>();
    m.column<&Player::balance>(Numeric{10, 2});
    m.column<&Player::notes>(server_default("none"));
    m.column<&Player::team_id>(foreign_key<&Team::id>);
    m.relationship<&Player::team>(back_populates<&Team::players>);
}

void Badge::map(Mapping<Badge>& m) {
    m.table("league_badge");
    m.column<&Badge::code>(String{10}, primary_key);
    m.column<&Badge::title>();
    m.column<&Badge::team_id>(foreign_key<&Team::id>);
    m.column<&Badge::version>(version_id);
    m.relationship<&Badge::team>();
}

void Seat::map(Mapping<Seat>& m) {
    m.table("league_seat");
    m.column<&Seat::row>(primary_key);
    m.column<&Seat::number>(primary_key);
    m.column<&Seat::owner>();
}

void LeagueTest::add_players() {
    int score = 0;
    for (const char* name : {"ann", "bob", "cid", "dan"})
        session->add(Player{.name = name, .score = score += 10});
    session->commit();
    reopen();
}

std::vector<int> LeagueTest::scores() {
    std::vector<int> all;
    for (const auto& [score] :
         session->execute(select(col<&Player::score>).order_by(col<&Player::id>)))
        all.push_back(score);
    static_cast<void>(sent());
    return all;
}

Strings LeagueTest::written() {
    Strings statements = sent();
    std::erase_if(statements, [](const std::string& one) { return one.starts_with("SELECT"); });
    return statements;
}

}  // namespace league
