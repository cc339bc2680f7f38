// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include "mapping_support.hpp"
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/relationship_conditions.hpp>

// Relationships whose mapping says by conditions along which rows they lead.

namespace primaryjoin_test {
namespace {

using namespace flush_test;
using mapping_test::mistakes;

struct Address;
struct Visit;

struct Person {
    std::int64_t id{};
    std::string name{};
    std::int64_t first_day{};
    std::int64_t last_day{};
    Many<Address> addresses{};
    Many<Address> in_boston{};   // by a value of the mapping's
    Many<Visit> visits{};        // by days: no columns are equal
    Many<Address> favourites{};  // through rows of one kind
    static void map(Mapping<Person>& m);
};

struct Address {
    std::int64_t id{};
    std::string city{};
    std::optional<std::int64_t> person_id{};
    One<Person> person{};
    static void map(Mapping<Address>& m) {
        m.table("pj_address");
        m.column<&Address::id>(primary_key);
        m.column<&Address::city>();
        m.column<&Address::person_id>(foreign_key<&Person::id>);
        m.relationship<&Address::person>(back_populates<&Person::addresses>);
    }
};

struct Visit {
    std::int64_t id{};
    std::int64_t day{};
    static void map(Mapping<Visit>& m) {
        m.table("pj_visit");
        m.column<&Visit::id>(primary_key);
        m.column<&Visit::day>();
    }
};

struct Bookmark {
    std::int64_t person_id{};
    std::int64_t address_id{};
    std::string kind{};
    static void map(Mapping<Bookmark>& m) {
        m.table("pj_bookmark");
        m.column<&Bookmark::person_id>(primary_key, foreign_key<&Person::id>);
        m.column<&Bookmark::address_id>(primary_key, foreign_key<&Address::id>);
        m.column<&Bookmark::kind>();
    }
};

void Person::map(Mapping<Person>& m) {
    m.table("pj_person");
    m.column<&Person::id>(primary_key);
    m.column<&Person::name>();
    m.column<&Person::first_day>();
    m.column<&Person::last_day>();
    m.relationship<&Person::addresses>();
    m.relationship<&Person::in_boston>(primaryjoin(col<&Person::id> == col<&Address::person_id> &&
                                                   col<&Address::city> == "Boston'; --"),
                                       order_by<&Address::id>(), viewonly);
    m.relationship<&Person::visits>(
        primaryjoin(col<&Visit::day>.between(col<&Person::first_day>, col<&Person::last_day>)),
        order_by<&Visit::id>(), viewonly);
    m.relationship<&Person::favourites>(
        secondary("pj_bookmark"),
        primaryjoin(col<&Person::id> == col<&Bookmark::person_id> &&
                    col<&Bookmark::kind> == "favourite"),
        secondaryjoin(col<&Address::id> == col<&Bookmark::address_id>), order_by<&Address::id>(),
        viewonly);
}

class Primaryjoin : public FlushTest {
  protected:
    Primaryjoin() {
        use<Person, Address, Visit, Bookmark>();
        auto ann = session->add(Person{.name = "ann", .first_day = 1, .last_day = 10});
        auto bob = session->add(Person{.name = "bob", .first_day = 5, .last_day = 20});
        session->add(Person{.name = "cid", .first_day = 0, .last_day = 0});
        std::vector<Ptr<Address>> all;
        for (const char* city : {"Boston'; --", "Bonn", "Boston'; --"})
            all.push_back(ann->addresses.add(Address{.city = city}));
        bob->addresses.add(Address{.city = "Boston'; --"});
        for (const std::int64_t day : {1, 7, 15}) session->add(Visit{.day = day});
        session->flush();
        for (const auto& address : all)
            session->add(Bookmark{.person_id = bob->id,
                                  .address_id = address->id,
                                  .kind = address->city == "Bonn" ? "favourite" : "seen"});
        session->commit();
        reopen();
        (void)sent();
    }
    Ptr<Person> person(const std::string& name) {
        return session->scalars(select<Person>().where(col<&Person::name> == name)).one();
    }
    /// "ann: 1 3, bob: 4": the objects with what a relationship of theirs leads to.
    template <auto Member, auto Value, class... Options>
    std::string all(const Options&... options) {
        std::string text;
        auto statement = select<const Person>().order_by(col<&Person::id>).options(options...);
        for (const auto& each : session->scalars(statement)) {
            text += (text.empty() ? "" : ", ") + each->name + ":";
            for (const auto& item : (*each).*Member) text += " " + std::to_string((*item).*Value);
        }
        session->expire_all();
        return text;
    }
    /// The same whichever way it is loaded.
    template <auto Member, auto Value>
    void expect_all_ways(const std::string& expected) {
        EXPECT_EQ((all<Member, Value>()), expected) << "lazily";
        EXPECT_EQ((all<Member, Value>(selectinload<Member>())), expected);
        EXPECT_EQ((all<Member, Value>(joinedload<Member>())), expected);
        EXPECT_EQ((all<Member, Value>(subqueryload<Member>())), expected);
        EXPECT_EQ((all<Member, Value>(immediateload<Member>())), expected);
    }
    Strings names(const Expr<bool>& condition) {
        Strings found;
        for (const auto& [name] : session->execute(
                 select(col<&Person::name>).where(condition).order_by(col<&Person::id>)))
            found.push_back(name);
        return found;
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(Primaryjoin);

TEST_P(Primaryjoin, a_value_of_the_mapping_stands_in_every_way_to_load) {
    expect_all_ways<&Person::in_boston, &Address::id>("ann: 1 3, bob: 4, cid:");
}

TEST_P(Primaryjoin, a_condition_without_equal_columns_asks_the_row_of_the_owner) {
    expect_all_ways<&Person::visits, &Visit::day>("ann: 1 7, bob: 7 15, cid:");
    const auto bob = person("bob");
    bob->first_day = 8;  // is flushed first
    EXPECT_EQ(bob->visits.size(), 1U);
}

TEST_P(Primaryjoin, the_table_between_meets_conditions_too) {
    expect_all_ways<&Person::favourites, &Address::id>("ann:, bob: 2, cid:");
}

TEST_P(Primaryjoin, joins_along_it_have_its_conditions_and_those_of_the_program) {
    const auto titles = [&](const auto& statement) {
        Strings found;
        for (const auto& [name, id] : session->execute(statement))
            found.push_back(name + std::to_string(id));
        return found;
    };
    EXPECT_THAT(titles(select(col<&Person::name>, col<&Address::id>)
                           .join<&Person::in_boston>()
                           .where(col<&Address::id> > 1)
                           .order_by(col<&Address::id>)),
                ElementsAre("ann3", "bob4"));
    const auto there = aliased<Address>();
    EXPECT_THAT(
        titles(
            select(col<&Person::name>, there.col<&Address::id>()).join<&Person::favourites>(there)),
        ElementsAre("bob2"));
    auto contained = session->scalars(select<Person>()
                                          .join<&Person::in_boston>()
                                          .where(col<&Person::name> == "ann")
                                          .options(contains_eager<&Person::in_boston>()));
    EXPECT_EQ(contained.all().size(), 1U);
}

TEST_P(Primaryjoin, conditions_on_it_are_about_what_it_leads_to) {
    EXPECT_THAT(names(any<&Person::in_boston>()), ElementsAre("ann", "bob"));
    EXPECT_THAT(names(any<&Person::in_boston>(col<&Address::id> == 3)), ElementsAre("ann"));
    EXPECT_THAT(names(any<&Person::visits>(col<&Visit::day> == 15)), ElementsAre("bob"));
    EXPECT_THAT(names(!any<&Person::favourites>()), ElementsAre("ann", "cid"));
    const auto bonn = session->get<Address>(2);
    EXPECT_THAT(names(contains<&Person::favourites>(bonn)), ElementsAre("bob"));
    EXPECT_THAT(names(contains<&Person::in_boston>(bonn)), IsEmpty());
    EXPECT_THAT(names(contains<&Person::visits>(session->get<Visit>(2))),
                ElementsAre("ann", "bob"));
    auto mine =
        session->scalars(select<Address>().where(with_parent<&Person::in_boston>(person("ann"))));
    EXPECT_EQ(mine.all().size(), 2U);
}

TEST_P(Primaryjoin, statements_with_it_are_found_again_with_the_values_of_the_program) {
    for (const std::int64_t id : {1, 3, 4, 1})
        EXPECT_THAT(
            names(col<&Person::name> != "x" && any<&Person::in_boston>(col<&Address::id> == id)),
            ElementsAre(id == 4 ? "bob" : "ann"));
}

// --- written -------------------------------------------------------------------------------------

struct Badge;
struct Employee {
    std::int64_t id{};
    std::string code{};
    Many<Badge> badges{};
    Many<Badge> old_badges{};
    static void map(Mapping<Employee>& m);
};
/// Its table has no foreign key.
struct Badge {
    std::int64_t id{};
    std::optional<std::string> employee_code{};
    bool old{};
    One<Employee> employee{};
    static void map(Mapping<Badge>& m) {
        m.table("pj_badge");
        m.column<&Badge::id>(primary_key);
        m.column<&Badge::employee_code>();
        m.column<&Badge::old>();
        m.relationship<&Badge::employee>(
            primaryjoin(col<&Employee::code> == foreign(col<&Badge::employee_code>)));
    }
};
void Employee::map(Mapping<Employee>& m) {
    m.table("pj_employee");
    m.column<&Employee::id>(primary_key);
    m.column<&Employee::code>();
    m.relationship<&Employee::badges>(back_populates<&Badge::employee>);
    m.relationship<&Employee::old_badges>(
        primaryjoin(foreign(col<&Badge::employee_code>) == col<&Employee::code> &&
                    col<&Badge::old>),
        overlaps<&Employee::badges, &Badge::employee>);
}

class WrittenPrimaryjoin : public FlushTest {
  protected:
    WrittenPrimaryjoin() { use<Employee, Badge>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(WrittenPrimaryjoin);

TEST_P(WrittenPrimaryjoin, a_column_marked_foreign_is_written_from_either_side) {
    auto ann = session->add(Employee{.code = "ann"});
    auto badge = ann->badges.add(Badge{});
    EXPECT_EQ(badge->employee, ann);
    ann->old_badges.add(Badge{.old = true});
    session->add(Badge{.employee = ann});
    session->commit();
    EXPECT_THAT(rows("select employee_code, old from pj_badge order by id"), testing::SizeIs(3));
    EXPECT_THAT(rows("select distinct employee_code from pj_badge"), ElementsAre("'ann'"));
    EXPECT_EQ(ann->badges.size(), 3U);
    EXPECT_EQ(ann->old_badges.size(), 1U);
    EXPECT_EQ(badge->employee, ann) << "by another column than the key";
    ann->badges.remove(badge);
    session->commit();
    EXPECT_EQ(badge->employee_code, std::nullopt);
    EXPECT_EQ(ann->badges.size(), 2U);
}

struct Node {
    std::string code{};
    std::optional<std::string> parent_code{};
    One<Node> parent{};
    Many<Node> children{};
    Many<Node> later{};
    static void map(Mapping<Node>& m) {
        m.table("pj_node");
        m.column<&Node::code>(primary_key, String{20});
        m.column<&Node::parent_code>();
        m.relationship<&Node::parent>(
            primaryjoin(remote(col<&Node::code>) == foreign(col<&Node::parent_code>)));
        m.relationship<&Node::children>(back_populates<&Node::parent>, order_by<&Node::code>());
        m.relationship<&Node::later>(primaryjoin(remote(col<&Node::code>) > col<&Node::code>),
                                     order_by<&Node::code>(), viewonly);
    }
};

class SelfReferentialPrimaryjoin : public FlushTest {
  protected:
    SelfReferentialPrimaryjoin() { use<Node>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(SelfReferentialPrimaryjoin);

TEST_P(SelfReferentialPrimaryjoin, remote_says_which_end_a_column_is_of) {
    auto root = session->add(Node{.code = "a"});
    root->children.add(Node{.code = "b"})->children.add(Node{.code = "c"});
    session->commit();
    EXPECT_THAT(rows("select code, parent_code from pj_node order by code"),
                ElementsAre("'a' NULL", "'b' 'a'", "'c' 'b'"));
    Strings found;
    for (const auto& node : session->scalars(select<Node>().order_by(col<&Node::code>))) {
        std::string text = node->code + "<" + (node->parent ? node->parent->code : "") + " >";
        for (const auto& later : node->later) text += later->code;
        found.push_back(text);
    }
    EXPECT_THAT(found, ElementsAre("a< >bc", "b<a >c", "c<b >"));
    Strings eager;
    for (const auto& node : session->scalars(
             select<Node>().order_by(col<&Node::code>).options(joinedload<&Node::later>())))
        eager.push_back(node->code + std::to_string(node->later.size()));
    EXPECT_THAT(eager, ElementsAre("a2", "b1", "c0"));
}

// --- of a class with itself, through a table between ---------------------------------------------

/// The members of its own class in the secondaryjoin are those of the other end.
struct Follower {
    std::int64_t id{};
    Many<Follower> follows{};
    Many<Follower> followers{};
    static void map(Mapping<Follower>& m);
};
struct Following {
    std::int64_t from_id{};
    std::int64_t to_id{};
    static void map(Mapping<Following>& m) {
        m.table("pj_following");
        m.column<&Following::from_id>(primary_key, foreign_key<&Follower::id>);
        m.column<&Following::to_id>(primary_key, foreign_key<&Follower::id>);
    }
};
void Follower::map(Mapping<Follower>& m) {
    m.table("pj_follower");
    m.column<&Follower::id>(primary_key);
    m.relationship<&Follower::follows>(secondary("pj_following"),
                                       primaryjoin(col<&Follower::id> == col<&Following::from_id>),
                                       secondaryjoin(col<&Follower::id> == col<&Following::to_id>));
    m.relationship<&Follower::followers>(secondary("pj_following"),
                                         back_populates<&Follower::follows>);
}

TEST_P(Primaryjoin, a_secondaryjoin_of_a_class_with_itself_is_about_the_other_end) {
    use<Follower, Following>();
    const auto ann = session->add(Follower{});
    const auto bob = ann->follows.add(Follower{});
    session->commit();
    EXPECT_EQ(ann->follows.size(), 1U);
    EXPECT_EQ(bob->followers[0], ann);
}

// --- mistakes ------------------------------------------------------------------------------------

/// A Person with one relationship, as `say` maps it.
template <int Variant>
struct Wrong {
    std::int64_t id{};
    std::optional<std::int64_t> visit_id{};
    Many<Visit> visits{};
    Many<Address> addresses{};
    static void map(Mapping<Wrong>& m);
};

template <int Variant>
void Wrong<Variant>::map(Mapping<Wrong>& m) {
    m.table("wrong");
    m.template column<&Wrong::id>(primary_key);
    m.template column<&Wrong::visit_id>();
    const auto map_by = [&](const auto&... options) {
        m.template relationship<&Wrong::visits>(options...);
    };
    if constexpr (Variant == 0) map_by(primaryjoin(col<&Wrong::id> == col<&Visit::day>));
    if constexpr (Variant == 1)
        map_by(primaryjoin(foreign(col<&Wrong::visit_id>) == col<&Visit::id>));
    if constexpr (Variant == 2)
        map_by(
            primaryjoin(col<&Wrong::id> == foreign(col<&Visit::day>) && col<&Person::name> == "x"));
    if constexpr (Variant == 3) map_by(secondaryjoin(col<&Wrong::id> == col<&Visit::day>));
    if constexpr (Variant == 4)
        map_by(primaryjoin(col<&Wrong::id> == col<&Visit::day>), secondary("wrong_visit"));
    if constexpr (Variant == 5) {
        map_by(primaryjoin(col<&Wrong::id> == foreign(col<&Visit::day>)));
        m.template relationship<&Wrong::addresses>(
            primaryjoin(col<&Wrong::id> == foreign(col<&Address::person_id>)));
    }
}

template <int Variant>
std::string mistakes_of() {
    return mistakes<Wrong<Variant>, Person, Address, Visit, Bookmark>();
}

TEST(PrimaryjoinMistakes, name_the_member_and_the_remedy) {
    EXPECT_THAT(mistakes_of<0>(), AllOf(HasSubstr("::visits"), HasSubstr("equate no foreign key"),
                                        HasSubstr("foreign(…), or say viewonly")));
    EXPECT_THAT(mistakes_of<1>(),
                AllOf(HasSubstr("::visits"), HasSubstr("let the member be a One<T>")));
    EXPECT_THAT(mistakes_of<2>(), AllOf(HasSubstr("mentions column 'name' of"),
                                        HasSubstr("none of the tables that it leads")));
    EXPECT_THAT(mistakes_of<3>(), HasSubstr("say secondary("));
    EXPECT_THAT(mistakes_of<4>(), HasSubstr("map a class to that table"));
    EXPECT_THAT(mistakes_of<5>(), AllOf(HasSubstr("it writes column 'person_id' of"),
                                        HasSubstr("Address::person"), HasSubstr("overlaps<&")));
}

TEST_P(Primaryjoin, foreign_and_remote_say_nothing_in_a_query) {
    EXPECT_THAT(
        message_of<ArgumentError>([&] { static_cast<void>(names(remote(col<&Person::id>) == 1)); }),
        HasSubstr("remote(…) says something in the primaryjoin()"));
}

}  // namespace
}  // namespace primaryjoin_test
