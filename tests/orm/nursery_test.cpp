// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include <azoth/orm/select.hpp>

#include <stdexcept>
#include <vector>

// Objects that are made one by one share slabs: how long they live, and what becomes of those that
// could not be made.

namespace nursery {
namespace {

using namespace flush_test;

/// Counts those that there are.
struct Leaf {
    static inline int living = 0;

    std::int64_t id{};
    std::string text{};
    std::int64_t tree_id{};

    Leaf() { ++living; }
    explicit Leaf(std::string given) : text(std::move(given)) { ++living; }
    Leaf(const Leaf& other) : id(other.id), text(other.text), tree_id(other.tree_id) { ++living; }
    Leaf(Leaf&& other) noexcept
        : id(other.id), text(std::move(other.text)), tree_id(other.tree_id) {
        ++living;
    }
    Leaf& operator=(const Leaf&) = default;
    ~Leaf() { --living; }

    struct Broken {};
    explicit Leaf(Broken) { throw std::runtime_error("broken"); }
    /// Adds another one before it is made itself.
    explicit Leaf(Session& session) : text("outer") {
        session.add(Leaf("inner"));
        ++living;
    }
    Leaf(Session& session, Broken) {
        session.add(Leaf("inner"));
        throw std::runtime_error("broken");
    }

    static void map(Mapping<Leaf>& m) {
        m.table("nursery_leaf");
        m.column<&Leaf::id>(primary_key);
        m.column<&Leaf::text>();
        m.column<&Leaf::tree_id>(always_sent);
    }
};

class Nursery : public FlushTest {
  protected:
    void SetUp() override {
        ASSERT_EQ(Leaf::living, 0);
        use<Leaf>();
    }
    void TearDown() override {
        session.reset();
        EXPECT_EQ(Leaf::living, 0);
    }
};

AZOTH_FLUSH_ON_ALL_DATABASES(Nursery);

TEST_P(Nursery, R9_objects_added_one_by_one_go_at_the_boundary_where_nobody_holds_them) {
    for (int i = 0; i < 1000; ++i) session->add(Leaf("leaf"));
    EXPECT_EQ(Leaf::living, 1000);
    session->commit();
    EXPECT_EQ(Leaf::living, 0);
}

TEST_P(Nursery, R9_a_held_object_keeps_no_more_than_4_KB_of_those_made_before_and_after_it) {
    std::vector<Ptr<Leaf>> held;
    for (int i = 0; i < 1000; ++i) {
        auto leaf = session->add(Leaf("leaf"));
        if (i == 500) held.push_back(leaf);
    }
    session->commit();
    EXPECT_GE(Leaf::living, 1);
    EXPECT_LE(Leaf::living, static_cast<int>(4096 / sizeof(Leaf)));
    EXPECT_EQ(held.front()->text, "leaf");
}

TEST_P(Nursery, R9_the_first_object_after_a_boundary_is_alone) {
    const auto held = session->add(Leaf("alone"));
    session->add(Leaf("another"));
    session->commit();
    EXPECT_EQ(Leaf::living, 1);
    EXPECT_EQ(held->text, "alone");
}

TEST_P(Nursery, objects_got_by_key_go_at_the_boundary_too) {
    for (int i = 0; i < 100; ++i) session->add(Leaf("leaf"));
    session->commit();
    const auto first = session->scalars(select(col<&Leaf::id>).order_by(col<&Leaf::id>)).all();
    for (const auto id : first) EXPECT_EQ(session->get_one<const Leaf>(id)->text, "leaf");
    EXPECT_EQ(Leaf::living, 100);
    session->rollback();
    EXPECT_EQ(Leaf::living, 0);
}

TEST_P(Nursery, an_object_whose_constructor_throws_leaves_nothing_behind) {
    session->add(Leaf("before"));
    EXPECT_THROW((void)session->emplace<Leaf>(Leaf::Broken{}), std::runtime_error);
    session->add(Leaf("after"));
    EXPECT_EQ(Leaf::living, 2);
    session->commit();
    EXPECT_THAT(rows("select text from nursery_leaf order by id"),
                ElementsAre("'before'", "'after'"));
}

TEST_P(Nursery, a_constructor_may_add_objects_of_its_class) {
    session->emplace<Leaf>(*session);
    session->emplace<Leaf>(*session);
    session->commit();
    EXPECT_THAT(rows("select text from nursery_leaf order by text"),
                ElementsAre("'inner'", "'inner'", "'outer'", "'outer'"));
}

TEST_P(Nursery, a_constructor_that_adds_objects_and_throws_leaves_those) {
    session->add(Leaf("before"));
    EXPECT_THROW((void)session->emplace<Leaf>(*session, Leaf::Broken{}), std::runtime_error);
    session->add(Leaf("after"));
    session->commit();
    EXPECT_THAT(rows("select text from nursery_leaf order by text"),
                ElementsAre("'after'", "'before'", "'inner'"));
}

TEST_P(Nursery, handles_outlive_the_session_with_what_they_hold) {
    Ptr<Leaf> held;
    for (int i = 0; i < 50; ++i) held = session->add(Leaf("leaf " + std::to_string(i)));
    session->flush();
    session->commit();
    session->close();
    EXPECT_EQ(held.read().text, "leaf 49");
}

}  // namespace
}  // namespace nursery
