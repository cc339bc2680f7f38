// SPDX-License-Identifier: MIT
#include "league.hpp"
#include <azoth/sql/case.hpp>

// Criteria evaluated in memory: objects must show what the database says, whatever is asked.

namespace league {
namespace {

class Evaluator : public LeagueTest {
  protected:
    void SetUp() override {
        const std::optional<std::string> nicks[] = {"Ann", "b_b", std::nullopt, "", "100%"};
        const std::optional<double> rates[] = {0.5, std::nullopt, -1.0, 2.0, 0.0};
        const Maybe<bool> actives[] = {true, false, true, false, true};
        const char* const balances[] = {"0.00", "1.50", "-1.00", "99.99", "1.50"};
        for (int i = 0; i < 5; ++i)
            session->add(Player{.name = std::string(1, static_cast<char>('a' + i)) + "Xä",
                                .nick = nicks[i],
                                .score = 10 * i,
                                .active = actives[i],
                                .visits = i + 1,
                                .rate = rates[i],
                                .balance = Decimal{balances[i]}});
        session->commit();
        reopen();
    }

    /// Marks the rows by an UPDATE with evaluated criteria, and compares what objects show with
    /// what their rows hold.
    void check(const Expr<bool>& criteria, const std::string& what) {
        const auto all = players();
        for (const auto& one : all) static_cast<void>(one->score);
        static_cast<void>(sent());
        session->execute(update<Player>().where(criteria).values(col<&Player::score> =
                                                                     col<&Player::score> + 1000),
                         {}, {.synchronize_session = SynchronizeSession::evaluate});
        EXPECT_EQ(sent().size(), 1U) << what;
        std::vector<int> shown;
        for (const auto& one : all) shown.push_back(one->score);
        reads_ += static_cast<int>(sent().size());
        EXPECT_EQ(shown, scores()) << what;
        session->rollback();
        static_cast<void>(sent());
    }
    /// As check(), of criteria that every database answers in one way: no object is read again.
    void check_surely(const Expr<bool>& criteria, const std::string& what) {
        reads_ = 0;
        check(criteria, what);
        EXPECT_EQ(reads_, 0) << what;
    }

  private:
    int reads_ = 0;
};
AZOTH_FLUSH_ON_ALL_DATABASES(Evaluator);

constexpr auto score = col<&Player::score>;
constexpr auto nick = col<&Player::nick>;
constexpr auto rate = col<&Player::rate>;
constexpr auto balance = col<&Player::balance>;
constexpr auto active = col<&Player::active>;
constexpr auto name = col<&Player::name>;

TEST_P(Evaluator, comparisons_of_numbers) {
    check_surely(score == 20, "==");
    check_surely(score != 20, "!=");
    check_surely(score < 20, "<");
    check_surely(score <= 20, "<=");
    check_surely(score > 20, ">");
    check_surely(score >= 20, ">=");
    check_surely(score < 20.5, "with a double");
    check_surely(rate > 0, "a double with an integer");
    check_surely(rate == 0.0, "doubles");
    check_surely(balance == Decimal{"1.5"}, "decimals of different scale");
    check_surely(balance < Decimal{"1.50"}, "decimals");
    check_surely(balance > 1, "a decimal with an integer");
    check_surely(score == col<&Player::visits>, "two members");
    check(balance > rate, "a decimal with a double");
}

TEST_P(Evaluator, conditions_that_are_null_hold_for_nothing) {
    check_surely(nick == "Ann", "== of NULL");
    check_surely(nick != "Ann", "!= of NULL");
    check_surely(!(nick == "Ann"), "NOT of NULL");
    check_surely(rate > 0 || nick == "Ann", "OR with NULL");
    check_surely(!(rate > 0 && nick == "Ann"), "NOT of AND with NULL");
    check_surely(!(rate > 0 || nick == "Ann"), "NOT of OR with NULL");
    check_surely(nick == nullptr, "IS NULL");
    check_surely(nick.is_not_null(), "IS NOT NULL");
    check_surely(nick.is_distinct_from("Ann"), "IS DISTINCT FROM");
    check_surely(nick.is_not_distinct_from("Ann"), "IS NOT DISTINCT FROM");
    check_surely(rate.is_distinct_from(std::optional<double>()), "IS DISTINCT FROM NULL");
}

TEST_P(Evaluator, lists_and_ranges) {
    check_surely(score.in({10, 30}), "IN");
    check_surely(score.not_in({10, 30}), "NOT IN");
    check_surely(nick.in({"Ann", "nobody"}), "IN with NULL");
    check_surely(nick.not_in({"Ann", "nobody"}), "NOT IN with NULL");
    check_surely(score.in({1, 2, 3, 4, 5, 6, 7, 8, 30, 0, -1}), "a long IN");
    check_surely(score.not_in({1, 2, 3, 4, 5, 6, 7, 8, 30, 0, -1}), "a long NOT IN");
    check_surely(rate.in({1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 0.5}), "a long IN of doubles");
    check_surely(score.in(std::vector<int>{}), "IN of nothing");
    check_surely(nick.not_in(std::vector<std::string>{}), "NOT IN of nothing");
    check_surely(score.between(10, 30), "BETWEEN");
    check_surely(rate.between(0, 1), "BETWEEN with NULL");
    check_surely(!rate.between(0, 1), "NOT BETWEEN with NULL");
    check_surely(score.in({10, 20}) && score == 10, "two placeholders after a list");
}

TEST_P(Evaluator, booleans) {
    check_surely(active, "a member");
    check_surely(!active, "NOT");
    check_surely(active == true, "== true");
    check_surely(and_(), "an empty conjunction");
    check_surely(active || false_(), "a constant");
}

TEST_P(Evaluator, texts) {
    check_surely(name == "aXä", "==");
    check_surely(nick == "", "the empty text");
    check_surely(nick.startswith("An"), "startswith");
    check_surely(nick.endswith("n"), "endswith");
    check_surely(nick.contains("_"), "an escaped wildcard");
    check_surely(nick.endswith("%"), "an escaped %");
    check_surely(nick.like("%"), "%");
    check_surely(nick.not_like("A%"), "NOT LIKE");
    check_surely(name.like("__ä"), "one character is one letter, not one byte");
    check_surely(nick.ilike("ANN"), "ILIKE");
    check_surely(nick + "!" == "Ann!", "texts joined");
    // Databases disagree, so that objects are read again where it matters.
    check(name.like("A%"), "LIKE in another case");
    check(name.ilike("AXÄ"), "ILIKE beyond ASCII");
    check(name < "b", "the order of texts");
    check(nick.like("b\\_b"), "a pattern with a backslash");
}

TEST_P(Evaluator, arithmetic) {
    check_surely(score + 5 == 25, "+");
    check_surely(score - 5 > 10, "-");
    check_surely(score * 2 == 40, "*");
    check_surely(score % 3 == 1, "%");
    check_surely(-score < -15, "negation");
    check_surely(rate * 2 + 1 > 1, "doubles");
    check(score * 1000000 * 0 == 0, "large numbers");
}

TEST_P(Evaluator, cases) {
    check_surely(case_(when(score > 20, 1), when(nick == nullptr, 2)).else_(3) == 2, "CASE");
    check_surely(case_(when(nick == "Ann", 1)).else_(0) == 0, "a condition that is NULL");
}

TEST_P(Evaluator, what_a_relationship_leads_to_by_its_foreign_key) {
    const auto team = session->add(Team{.name = "red"});
    session->flush();
    players()[1]->team = team;
    session->commit();
    check_surely(rel<&Player::team> == team, "to an object");
}

TEST_P(Evaluator, a_deferred_member_that_is_not_loaded_makes_the_object_be_read_again) {
    const auto all = players();
    session->execute(update<Player>().where(col<&Player::notes> == "none").values(score = 1), {},
                     {.synchronize_session = SynchronizeSession::evaluate});
    EXPECT_EQ(all[0]->score, 1);
    session->execute(delete_<Player>().where(col<&Player::notes> == "none"), {},
                     {.synchronize_session = SynchronizeSession::evaluate});
    EXPECT_THROW(static_cast<void>(all[0]->score), ObjectDeletedError);
}

}  // namespace
}  // namespace league
