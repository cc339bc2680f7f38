// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// What goes along, and what is left to the database: passive_deletes, cascades from the many side,
// objects that are not in the session.

namespace flush_test {

struct Part;
struct Screw;
struct Bolt;
struct Engineer;

struct Machine {
    std::int64_t id{};
    std::string name{};
    Many<Part> parts{};
    Many<Screw> screws{};
    Many<Bolt> bolts{};
    One<Engineer> engineer{};
    std::optional<std::int64_t> engineer_id{};
    static void map(Mapping<Machine>& m);
};
/// Deleted by the database where it is not loaded.
struct Part {
    std::int64_t id{};
    std::optional<std::int64_t> machine_id{};
    static void map(Mapping<Part>& m);
};
/// Left to the database, loaded or not.
struct Screw {
    std::int64_t id{};
    std::optional<std::int64_t> machine_id{};
    static void map(Mapping<Screw>& m);
};
/// Never added by being linked.
struct Bolt {
    std::int64_t id{};
    std::int64_t machine_id{};
    static void map(Mapping<Bolt>& m);
};
/// Belongs to one machine.
struct Engineer {
    std::int64_t id{};
    std::string name{};
    static void map(Mapping<Engineer>& m);
};

void Machine::map(Mapping<Machine>& m) {
    m.table("machine");
    m.column<&Machine::id>(primary_key);
    m.column<&Machine::name>();
    m.column<&Machine::engineer_id>(foreign_key<&Engineer::id>);
    m.relationship<&Machine::parts>(cascade_all, passive_deletes);
    m.relationship<&Machine::screws>(passive_deletes_all);
    m.relationship<&Machine::bolts>(cascade("none"), lazy_raise);
    m.relationship<&Machine::engineer>(cascade_all_delete_orphan, single_parent);
}
void Part::map(Mapping<Part>& m) {
    m.table("part");
    m.column<&Part::id>(primary_key);
    m.column<&Part::machine_id>(foreign_key<&Machine::id>({.ondelete = "CASCADE"}));
}
void Screw::map(Mapping<Screw>& m) {
    m.table("screw");
    m.column<&Screw::id>(primary_key);
    m.column<&Screw::machine_id>(foreign_key<&Machine::id>({.ondelete = "SET NULL"}));
}
void Bolt::map(Mapping<Bolt>& m) {
    m.table("bolt");
    m.column<&Bolt::id>(primary_key);
    m.column<&Bolt::machine_id>(foreign_key<&Machine::id>, server_default(1), default_when_zero);
}
void Engineer::map(Mapping<Engineer>& m) {
    m.table("engineer");
    m.column<&Engineer::id>(primary_key);
    m.column<&Engineer::name>();
}

class FlushCascades : public FlushTest {
  protected:
    FlushCascades() { use<Machine, Part, Screw, Bolt, Engineer>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushCascades);

TEST_P(FlushCascades, passive_deletes_leaves_what_is_not_loaded_to_the_database) {
    const auto machine = session->add(Machine{.name = "loom"});
    machine->parts.add(Part{});
    machine->screws.add(Screw{});
    session->commit();
    static_cast<void>(sent());
    session->delete_(machine);
    // Bolts are loaded although the program may not: the flush must know them.
    EXPECT_THAT(flushed(), ElementsAre("SELECT machine", "SELECT bolt", "DELETE machine WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select id from part"), IsEmpty());
    EXPECT_THAT(rows("select machine_id from screw"), ElementsAre("NULL"));
}

TEST_P(FlushCascades, passive_deletes_deletes_what_is_loaded) {
    const auto machine = session->add(Machine{.name = "loom"});
    machine->parts.add(Part{});
    session->flush();
    static_cast<void>(sent());
    session->delete_(machine);
    EXPECT_THAT(flushed(),
                ElementsAre("SELECT bolt", "DELETE part WHERE id", "DELETE machine WHERE id"));
}

TEST_P(FlushCascades, passive_deletes_all_touches_nothing) {
    const auto machine = session->add(Machine{.name = "loom"});
    const auto screw = machine->screws.add(Screw{});
    session->flush();
    static_cast<void>(sent());
    session->delete_(machine);
    EXPECT_THAT(flushed(), ElementsAre("SELECT bolt", "DELETE machine WHERE id"));
    EXPECT_EQ(screw->machine_id, 1);  // as last seen
    session->commit();
    EXPECT_EQ(screw->machine_id, std::nullopt);
}

TEST_P(FlushCascades, the_many_side_can_own_the_one) {
    const auto machine = session->add(Machine{.name = "loom", .engineer = Engineer{.name = "Ada"}});
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT engineer (name)", "INSERT machine (name, engineer_id)"));
    machine->engineer = Engineer{.name = "Bob"};
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT engineer (name)", "UPDATE machine SET engineer_id WHERE id",
                            "DELETE engineer WHERE id"));
    session->delete_(machine);
    EXPECT_THAT(flushed(),
                ElementsAre("SELECT bolt", "DELETE machine WHERE id", "DELETE engineer WHERE id"));
}

TEST_P(FlushCascades, what_is_linked_but_not_in_the_session_is_reported_and_not_inserted) {
    const auto machine = session->add(Machine{.name = "loom"});
    const auto bolt = session->model().make(Bolt{});
    machine->bolts.add(bolt);
    EXPECT_THAT(flushed(), ElementsAre("INSERT machine (name, engineer_id)"));
    EXPECT_THAT(warnings(), ElementsAre(testing::AllOf(HasSubstr("Bolt is not in the session"),
                                                       HasSubstr("Machine::bolts"))));
    EXPECT_FALSE(session->contains(bolt));
}

TEST_P(FlushCascades, R16_a_foreign_key_with_a_default_is_left_to_it) {
    session->add(Machine{.name = "loom"});
    session->flush();
    const auto bolt = session->add(Bolt{});
    EXPECT_THAT(flushed(), ElementsAre("INSERT bolt -> id, machine_id"));
    EXPECT_EQ(bolt->machine_id, 1);
}

TEST_P(FlushCascades, a_delete_that_is_taken_back_deletes_nothing) {
    const auto machine = session->add(Machine{.name = "loom"});
    machine->parts.add(Part{});
    session->flush();
    static_cast<void>(sent());
    session->delete_(machine);
    session->add(machine);
    EXPECT_THAT(flushed(), IsEmpty());
}

}  // namespace flush_test
