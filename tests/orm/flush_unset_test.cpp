// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// Design rule R16, sentence by sentence, as the database sees it: what is unset, what is a value.

namespace flush_test {

struct Robot {
    std::int64_t id{};
    std::string name{};
    int retries = 3;
    bool active{};
    int level{};
    Maybe<bool> checked{};
    std::optional<std::string> mood{};
    Maybe<std::optional<std::string>> note{};
    static void map(Mapping<Robot>& m) {
        m.table("robot");
        m.column<&Robot::id>(primary_key);
        m.column<&Robot::name>();
        m.column<&Robot::retries>(server_default(9));
        m.column<&Robot::active>(server_default(true), always_sent);
        m.column<&Robot::level>(server_default(5), default_when_zero);
        m.column<&Robot::checked>(server_default(true));
        m.column<&Robot::mood>(server_default("calm"));
        m.column<&Robot::note>(server_default("none"));
    }
};

/// Has no default constructor: nothing tells what a new one looks like.
struct Sealed {
    explicit Sealed(int given_weight) : weight(given_weight) {}
    std::int64_t id{};
    int weight;
    Maybe<int> height{};
    std::optional<std::string> label{};
    static void map(Mapping<Sealed>& m) {
        m.table("sealed");
        m.column<&Sealed::id>(primary_key);
        m.column<&Sealed::weight>(server_default(7), always_sent);
        m.column<&Sealed::height>(server_default(8));
        m.column<&Sealed::label>(server_default("plain"));
        m.construct([] { return Sealed(0); });
    }
};

class FlushUnset : public FlushTest {
  protected:
    FlushUnset() { use<Robot, Sealed>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushUnset);

TEST_P(FlushUnset, R16_an_initialiser_in_the_class_is_a_value) {
    const auto usual = session->add(Robot{.name = "a"});
    const auto zero = session->add(Robot{.name = "b", .retries = 0});
    session->commit();
    EXPECT_EQ(usual->retries, 3);
    EXPECT_EQ(zero->retries, 0);
}

TEST_P(FlushUnset, R16_the_mapping_says_whether_a_zero_is_sent_or_left_to_the_default) {
    const auto robot = session->add(Robot{.name = "a"});
    session->commit();
    EXPECT_FALSE(robot->active) << "always_sent";
    EXPECT_EQ(robot->level, 5) << "default_when_zero";
    robot->level = 0;
    session->commit();
    EXPECT_EQ(robot->level, 0) << "an UPDATE writes what is there";
}

TEST_P(FlushUnset, R16_a_maybe_that_is_set_to_false_is_sent) {
    const auto unset = session->add(Robot{.name = "a"});
    const auto set = session->add(Robot{.name = "b", .checked = false});
    session->commit();
    EXPECT_EQ(unset->checked, true);
    EXPECT_EQ(set->checked, false);
}

TEST_P(FlushUnset, R16_an_empty_optional_is_left_to_the_default_and_null_is_sent) {
    const auto unset = session->add(Robot{.name = "a"});
    const auto none = session->add(Robot{.name = "b"});
    session->set<&Robot::mood>(none, null());
    session->flush();
    EXPECT_EQ(unset->mood, "calm");
    EXPECT_EQ(none->mood, std::nullopt);
    session->commit();
    EXPECT_THAT(rows("select mood from robot order by id"), ElementsAre("'calm'", "NULL"));
}

TEST_P(FlushUnset, R16_null_is_written_over_a_value) {
    const auto robot = session->add(Robot{.name = "a", .mood = "wild"});
    session->commit();
    session->set<&Robot::mood>(robot, null());
    session->commit();
    EXPECT_EQ(robot->mood, std::nullopt);
    EXPECT_THAT(rows("select mood from robot"), ElementsAre("NULL"));
}

TEST_P(FlushUnset, R16_a_maybe_of_an_optional_tells_null_from_unset) {
    const auto unset = session->add(Robot{.name = "a"});
    const auto none = session->add(Robot{.name = "b", .note = std::optional<std::string>()});
    const auto some = session->add(Robot{.name = "c", .note = std::optional<std::string>("x")});
    session->commit();
    EXPECT_EQ(unset->note.value(), "none");
    EXPECT_EQ(none->note.value(), std::nullopt);
    EXPECT_EQ(some->note.value(), "x");
}

TEST_P(FlushUnset, R16_without_a_default_constructor_zeros_are_values) {
    const auto zero = session->emplace<Sealed>(0);
    const auto heavy = session->emplace<Sealed>(12);
    session->commit();
    EXPECT_NE(zero->id, 0) << "a generated key that is zero is unset all the same";
    EXPECT_EQ(zero->weight, 0);
    EXPECT_EQ(zero->height, 8);
    EXPECT_EQ(zero->label, "plain");
    EXPECT_EQ(heavy->weight, 12);
}

TEST_P(FlushUnset, R16_everything_that_the_server_makes_is_fetched_inside_the_flush) {
    const auto robot = session->add(Robot{.name = "a"});
    session->flush();
    static_cast<void>(sent());
    EXPECT_EQ(robot->level, 5);
    EXPECT_EQ(robot->mood, "calm");
    EXPECT_EQ(robot->checked, true);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(FlushUnset, R16_merge_leaves_unset_members_alone) {
    const auto robot =
        session->add(Robot{.name = "a", .level = 2, .checked = false, .mood = "wild"});
    session->commit();
    const auto merged = session->merge(Robot{.id = robot->id, .name = "b"});
    EXPECT_EQ(merged, robot);
    session->commit();
    EXPECT_EQ(robot->name, "b");
    EXPECT_EQ(robot->level, 2);
    EXPECT_EQ(robot->checked, false);
    EXPECT_EQ(robot->mood, "wild");
}

}  // namespace flush_test
