// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include "mapping_support.hpp"
#include <azoth/orm/inspect.hpp>
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/many_map.hpp>
#include <azoth/orm/write_only.hpp>
#include <azoth/sql/functions.hpp>

// Collections that are found by a key (ManyMap), and those that are never loaded (WriteOnly).

namespace collections_test {
namespace {

using namespace flush_test;
using mapping_test::mistakes;

struct Note;
struct Event;

struct Item {
    std::int64_t id{};
    std::string name{};
    ManyMap<std::string, Note> notes{};
    WriteOnly<Event> events{};
    static void map(Mapping<Item>& m);
};
struct Note {
    std::int64_t id{};
    std::int64_t item_id{};
    std::string keyword{};
    std::string text{};
    One<Item> item{};
    static void map(Mapping<Note>& m) {
        m.table("co_note");
        m.column<&Note::id>(primary_key);
        m.column<&Note::item_id>(foreign_key<&Item::id>);
        m.column<&Note::keyword>();
        m.column<&Note::text>();
        m.relationship<&Note::item>(back_populates<&Item::notes>);
    }
};
struct Event {
    std::int64_t id{};
    std::optional<std::int64_t> item_id{};
    std::int64_t day{};
    One<Item> item{};
    static void map(Mapping<Event>& m) {
        m.table("co_event");
        m.column<&Event::id>(primary_key);
        m.column<&Event::item_id>(foreign_key<&Item::id>);
        m.column<&Event::day>();
        m.relationship<&Event::item>(back_populates<&Item::events>);
    }
};
void Item::map(Mapping<Item>& m) {
    m.table("co_item");
    m.column<&Item::id>(primary_key);
    m.column<&Item::name>();
    m.relationship<&Item::notes>(keyed_by<&Note::keyword>, cascade_all_delete_orphan,
                                 order_by<&Note::id>());
    m.relationship<&Item::events>(order_by(col<&Event::day>.desc()));
}

class Collections : public FlushTest {
  protected:
    Collections() { use<Item, Note, Event>(); }

    Ptr<Item> add_item(int notes) {
        auto item = session->add(Item{.name = "i"});
        for (int i = 0; i < notes; ++i)
            item->notes.add(Note{.keyword = "k" + std::to_string(i), .text = std::to_string(i)});
        session->commit();
        (void)sent();
        return item;
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(Collections);

// --- ManyMap -------------------------------------------------------------------------------------

TEST_P(Collections, a_map_finds_its_objects_by_the_member_that_the_mapping_names) {
    for (const int count : {0, 3, 20}) {  // without and with an index
        const auto item = add_item(count);
        for (int i = 0; i < count; ++i)
            EXPECT_EQ(item->notes["k" + std::to_string(i)]->text, std::to_string(i));
        EXPECT_EQ(item->notes["none"], nullptr);
        EXPECT_FALSE(item->notes.contains("none"));
        EXPECT_EQ(item->notes.contains("k0"), count != 0);
        EXPECT_THAT(
            message_of<InvalidRequestError>([&] { (void)item->notes.at("none"); }),
            AllOf(HasSubstr("Item::notes has no object of the key 'none'"), HasSubstr("find()")));
    }
}

TEST_P(Collections, a_map_follows_when_the_member_changes) {
    const auto item = add_item(20);
    const auto note = item->notes.at("k7");
    note->keyword = "renamed";
    EXPECT_EQ(item->notes["renamed"], note);
    EXPECT_EQ(item->notes["k7"], nullptr);
    const auto& constant = *item;
    EXPECT_EQ(constant.notes["renamed"]->text, "7");
    item->notes.at("k3")->keyword = "k7";
    EXPECT_EQ(item->notes["k7"]->text, "3");
    session->commit();
    EXPECT_EQ(item->notes["renamed"], note);
}

TEST_P(Collections, setting_replaces_the_object_of_the_key_which_becomes_an_orphan) {
    const auto item = add_item(10);
    const auto fresh = item->notes.set(Note{.keyword = "k4", .text = "new"});
    EXPECT_EQ(item->notes.size(), 10U);
    EXPECT_EQ(item->notes["k4"], fresh);
    item->notes.set(fresh);
    EXPECT_TRUE(item->notes.erase("k5"));
    EXPECT_FALSE(item->notes.erase("k5"));
    session->commit();
    EXPECT_THAT(rows("select text from co_note where keyword in ('k4', 'k5')"),
                ElementsAre("'new'"));
    EXPECT_EQ(item->notes.size(), 9U);
}

TEST_P(Collections, setting_an_object_that_is_refused_leaves_the_one_that_has_its_key) {
    const Ptr<Note> stranger = add_item(1)->notes.at("k0");
    reopen();  // detached from here on
    const auto item = add_item(1);
    EXPECT_THROW(item->notes.set(stranger), InvalidRequestError);
    EXPECT_THAT(flushed(), IsEmpty());
    EXPECT_TRUE(item->notes.contains("k0"));
}

TEST_P(Collections, a_map_is_filled_by_an_initialiser_and_eagerly_like_any_collection) {
    session->add(Item{.notes = {Note{.keyword = "a"}, Note{.keyword = "b"}}});
    session->commit();
    const auto expect_loaded_by = [&](const auto& option) {
        reopen();
        const auto item = session->scalars(select<Item>().options(option)).one();
        (void)sent();
        EXPECT_EQ(item->notes["b"]->keyword, "b");
        EXPECT_THAT(sent(), IsEmpty());
    };
    expect_loaded_by(joinedload<&Item::notes>());
    expect_loaded_by(selectinload<&Item::notes>());
    Strings keywords;
    const auto item = session->get<const Item>(1);
    for (const auto& note : item->notes) keywords.push_back(note->keyword);
    EXPECT_THAT(keywords, ElementsAre("a", "b"));
}

// --- WriteOnly -----------------------------------------------------------------------------------

TEST_P(Collections, a_write_only_collection_is_written_and_never_loaded) {
    const auto item = session->add(Item{.events = {Event{.day = 1}}});
    item->events.add(Event{.day = 2});
    item->events.add_all(std::vector<Event>{Event{.day = 3}, Event{.day = 4}});
    session->commit();
    (void)sent();
    const auto fifth = item->events.add(Event{.day = 5});
    EXPECT_EQ(fifth->item, item);
    EXPECT_THAT(flushed(), ElementsAre("INSERT co_event (item_id, day)"));
    session->commit();
    (void)sent();
    item->events.remove(fifth);
    EXPECT_EQ(fifth->item, nullptr);
    session->flush();
    for (const std::string& statement : sent())
        EXPECT_THAT(statement, testing::Not(HasSubstr("WHERE item_id")));
    session->commit();
    EXPECT_THAT(rows("select day from co_event where item_id is not null order by day"),
                ElementsAre("1", "2", "3", "4"));
}

TEST_P(Collections, a_write_only_collection_is_asked_by_its_select) {
    const auto item = session->add(Item{});
    const auto other = session->add(Item{});
    for (int day = 1; day <= 5; ++day) (day == 2 ? other : item)->events.add(Event{.day = day});
    session->flush();
    std::vector<std::int64_t> days;
    for (const auto& event :
         session->scalars(item->events.select().where(col<&Event::day> < 5).limit(2)))
        days.push_back(event->day);
    EXPECT_THAT(days, ElementsAre(4, 3)) << "in the order of the mapping";
    const auto [count] =
        session->execute(select(func::count(col<&Event::id>)).where(item->events.belongs_here()))
            .one();
    EXPECT_EQ(count, 4);
}

TEST_P(Collections, a_write_only_collection_inserts_rows_with_the_foreign_key_given) {
    const auto item = session->add(Item{.name = "i"});
    session->commit();
    (void)sent();
    session->execute(item->events.insert(), std::vector<Event>{{.day = 1}, {.day = 2}});
    session->execute(item->events.insert(col<&Event::day> = 3));
    session->execute(item->events.insert(),
                     std::vector<PartialRow>{{col<&Event::day> = 2 + literal(2)}});
    const auto returned =
        session->scalars(item->events.insert().returning<Event>(), std::vector<Event>{{.day = 5}})
            .one();
    EXPECT_EQ(returned->item, item);
    session->commit();
    EXPECT_THAT(rows("select day from co_event where item_id = " + std::to_string(item->id) +
                     " order by day"),
                ElementsAre("1", "2", "3", "4", "5"));
}

TEST_P(Collections, a_write_only_collection_updates_and_deletes_its_own_rows) {
    const auto item = session->add(Item{.name = "i"});
    const auto other = session->add(Item{.name = "o"});
    for (int day = 1; day <= 4; ++day) (day == 2 ? other : item)->events.add(Event{.day = day});
    session->flush();
    const auto events = session->scalars(select<Event>().order_by(col<&Event::day>)).all();
    const auto updated = session->execute(item->events.update()
                                              .where(col<&Event::day> < 4)
                                              .values(col<&Event::day> = col<&Event::day> * 10));
    EXPECT_EQ(updated.rowcount(), 2);
    EXPECT_EQ(events[0]->day, 10) << "objects follow";
    EXPECT_EQ(events[1]->day, 2);
    const auto deleted = session->execute(item->events.delete_().where(col<&Event::day> > 20));
    EXPECT_EQ(deleted.rowcount(), 1);
    session->commit();
    EXPECT_THAT(rows("select day from co_event order by day"), ElementsAre("2", "4", "10"));
    EXPECT_TRUE(inspect(events[2]).detached());
    session->execute(other->events.delete_());
    EXPECT_THAT(session->scalars(select(col<&Event::day>).order_by(col<&Event::day>)).all(),
                ElementsAre(4, 10));
}

TEST_P(Collections, statements_of_a_write_only_collection_need_an_object_with_a_key) {
    const auto item = session->add(Item{.name = "new"});
    const auto refusal = [](auto&& call) { return message_of<InvalidRequestError>(call); };
    const auto names_remedy = AllOf(HasSubstr("Item::events"), HasSubstr("flush()"));
    EXPECT_THAT(refusal([&] { (void)item->events.insert(); }), names_remedy);
    EXPECT_THAT(refusal([&] { (void)item->events.update(); }), names_remedy);
    EXPECT_THAT(refusal([&] { (void)item->events.delete_(); }), names_remedy);
    Item free_standing;
    EXPECT_THAT(refusal([&] { (void)free_standing.events.insert(); }),
                HasSubstr("add the struct first"));
    session->flush();
    EXPECT_THAT(
        message_of<ArgumentError>([&] {
            session->execute(item->events.insert(col<&Event::item_id> = 4, col<&Event::day> = 1));
        }),
        HasSubstr("'item_id' is assigned twice"));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { session->execute(item->events.insert(col<&Note::text> = "x")); }),
                HasSubstr("'text' belongs to"));
}

TEST_P(Collections, deleting_the_owner_takes_a_write_only_collection_along_as_the_cascades_say) {
    const auto item = session->add(Item{.events = {Event{.day = 1}, Event{.day = 2}}});
    session->commit();
    session->delete_(item);
    session->commit();
    EXPECT_THAT(rows("select day from co_event where item_id is null order by day"),
                ElementsAre("1", "2"));
}

TEST_P(Collections, what_a_write_only_collection_is_not_for_is_refused) {
    const auto item = session->add(Item{.name = "new"});
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)item->events.select(); }),
                AllOf(HasSubstr("Item::events"), HasSubstr("flush()")));
    Item free_standing;
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)free_standing.events.select(); }),
                HasSubstr("add the struct first"));
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    (void)session->scalars(select<Item>().options(selectinload<&Item::events>()));
                }),
                AllOf(HasSubstr("Item::events is a WriteOnly"), HasSubstr("select()")));
    EXPECT_EQ(session->scalars(select<Item>().options(raiseload("*"))).all().size(), 1U);
}

TEST_P(Collections, a_rollback_takes_back_what_was_added_to_a_write_only_collection) {
    const auto item = session->add(Item{});
    session->commit();
    const auto event = item->events.add(Event{.day = 1});
    session->rollback();
    EXPECT_TRUE(inspect(event).transient());
    item->events.add(event);
    session->commit();
    EXPECT_THAT(rows("select day from co_event where item_id is not null"), ElementsAre("1"));
}

struct Fan;

/// Bands and those who like them; and those among them who live near.
struct Band {
    std::int64_t number{};
    WriteOnly<Fan> fans{};
    WriteOnly<Fan> locals{};
    static void map(Mapping<Band>& m);
};
struct Fan {
    std::int64_t number{};
    std::string name{};
    std::optional<std::int64_t> near{};
    static void map(Mapping<Fan>& m) {
        m.table("co_fan");
        m.column<&Fan::number>(primary_key, no_autoincrement);
        m.column<&Fan::name>();
        m.column<&Fan::near>(foreign_key<&Band::number>);
    }
};
void Band::map(Mapping<Band>& m) {
    m.table("co_band");
    m.column<&Band::number>(primary_key, no_autoincrement);
    m.relationship<&Band::fans>(secondary("co_band_fan", {.ondelete = "CASCADE"}));
    m.relationship<&Band::locals>(viewonly);
}

class ManyToManyWriteOnly : public FlushTest {
  protected:
    ManyToManyWriteOnly() {
        use<Band, Fan>();
        one = session->add(Band{
            .number = 1, .fans = {Fan{.number = 1, .name = "f1"}, Fan{.number = 2, .name = "f2"}}});
        two = session->add(Band{.number = 2, .fans = {Fan{.number = 3, .name = "f3"}}});
        session->commit();
    }
    Ptr<Band> one;
    Ptr<Band> two;
};
AZOTH_FLUSH_ON_ALL_DATABASES(ManyToManyWriteOnly);

TEST_P(ManyToManyWriteOnly, updates_and_deletes_through_the_table_between) {
    const auto second = session->get<Fan>(2);
    session->execute(one->fans.update().values(col<&Fan::name> = col<&Fan::name> + "!"));
    EXPECT_EQ(second->name, "f2!") << "objects follow";
    session->execute(one->fans.delete_().where(col<&Fan::number> == 1));
    session->commit();
    EXPECT_THAT(rows("select name from co_fan order by number"), ElementsAre("'f2!'", "'f3'"));
}

TEST_P(ManyToManyWriteOnly, does_not_insert) {
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)one->fans.insert(); }),
                AllOf(HasSubstr("Band::fans"), HasSubstr("table between"), HasSubstr("add()")));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)one->locals.insert(); }),
                AllOf(HasSubstr("Band::locals"), HasSubstr("viewonly")));
}

// --- mistakes ------------------------------------------------------------------------------------

template <int Variant>
struct Wrong {
    std::int64_t id{};
    std::optional<std::int64_t> event_id{};
    ManyMap<std::int64_t, Note> notes{};
    Many<Note> plain{};
    WriteOnly<Note> unseen{};
    static void map(Mapping<Wrong>& m) {
        m.table("wrong");
        m.template column<&Wrong::id>(primary_key);
        const auto by_id = [] {
            return primaryjoin(col<&Wrong::id> == foreign(col<&Note::item_id>));
        };
        const auto unchecked = overlaps<&Note::item, &Item::notes>;
        if constexpr (Variant == 0) m.template relationship<&Wrong::notes>(by_id(), unchecked);
        if constexpr (Variant == 1)
            m.template relationship<&Wrong::notes>(by_id(), unchecked, keyed_by<&Note::keyword>);
        if constexpr (Variant == 2)
            m.template relationship<&Wrong::plain>(by_id(), unchecked, keyed_by<&Note::keyword>);
        if constexpr (Variant == 3)
            m.template relationship<&Wrong::notes>(by_id(), unchecked, keyed_by<&Item::id>);
        if constexpr (Variant == 4)
            m.template relationship<&Wrong::unseen>(by_id(), unchecked, lazy_selectin);
    }
};

TEST(CollectionMistakes, name_the_member_and_the_remedy) {
    EXPECT_THAT((mistakes<Wrong<0>, Item, Note, Event>()),
                AllOf(HasSubstr("::notes"), HasSubstr("say keyed_by<&")));
    EXPECT_THAT((mistakes<Wrong<1>, Item, Note, Event>()),
                AllOf(HasSubstr("::keyword"), HasSubstr("whose type is not the key's")));
    EXPECT_THAT((mistakes<Wrong<2>, Item, Note, Event>()),
                AllOf(HasSubstr("::plain"), HasSubstr("keyed_by is for a ManyMap")));
    EXPECT_THAT((mistakes<Wrong<3>, Item, Note, Event>()), HasSubstr("which is not a member of"));
    EXPECT_THAT((mistakes<Wrong<4>, Item, Note, Event>()),
                AllOf(HasSubstr("::unseen"), HasSubstr("leave its lazy_… option out")));
}

}  // namespace
}  // namespace collections_test
