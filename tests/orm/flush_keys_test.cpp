// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// Natural keys that change, and the foreign keys that follow.

namespace flush_test {

struct Product;

/// Its key changes, and the database takes its products along.
struct Brand {
    std::string name{};
    Many<Product> products{};
    static void map(Mapping<Brand>& m);
};
struct Product {
    std::int64_t id{};
    std::string brand_name{};
    One<Brand> brand{};
    static void map(Mapping<Product>& m);
};
void Brand::map(Mapping<Brand>& m) {
    m.table("brand");
    m.column<&Brand::name>(String{20}, primary_key);
    m.relationship<&Brand::products>();
}
void Product::map(Mapping<Product>& m) {
    m.table("product");
    m.column<&Product::id>(primary_key);
    m.column<&Product::brand_name>(String{20}, foreign_key<&Brand::name>({.onupdate = "CASCADE"}));
    m.relationship<&Product::brand>(back_populates<&Brand::products>);
}

/// The key of a seat holds the key of its room.
struct Room {
    int number{};
    static void map(Mapping<Room>& m) {
        m.table("room");
        m.column<&Room::number>(primary_key, no_autoincrement);
    }
};
struct Seat {
    int room_number{};
    int place{};
    std::string person{};
    One<Room> room{};
    static void map(Mapping<Seat>& m) {
        m.table("seat");
        m.column<&Seat::room_number>(primary_key,
                                     foreign_key<&Room::number>({.onupdate = "CASCADE"}));
        m.column<&Seat::place>(primary_key);
        m.column<&Seat::person>();
        m.relationship<&Seat::room>();
    }
};

/// Without a cascade in the database, which looks at foreign keys when the transaction ends.
struct Street;
struct House {
    std::int64_t id{};
    std::string street_name{};
    static void map(Mapping<House>& m);
};
struct Street {
    std::string name{};
    Many<House> houses{};
    static void map(Mapping<Street>& m);
};
void House::map(Mapping<House>& m) {
    m.table("house");
    m.column<&House::id>(primary_key);
    m.column<&House::street_name>(
        String{20}, foreign_key<&Street::name>({.deferrable = true, .initially = "DEFERRED"}));
}
void Street::map(Mapping<Street>& m) {
    m.table("street");
    m.column<&Street::name>(String{20}, primary_key);
    m.relationship<&Street::houses>();
}

class FlushKeys : public FlushTest {
  protected:
    FlushKeys() {
        if (requirements.deferrable_keys)
            use<Brand, Product, Room, Seat, Street, House>();
        else
            use<Brand, Product, Room, Seat>();
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushKeys);

TEST_P(FlushKeys, objects_follow_where_the_database_cascades) {
    const auto brand = session->add(Brand{.name = "acme"});
    const auto first = brand->products.add(Product{});
    const auto second = brand->products.add(Product{});
    session->flush();
    static_cast<void>(sent());
    brand->name = "azoth";
    EXPECT_THAT(flushed(), ElementsAre("UPDATE brand SET name WHERE name"));
    EXPECT_EQ(first->brand_name, "azoth");
    EXPECT_EQ(second->brand_name, "azoth");
    EXPECT_THAT(flushed(), IsEmpty());
    session->commit();
    EXPECT_THAT(rows("select brand_name from product"), ElementsAre("'azoth'", "'azoth'"));
    EXPECT_EQ(session->get<Brand>("azoth"), brand);
}

TEST_P(FlushKeys, what_is_added_under_a_new_key_gets_the_new_key) {
    const auto brand = session->add(Brand{.name = "acme"});
    session->flush();
    static_cast<void>(sent());
    brand->name = "azoth";
    const auto product = brand->products.add(Product{});
    EXPECT_THAT(flushed(),
                ElementsAre("UPDATE brand SET name WHERE name", "INSERT product (brand_name)"));
    EXPECT_EQ(product->brand_name, "azoth");
}

TEST_P(FlushKeys, R14_a_rollback_takes_the_followers_back) {
    const auto brand = session->add(Brand{.name = "acme"});
    const auto product = brand->products.add(Product{});
    session->commit();
    EXPECT_EQ(product->brand_name, "acme");
    brand->name = "azoth";
    session->flush();
    EXPECT_EQ(product->brand_name, "azoth");
    session->rollback();
    EXPECT_EQ(product->brand_name, "acme");
    EXPECT_EQ(session->get<Brand>("acme"), brand);
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(FlushKeys, a_key_within_a_key_follows_and_is_found_again) {
    const auto room = session->add(Room{.number = 7});
    const auto seat = session->add(Seat{.place = 1, .person = "sandy", .room = room});
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT room (number)", "INSERT seat (room_number, place, person)"));
    EXPECT_EQ(seat->room_number, 7);
    room->number = 8;
    EXPECT_THAT(flushed(), ElementsAre("UPDATE room SET number WHERE number"));
    EXPECT_EQ(session->get<Seat>(8, 1), seat);
    EXPECT_FALSE(session->get<Seat>(7, 1));
    seat->person = "patrick";
    static_cast<void>(sent());
    EXPECT_THAT(flushed(), ElementsAre("UPDATE seat SET person WHERE room_number, place"));
}

TEST_P(FlushKeys, two_rows_exchange_what_is_no_key_but_never_their_keys_in_silence) {
    const auto seven = session->add(Room{.number = 7});
    session->add(Room{.number = 8});
    session->commit();
    seven->number = 8;
    EXPECT_THROW(session->flush(), IntegrityError);
    session->rollback();
    EXPECT_EQ(session->get<Room>(7), seven);
}

TEST_P(FlushKeys, a_key_that_is_given_up_can_be_taken_in_the_same_flush) {
    const auto room = session->add(Room{.number = 7});
    session->flush();
    static_cast<void>(sent());
    room->number = 8;
    const auto fresh = session->add(Room{.number = 7});
    EXPECT_THAT(flushed(),
                ElementsAre("UPDATE room SET number WHERE number", "INSERT room (number)"));
    EXPECT_EQ(session->get<Room>(7), fresh);
    EXPECT_EQ(session->get<Room>(8), room);
}

TEST_P(FlushKeys, the_key_of_an_object_whose_row_is_found_to_be_gone_can_be_taken) {
    const auto room = session->add(Room{.number = 7});
    session->commit();
    elsewhere("delete from room");
    EXPECT_EQ(session->get<Room>(7), nullptr);
    EXPECT_FALSE(session->contains(room));
    const auto fresh = session->add(Room{.number = 7});
    session->commit();
    EXPECT_EQ(session->get<Room>(7), fresh);
    session->commit();
    elsewhere("delete from room");
    const auto third = session->add(Room{.number = 7});  // nobody has asked before
    session->commit();
    EXPECT_FALSE(session->contains(fresh));
    EXPECT_EQ(session->get<Room>(7), third);
}

TEST_P(FlushKeys, merging_brings_back_a_row_that_is_gone) {
    const auto room = session->add(Room{.number = 7});
    session->commit();
    elsewhere("delete from room");
    const auto merged = session->merge(Room{.number = 7});
    session->commit();
    EXPECT_NE(merged, room);
    EXPECT_THAT(rows("select number from room"), ElementsAre("7"));
}

TEST_P(FlushKeys, R15_a_zero_key_keeps_the_slots_key_natural_or_not) {
    const auto brand = session->add(Brand{.name = "acme"});
    session->flush();
    static_cast<void>(sent());
    *brand = Brand{};
    EXPECT_THAT(flushed(), IsEmpty());
    EXPECT_EQ(brand->name, "acme");
}

TEST_P(FlushKeys, R15_a_zero_key_is_set_on_purpose_and_followed) {
    const auto brand = session->add(Brand{.name = "acme"});
    const auto product = brand->products.add(Product{});
    session->flush();
    static_cast<void>(sent());
    session->set<&Brand::name>(brand, "");
    EXPECT_EQ(flushed(), read_back("UPDATE brand SET name WHERE name", "name"));
    EXPECT_EQ(brand->name, "");
    EXPECT_EQ(session->get<Brand>(""), brand);
    EXPECT_EQ(product->brand_name, "");
    session->rollback();
}

TEST_P(FlushKeys, without_a_cascade_in_the_database_foreign_keys_are_updated) {
    if (!requirements.deferrable_keys) {  // it would let neither change first
        EXPECT_THAT(message_of<UnsupportedCompilationError>(
                        [&] { model<Street, House>("streets").create_all(engine); }),
                    HasSubstr("DEFERRABLE"));
        return;
    }
    const auto street = session->add(Street{.name = "low"});
    const auto house = street->houses.add(House{});
    street->houses.add(House{});
    session->commit();
    street->name = "high";
    static_cast<void>(sent());
    EXPECT_THAT(flushed(), ElementsAre("SELECT house", "UPDATE street SET name WHERE name",
                                       "UPDATE house SET street_name WHERE id"));
    EXPECT_EQ(house->street_name, "high");
    session->commit();
    EXPECT_THAT(rows("select street_name from house"), ElementsAre("'high'", "'high'"));
}

}  // namespace flush_test
