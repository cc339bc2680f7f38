// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// Versions, stale rows, and flushes that fail in the middle.

namespace flush_test {

struct Line;

struct Order {
    std::int64_t id{};
    std::string number{};
    int version{};
    Many<Line> lines{};
    static void map(Mapping<Order>& m);
};
struct Line {
    std::int64_t id{};
    int amount{};
    std::int64_t order_id{};
    One<Order> order{};
    static void map(Mapping<Line>& m);
};
void Order::map(Mapping<Order>& m) {
    m.table("orders");
    m.column<&Order::id>(primary_key);
    m.column<&Order::number>(String{20}, unique);
    m.column<&Order::version>(version_id);
    m.relationship<&Order::lines>(cascade_all_delete_orphan);
}
void Line::map(Mapping<Line>& m) {
    m.table("line");
    m.column<&Line::id>(primary_key);
    m.column<&Line::amount>();
    m.column<&Line::order_id>(foreign_key<&Order::id>);
    m.relationship<&Line::order>(back_populates<&Order::lines>);
    m.unique<&Line::order_id, &Line::amount>();
}

class FlushFailures : public FlushTest {
  protected:
    FlushFailures() { use<Order, Line>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushFailures);

// --- versions ------------------------------------------------------------------------------------

TEST_P(FlushFailures, a_version_begins_at_one_and_counts_updates) {
    const auto order = session->add(Order{.number = "A"});
    EXPECT_THAT(flushed(), ElementsAre("INSERT orders (number, version)"));
    EXPECT_EQ(order->version, 1);
    order->number = "B";
    EXPECT_THAT(flushed(), ElementsAre("UPDATE orders SET number, version WHERE id, version"));
    EXPECT_EQ(order->version, 2);
    order->version = 99;  // it is flush that counts
    EXPECT_THAT(flushed(), IsEmpty());
    EXPECT_EQ(order->version, 2);
    order->number = "C";
    session->commit();
    EXPECT_THAT(rows("select number, version from orders"), ElementsAre("'C' 3"));
}

TEST_P(FlushFailures, a_version_goes_on_through_expressions_and_row_switches) {
    const auto order = session->add(Order{.number = "A"});
    session->flush();
    static_cast<void>(sent());
    session->set<&Order::number>(order, "B" + Expr<std::string>(col<&Order::number>));
    EXPECT_EQ(flushed(),
              read_back("UPDATE orders SET number, version WHERE id, version", "number"));
    EXPECT_EQ(order->number, "BA");
    EXPECT_EQ(order->version, 2);
    session->delete_(order);
    const auto fresh = session->add(Order{.id = 1, .number = "C"});
    EXPECT_THAT(flushed(),
                ElementsAre("SELECT line", "UPDATE orders SET number, version WHERE id, version"));
    EXPECT_EQ(fresh->version, 3);
    session->commit();
    EXPECT_THAT(rows("select number, version from orders"), ElementsAre("'C' 3"));
}

TEST_P(FlushFailures, a_row_that_somebody_else_has_changed_is_stale) {
    const auto order = session->add(Order{.number = "A"});
    const auto other = session->add(Order{.number = "B"});
    session->commit();
    EXPECT_EQ(order->version, 1);
    EXPECT_EQ(other->version, 1);
    session->execute(text("update orders set version = 2 where id = 2"));
    order->number = "A1";
    other->number = "B1";
    const std::string message = message_of<StaleDataError>([&] { session->flush(); });
    EXPECT_THAT(message, HasSubstr("UPDATE of "));
    // MariaDB tells of several rows only how many were found.
    EXPECT_THAT(message,
                HasSubstr(requirements.mariadb
                              ? "Order: expected 2 rows of table 'orders', found 1"
                              : "Order(2), version 1: expected 1 row of table 'orders', found 0"));
    EXPECT_EQ(order->version, 1);
    EXPECT_EQ(order->number, "A1");  // the program's own edit stays
    EXPECT_THROW(session->flush(), PendingRollbackError);
    session->rollback();
    EXPECT_EQ(order->number, "A");
    EXPECT_EQ(order->version, 1);
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(FlushFailures, a_delete_checks_the_version_too) {
    const auto order = session->add(Order{.number = "A"});
    session->flush();
    session->execute(text("update orders set version = 7"));
    session->delete_(order);
    EXPECT_THAT(message_of<StaleDataError>([&] { session->flush(); }), HasSubstr("DELETE of "));
    session->rollback();
}

TEST_P(FlushFailures, a_row_that_is_gone_is_stale) {
    const auto order = session->add(Order{.number = "A"});
    const auto line = order->lines.add(Line{.amount = 1});
    session->flush();
    session->execute(text("delete from line"));
    line->amount = 2;
    EXPECT_THAT(message_of<StaleDataError>([&] { session->flush(); }),
                HasSubstr("Line(1): expected 1 row of table 'line', found 0"));
    session->rollback();
}

// --- in the middle -------------------------------------------------------------------------------

TEST_P(FlushFailures, R14_a_failed_flush_leaves_the_database_and_puts_back_what_it_wrote) {
    session->add(Order{.number = "A"});
    session->commit();
    const auto order = session->add(Order{.number = "B"});
    const auto line = order->lines.add(Line{.amount = 1});
    const auto twin = order->lines.add(Line{.amount = 1});  // of the same unique values
    EXPECT_THROW(session->flush(), IntegrityError);
    EXPECT_EQ(order->id, 0);
    EXPECT_EQ(order->version, 0);
    EXPECT_EQ(line->order_id, 0);
    EXPECT_EQ(twin->amount, 1);
    const std::string message = message_of<PendingRollbackError>([&] { session->flush(); });
    EXPECT_THAT(message, testing::AnyOf(HasSubstr("UNIQUE"), HasSubstr("unique"),
                                        HasSubstr("Duplicate entry")));  // the original error
    session->rollback();
    EXPECT_FALSE(session->contains(order));
    EXPECT_THAT(rows("select number from orders"), ElementsAre("'A'"));

    // The objects are as they were before, and can be added again.
    twin->amount = 2;
    session->add(order);
    session->commit();
    EXPECT_THAT(rows("select number, amount from line join orders on orders.id = order_id "
                     "order by amount"),
                ElementsAre("'B' 1", "'B' 2"));
}

TEST_P(FlushFailures, edits_of_a_failed_flush_stay_until_the_rollback) {
    const auto first = session->add(Order{.number = "A"});
    const auto second = session->add(Order{.number = "B"});
    session->commit();
    first->number = "A1";
    second->number = "A1";
    EXPECT_THROW(session->flush(), IntegrityError);
    EXPECT_EQ(first->version, 1);
    EXPECT_EQ(first->number, "A1");
    EXPECT_EQ(second->number, "A1");
    session->rollback();
    EXPECT_EQ(second->number, "B");
    first->number = "A1";
    second->number = "B1";
    session->commit();
    EXPECT_THAT(rows("select number, version from orders order by id"),
                ElementsAre("'A1' 2", "'B1' 2"));
}

TEST_P(FlushFailures, a_savepoint_keeps_what_was_before_it) {
    const auto order = session->add(Order{.number = "A"});
    auto savepoint = session->begin_nested();
    session->add(Order{.number = "A"});
    EXPECT_THROW(session->flush(), IntegrityError);
    savepoint.rollback();
    order->number = "B";
    session->commit();
    EXPECT_THAT(rows("select number, version from orders"), ElementsAre("'B' 2"));
}

TEST_P(FlushFailures, an_insert_that_the_database_swallows_is_noticed) {
    if (!requirements.skipping_triggers) {  // it can only say that it doesn't want the row
        session->execute(
            text("create trigger t before insert on line for each row "
                 "signal sqlstate '45000' set message_text = 'not this one'"));
    } else if (requirements.sqlite) {
        session->execute(
            text("create trigger t before insert on line begin select raise(ignore); "
                 "end"));
    } else {
        session->execute(
            text("create function nothing() returns trigger language plpgsql as $$ "
                 "begin return null; end $$"));
        session->execute(
            text("create trigger t before insert on line for each row execute "
                 "function nothing()"));
    }
    const auto order = session->add(Order{.number = "A"});
    order->lines.add(Line{.amount = 1});
    if (requirements.skipping_triggers)
        EXPECT_THAT(message_of<FlushError>([&] { session->flush(); }), HasSubstr("made 0 rows"));
    else
        EXPECT_THAT(message_of<DatabaseError>([&] { session->flush(); }),
                    HasSubstr("not this one"));
    session->rollback();
}

}  // namespace flush_test
