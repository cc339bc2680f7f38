// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// Classes that refer to themselves or to each other: per-object order inside circles, batches
// outside of them, post_update where a circle is left.

namespace flush_test {

struct Node {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> parent_id{};
    One<Node> parent{};
    Many<Node> children{};
    static void map(Mapping<Node>& m) {
        m.table("node");
        m.column<&Node::id>(primary_key);
        m.column<&Node::name>();
        m.column<&Node::parent_id>(foreign_key<&Node::id>);
        m.relationship<&Node::parent>(remote_side<&Node::id>, back_populates<&Node::children>);
        m.relationship<&Node::children>(cascade_all);
    }
};

/// Knows its boss only.
struct Employee {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> boss_id{};
    One<Employee> boss{};
    static void map(Mapping<Employee>& m) {
        m.table("employee");
        m.column<&Employee::id>(primary_key);
        m.column<&Employee::name>();
        m.column<&Employee::boss_id>(foreign_key<&Employee::id>);
        m.relationship<&Employee::boss>(remote_side<&Employee::id>);
    }
};

struct Ball;
/// Two classes that refer to each other; the favourite is written afterwards.
struct Owner {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> favourite_id{};
    One<Ball> favourite{};
    Many<Ball> balls{};
    static void map(Mapping<Owner>& m);
};
struct Ball {
    std::int64_t id{};
    std::string colour{};
    std::optional<std::int64_t> owner_id{};
    One<Owner> owner{};
    static void map(Mapping<Ball>& m);
};
void Owner::map(Mapping<Owner>& m) {
    m.table("owner");
    m.column<&Owner::id>(primary_key);
    m.column<&Owner::name>();
    m.column<&Owner::favourite_id>(foreign_key<&Ball::id>({.use_alter = true}));
    m.relationship<&Owner::favourite>(foreign_keys<&Owner::favourite_id>, post_update);
    m.relationship<&Owner::balls>(foreign_keys<&Ball::owner_id>, cascade_all,
                                  back_populates<&Ball::owner>);
}
void Ball::map(Mapping<Ball>& m) {
    m.table("ball");
    m.column<&Ball::id>(primary_key);
    m.column<&Ball::colour>();
    m.column<&Ball::owner_id>(foreign_key<&Owner::id>);
    m.relationship<&Ball::owner>(foreign_keys<&Ball::owner_id>);
}

struct Hen;
struct Egg {
    std::int64_t id{};
    std::optional<std::int64_t> hen_id{};
    One<Hen> hen{};
    static void map(Mapping<Egg>& m);
};
struct Hen {
    std::int64_t id{};
    std::optional<std::int64_t> egg_id{};
    One<Egg> egg{};
    static void map(Mapping<Hen>& m);
};
void Egg::map(Mapping<Egg>& m) {
    m.table("egg");
    m.column<&Egg::id>(primary_key);
    m.column<&Egg::hen_id>(foreign_key<&Hen::id>({.use_alter = true}));
    m.relationship<&Egg::hen>(foreign_keys<&Egg::hen_id>);
}
void Hen::map(Mapping<Hen>& m) {
    m.table("hen");
    m.column<&Hen::id>(primary_key);
    m.column<&Hen::egg_id>(foreign_key<&Egg::id>);
    m.relationship<&Hen::egg>(foreign_keys<&Hen::egg_id>);
}

class FlushSelfReferential : public FlushTest {
  protected:
    FlushSelfReferential() { use<Node, Employee>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushSelfReferential);

TEST_P(FlushSelfReferential, a_tree_is_inserted_level_by_level) {
    const auto root = session->add(Node{.name = "root"});
    const auto a = root->children.add(Node{.name = "a"});
    const auto b = root->children.add(Node{.name = "b"});
    a->children.add(Node{.name = "aa"});
    a->children.add(Node{.name = "ab"});
    b->children.add(Node{.name = "ba"});
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT node (name, parent_id)", "INSERT node (name, parent_id)",
                            "INSERT node (name, parent_id)"));
    session->commit();
    EXPECT_THAT(
        rows("select n.name, p.name from node n left join node p on p.id = n.parent_id "
             "order by n.name"),
        ElementsAre("'a' 'root'", "'aa' 'a'", "'ab' 'a'", "'b' 'root'", "'ba' 'b'", "'root' NULL"));
}

TEST_P(FlushSelfReferential, objects_that_are_not_linked_are_one_batch) {
    for (int i = 0; i < 3; ++i) session->add(Node{.name = "n"});
    EXPECT_THAT(flushed(), ElementsAre("INSERT node (name, parent_id)"));
}

TEST_P(FlushSelfReferential, a_tree_is_deleted_leaves_first) {
    const auto root = session->add(Node{.name = "root"});
    const auto a = root->children.add(Node{.name = "a"});
    a->children.add(Node{.name = "aa"});
    root->children.add(Node{.name = "b"});
    session->commit();
    static_cast<void>(sent());
    session->delete_(root);
    session->flush();
    Strings statements = sent();
    std::erase_if(statements, [](const std::string& one) { return one.starts_with("SELECT"); });
    EXPECT_THAT(statements, ElementsAre("DELETE node WHERE id", "DELETE node WHERE id",
                                        "DELETE node WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select id from node"), IsEmpty());
}

TEST_P(FlushSelfReferential, a_chain_known_from_below_only_is_in_order_both_ways) {
    const auto low = session->add(Employee{.name = "low"});
    const auto middle = session->add(Employee{.name = "middle"});
    const auto high = session->add(Employee{.name = "high"});
    low->boss = middle;
    middle->boss = high;
    session->commit();
    EXPECT_THAT(rows("select e.name, b.name from employee e left join employee b on b.id = "
                     "e.boss_id order by e.name"),
                ElementsAre("'high' NULL", "'low' 'middle'", "'middle' 'high'"));
    session->delete_(high);
    session->delete_(middle);
    session->delete_(low);
    session->commit();
    EXPECT_THAT(rows("select id from employee"), IsEmpty());
}

TEST_P(FlushSelfReferential, a_branch_moves_below_a_new_object) {
    const auto root = session->add(Node{.name = "root"});
    const auto leaf = root->children.add(Node{.name = "leaf"});
    session->flush();
    static_cast<void>(sent());
    const auto between = root->children.add(Node{.name = "between"});
    between->children.add(leaf);
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT node (name, parent_id)", "UPDATE node SET parent_id WHERE id"));
    EXPECT_EQ(leaf->parent_id, between->id);
}

TEST_P(FlushSelfReferential, a_circle_of_new_objects_names_the_cure) {
    const auto a = session->add(Employee{.name = "a"});
    const auto b = session->add(Employee{.name = "b"});
    a->boss = b;
    b->boss = a;
    const std::string message = message_of<CircularDependencyError>([&] { session->flush(); });
    EXPECT_THAT(message, HasSubstr("Employee"));
    EXPECT_THAT(message, HasSubstr("Employee::boss"));
    EXPECT_THAT(message, HasSubstr("post_update"));
    EXPECT_THAT(sent(), IsEmpty());
    b->boss = nullptr;
    session->commit();
    EXPECT_THAT(rows("select name, boss_id from employee order by name"),
                ElementsAre("'a' 1", "'b' NULL"));
}

class FlushPostUpdate : public FlushTest {
  protected:
    FlushPostUpdate() { use<Owner, Ball>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushPostUpdate);

TEST_P(FlushPostUpdate, rows_that_refer_to_each_other_are_closed_by_an_update) {
    const auto owner = session->add(Owner{.name = "sandy"});
    const auto red = owner->balls.add(Ball{.colour = "red"});
    owner->balls.add(Ball{.colour = "blue"});
    owner->favourite = red;
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT owner (name, favourite_id)", "INSERT ball (colour, owner_id)",
                            "UPDATE owner SET favourite_id WHERE id"));
    EXPECT_THAT(flushed(), IsEmpty());
    session->commit();
    EXPECT_THAT(rows("select favourite_id from owner"), ElementsAre("1"));
}

TEST_P(FlushPostUpdate, an_update_opens_the_circle_before_rows_are_deleted) {
    const auto owner = session->add(Owner{.name = "sandy"});
    owner->favourite = owner->balls.add(Ball{.colour = "red"});
    session->flush();
    static_cast<void>(sent());
    session->delete_(owner);
    EXPECT_THAT(flushed(), ElementsAre("UPDATE owner SET favourite_id WHERE id",
                                       "DELETE ball WHERE id", "DELETE owner WHERE id"));
    session->rollback();
    session->commit();
}

TEST_P(FlushPostUpdate, a_favourite_that_changes_is_an_update_alone) {
    const auto owner = session->add(Owner{.name = "sandy"});
    const auto red = owner->balls.add(Ball{.colour = "red"});
    const auto blue = owner->balls.add(Ball{.colour = "blue"});
    owner->favourite = red;
    session->flush();
    static_cast<void>(sent());
    owner->favourite = blue;
    owner->name = "patrick";
    EXPECT_THAT(flushed(), ElementsAre("UPDATE owner SET name WHERE id",
                                       "UPDATE owner SET favourite_id WHERE id"));
    owner->favourite = nullptr;
    session->delete_(blue);
    EXPECT_THAT(flushed(),
                ElementsAre("UPDATE owner SET favourite_id WHERE id", "DELETE ball WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select favourite_id from owner"), ElementsAre("NULL"));
}

class FlushTwoClassesInACircle : public FlushTest {
  protected:
    FlushTwoClassesInACircle() { use<Egg, Hen>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushTwoClassesInACircle);

TEST_P(FlushTwoClassesInACircle, a_chain_through_both_is_inserted_object_by_object) {
    const auto egg = session->add(Egg{});
    const auto hen = session->add(Hen{.egg = egg});
    const auto next = session->add(Egg{.hen = hen});
    session->add(Hen{.egg = next});
    EXPECT_THAT(flushed(), ElementsAre("INSERT egg (hen_id)", "INSERT hen (egg_id)",
                                       "INSERT egg (hen_id)", "INSERT hen (egg_id)"));
}

TEST_P(FlushTwoClassesInACircle, chains_side_by_side_share_their_batches) {
    for (int i = 0; i < 3; ++i) {
        const auto egg = session->add(Egg{});
        const auto hen = session->add(Hen{.egg = egg});
        session->add(Egg{.hen = hen});
    }
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT egg (hen_id)", "INSERT hen (egg_id)", "INSERT egg (hen_id)"));
    session->commit();
    EXPECT_THAT(rows("select hen_id from egg where hen_id is not null order by 1"),
                ElementsAre("1", "2", "3"));
}

TEST_P(FlushTwoClassesInACircle, which_was_first_cant_be_told) {
    const auto egg = session->add(Egg{});
    egg->hen = session->add(Hen{.egg = egg});
    const std::string message = message_of<CircularDependencyError>([&] { session->flush(); });
    EXPECT_THAT(message, HasSubstr("Egg::hen"));
    EXPECT_THAT(message, HasSubstr("Hen::egg"));
}

}  // namespace flush_test
