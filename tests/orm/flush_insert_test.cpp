// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// Objects of one class without relationships: INSERTs, UPDATEs, DELETEs and what makes one batch.

namespace flush_test {

struct Person {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> title{};
    Maybe<bool> active{};
    int visits{};
    static void map(Mapping<Person>& m) {
        m.table("person");
        m.column<&Person::id>(primary_key);
        m.column<&Person::name>(String{30}, unique);
        m.column<&Person::title>();
        m.column<&Person::active>(server_default(true));
        m.column<&Person::visits>(server_default(7), default_when_zero);
    }
};

struct Country {
    std::string code{};
    std::string name{};
    static void map(Mapping<Country>& m) {
        m.table("country");
        m.column<&Country::code>(String{2}, primary_key);
        m.column<&Country::name>();
    }
};

struct Counter {
    std::int64_t id{};
    static void map(Mapping<Counter>& m) {
        m.table("counter");
        m.column<&Counter::id>(primary_key);
    }
};

class FlushOneClass : public FlushTest {
  protected:
    FlushOneClass() { use<Person, Country, Counter>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushOneClass);

TEST_P(FlushOneClass, objects_that_say_the_same_are_one_batch_and_get_their_keys_in_order) {
    std::vector<Ptr<Person>> people;
    for (int i = 0; i < 5; ++i)
        people.push_back(
            session->add(Person{.name = "p" + std::to_string(i), .active = true, .visits = i + 1}));
    EXPECT_THAT(flushed(), ElementsAre("INSERT person (name, title, active, visits)"));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(people[static_cast<std::size_t>(i)]->id, i + 1);
    EXPECT_THAT(flushed(), IsEmpty());
    session->commit();
    EXPECT_THAT(rows("select id, name, visits from person order by id"),
                ElementsAre("1 'p0' 1", "2 'p1' 2", "3 'p2' 3", "4 'p3' 4", "5 'p4' 5"));
}

TEST_P(FlushOneClass, R16_unset_members_are_left_out_and_read_back) {
    const auto silent = session->add(Person{.name = "a"});
    const auto telling = session->add(Person{.name = "b", .active = false, .visits = 3});
    const auto half = session->add(Person{.name = "c", .active = false});
    EXPECT_THAT(flushed(), ElementsAre("INSERT person (name, title) -> id, active, visits",
                                       "INSERT person (name, title, active, visits)",
                                       "INSERT person (name, title, active) -> id, visits"));
    EXPECT_EQ(silent->active, true);
    EXPECT_EQ(silent->visits, 7);
    EXPECT_EQ(telling->active, false);
    EXPECT_EQ(half->visits, 7);
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(FlushOneClass, R16_a_zero_that_is_given_is_sent) {
    const auto person = session->add(Person{.name = "a", .visits = 0}, given<&Person::visits>);
    EXPECT_THAT(flushed(), ElementsAre("INSERT person (name, title, visits) -> id, active"));
    EXPECT_EQ(person->visits, 0);
}

TEST_P(FlushOneClass, R16_what_is_given_is_forgotten_with_the_object) {
    const auto person = session->add(Person{.name = "a", .visits = 0}, given<&Person::visits>);
    session->expunge(person);
    session->add(person);  // where it stood, or another one in its place
    EXPECT_THAT(flushed(), ElementsAre("INSERT person (name, title) -> id, active, visits"));
    EXPECT_EQ(person->visits, 7);
}

TEST_P(FlushOneClass, objects_that_say_nothing_are_inserted_one_by_one) {
    const auto one = session->add(Counter{});
    const auto two = session->add(Counter{});
    EXPECT_THAT(flushed(), ElementsAre("INSERT counter", "INSERT counter"));
    EXPECT_EQ(one->id, 1);
    EXPECT_EQ(two->id, 2);
}

TEST_P(FlushOneClass, R12_changed_columns_only_are_written_and_equal_sets_are_one_batch) {
    std::vector<Ptr<Person>> people;
    for (int i = 0; i < 6; ++i)
        people.push_back(session->add(Person{.name = "p" + std::to_string(i), .visits = 1}));
    session->flush();
    static_cast<void>(sent());
    for (std::size_t i : {3U, 0U, 1U}) people[i]->visits = 9;
    people[4]->title = "Dr";
    people[5]->title = "Dr";
    people[2]->name = "p2";  // what it was
    EXPECT_THAT(flushed(), ElementsAre("UPDATE person SET visits WHERE id",
                                       "UPDATE person SET title WHERE id"));
    EXPECT_THAT(flushed(), IsEmpty());
    session->commit();
    EXPECT_THAT(
        rows("select id, title, visits from person order by id"),
        ElementsAre("1 NULL 9", "2 NULL 9", "3 NULL 1", "4 NULL 9", "5 'Dr' 1", "6 'Dr' 1"));
}

TEST_P(FlushOneClass, R13_a_reference_kept_from_before_an_insert_still_writes) {
    const auto person = session->add(Person{.name = "a"});
    Person& reference = *person;
    session->flush();
    static_cast<void>(sent());
    reference.title = "Dr";
    EXPECT_THAT(flushed(), ElementsAre("UPDATE person SET title WHERE id"));
    reference.title = "Prof";
    EXPECT_THAT(flushed(), ElementsAre("UPDATE person SET title WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select title from person"), ElementsAre("'Prof'"));
}

TEST_P(FlushOneClass, deleted_objects_are_one_batch) {
    std::vector<Ptr<Person>> people;
    for (int i = 0; i < 3; ++i)
        people.push_back(session->add(Person{.name = "p" + std::to_string(i)}));
    session->flush();
    static_cast<void>(sent());
    session->delete_(people[0]);
    session->delete_(people[2]);
    EXPECT_THAT(flushed(), ElementsAre("DELETE person WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select name from person"), ElementsAre("'p1'"));
}

TEST_P(FlushOneClass, R15_assigning_a_whole_value_keeps_the_key) {
    const auto person = session->add(Person{.name = "a", .visits = 1});
    session->commit();
    *person = Person{.name = "b", .visits = 2};
    EXPECT_THAT(flushed(), ElementsAre("UPDATE person SET name, visits WHERE id"));
    EXPECT_EQ(person->id, 1);
    session->commit();
    EXPECT_THAT(rows("select id, name, active, visits from person").front(), HasSubstr("1 'b' "));
}

TEST_P(FlushOneClass, an_expression_is_written_and_read_back) {
    const auto person = session->add(Person{.name = "a", .visits = 1});
    session->flush();
    static_cast<void>(sent());
    session->set<&Person::visits>(person, literal_column<int>("visits + 41"));
    person->title = "Dr";
    EXPECT_EQ(flushed(), read_back("UPDATE person SET title, visits WHERE id", "visits"));
    EXPECT_EQ(person->visits, 42);
    EXPECT_THAT(flushed(), IsEmpty());

    const auto other = session->add(Person{.name = "b"});
    session->set<&Person::visits>(other, literal_column<int>("2 * 3"));
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT person (name, title, visits) -> id, active, visits"));
    EXPECT_EQ(other->visits, 6);
}

TEST_P(FlushOneClass, a_natural_key_is_found_again_under_its_new_value) {
    const auto country = session->add(Country{.code = "DE", .name = "Germany"});
    session->flush();
    static_cast<void>(sent());
    country->code = "DD";
    EXPECT_THAT(flushed(), ElementsAre("UPDATE country SET code WHERE code"));
    EXPECT_EQ(session->get<Country>("DD"), country);
    EXPECT_FALSE(session->get<Country>("DE"));
    session->rollback();
    EXPECT_THAT(rows("select code from country"), IsEmpty());
}

TEST_P(FlushOneClass, R14_a_rollback_gives_back_the_old_key) {
    const auto country = session->add(Country{.code = "DE", .name = "Germany"});
    session->commit();
    country->code = "DD";
    session->flush();
    session->rollback();
    EXPECT_EQ(country->code, "DE");
    EXPECT_EQ(session->get<Country>("DE"), country);
}

TEST_P(FlushOneClass, deleting_and_adding_one_key_updates_the_row) {
    const auto old = session->add(Country{.code = "DE", .name = "East"});
    session->flush();
    static_cast<void>(sent());
    session->delete_(old);
    const auto fresh = session->add(Country{.code = "DE", .name = "Germany"});
    EXPECT_THAT(flushed(), ElementsAre("UPDATE country SET name WHERE code"));
    EXPECT_EQ(session->get<Country>("DE"), fresh);
    EXPECT_FALSE(session->contains(old));
    session->commit();
    EXPECT_THAT(rows("select code, name from country"), ElementsAre("'DE' 'Germany'"));
    EXPECT_EQ(fresh->name, "Germany");
}

TEST_P(FlushOneClass, a_row_switch_takes_over_what_the_new_object_says_nothing_about) {
    const auto old = session->add(Person{.name = "a", .active = false, .visits = 3});
    session->flush();
    static_cast<void>(sent());
    session->delete_(old);
    const auto fresh = session->add(Person{.id = 1, .name = "b"});
    EXPECT_THAT(flushed(), ElementsAre("UPDATE person SET name WHERE id"));
    EXPECT_EQ(fresh->visits, 3);
    EXPECT_EQ(fresh->active, false);
    session->rollback();
}

TEST_P(FlushOneClass, R14_a_rolled_back_row_switch_brings_back_the_old_object) {
    const auto old = session->add(Country{.code = "DE", .name = "East"});
    session->commit();
    session->delete_(old);
    const auto fresh = session->add(Country{.code = "DE", .name = "Germany"});
    session->flush();
    session->rollback();
    EXPECT_EQ(session->get<Country>("DE"), old);
    EXPECT_EQ(old->name, "East");
    EXPECT_FALSE(session->contains(fresh));
}

TEST_P(FlushOneClass, a_key_of_another_object_of_the_session_is_refused) {
    session->add(Country{.code = "DE", .name = "East"});
    session->flush();
    session->add(Country{.code = "DE", .name = "Germany"});
    static_cast<void>(sent());
    EXPECT_THAT(message_of<FlushError>([&] { session->flush(); }),
                HasSubstr("Country('DE'), which is in this session"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(FlushOneClass, updates_come_before_inserts_and_deletes_last) {
    const auto first = session->add(Person{.name = "a"});
    const auto second = session->add(Person{.name = "b"});
    session->flush();
    static_cast<void>(sent());
    first->name = "c";
    session->delete_(second);
    session->add(Person{.name = "a", .active = true, .visits = 1});
    EXPECT_THAT(flushed(), ElementsAre("UPDATE person SET name WHERE id",
                                       "INSERT person (name, title, active, visits)",
                                       "DELETE person WHERE id"));
}

}  // namespace flush_test
