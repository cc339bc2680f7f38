// SPDX-License-Identifier: MIT
// The program whose compile time the budget test measures: 10 mapped classes of 5 columns with
// their relationships and 10 statements, as a service would have them. It is also run once, so that
// it stays a real program.
#include <azoth/orm.hpp>
#include <azoth/sqlite.hpp>

using namespace azoth;

namespace {

struct Customer;
struct Order;
struct Item;
struct Product;
struct Supplier;
struct Payment;
struct Shipment;
struct Review;
struct Warehouse;
struct Employee;

struct Customer {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t region{};
    Many<Order> orders{};
    static void map(Mapping<Customer>& m);
};
struct Order {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t customer_id{};
    One<Customer> customer{};
    Many<Item> items{};
    static void map(Mapping<Order>& m);
};
struct Item {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t order_id{};
    One<Order> order{};
    Many<Product> products{};
    static void map(Mapping<Item>& m);
};
struct Product {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t item_id{};
    One<Item> item{};
    Many<Supplier> suppliers{};
    static void map(Mapping<Product>& m);
};
struct Supplier {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t product_id{};
    One<Product> product{};
    Many<Payment> payments{};
    static void map(Mapping<Supplier>& m);
};
struct Payment {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t supplier_id{};
    One<Supplier> supplier{};
    Many<Shipment> shipments{};
    static void map(Mapping<Payment>& m);
};
struct Shipment {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t payment_id{};
    One<Payment> payment{};
    Many<Review> reviews{};
    static void map(Mapping<Shipment>& m);
};
struct Review {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t shipment_id{};
    One<Shipment> shipment{};
    Many<Warehouse> warehouses{};
    static void map(Mapping<Review>& m);
};
struct Warehouse {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t review_id{};
    One<Review> review{};
    Many<Employee> employees{};
    static void map(Mapping<Warehouse>& m);
};
struct Employee {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    double amount{};
    std::int64_t warehouse_id{};
    One<Warehouse> warehouse{};
    static void map(Mapping<Employee>& m);
};

void Customer::map(Mapping<Customer>& m) {
    m.table("customers");
    m.column<&Customer::id>(primary_key);
    m.column<&Customer::name>(String{40}, indexed);
    m.column<&Customer::note>();
    m.column<&Customer::amount>();
    m.column<&Customer::region>();
    m.relationship<&Customer::orders>(cascade_all_delete_orphan);
}
void Order::map(Mapping<Order>& m) {
    m.table("orders");
    m.column<&Order::id>(primary_key);
    m.column<&Order::name>(String{40}, indexed);
    m.column<&Order::note>();
    m.column<&Order::amount>();
    m.column<&Order::customer_id>(foreign_key<&Customer::id>);
    m.relationship<&Order::customer>(back_populates<&Customer::orders>);
    m.relationship<&Order::items>(cascade_all_delete_orphan);
}
void Item::map(Mapping<Item>& m) {
    m.table("items");
    m.column<&Item::id>(primary_key);
    m.column<&Item::name>(String{40}, indexed);
    m.column<&Item::note>();
    m.column<&Item::amount>();
    m.column<&Item::order_id>(foreign_key<&Order::id>);
    m.relationship<&Item::order>(back_populates<&Order::items>);
    m.relationship<&Item::products>();
}
void Product::map(Mapping<Product>& m) {
    m.table("products");
    m.column<&Product::id>(primary_key);
    m.column<&Product::name>(String{40}, indexed);
    m.column<&Product::note>();
    m.column<&Product::amount>();
    m.column<&Product::item_id>(foreign_key<&Item::id>);
    m.relationship<&Product::item>(back_populates<&Item::products>);
    m.relationship<&Product::suppliers>();
}
void Supplier::map(Mapping<Supplier>& m) {
    m.table("suppliers");
    m.column<&Supplier::id>(primary_key);
    m.column<&Supplier::name>(String{40}, indexed);
    m.column<&Supplier::note>();
    m.column<&Supplier::amount>();
    m.column<&Supplier::product_id>(foreign_key<&Product::id>);
    m.relationship<&Supplier::product>(back_populates<&Product::suppliers>);
    m.relationship<&Supplier::payments>();
}
void Payment::map(Mapping<Payment>& m) {
    m.table("payments");
    m.column<&Payment::id>(primary_key);
    m.column<&Payment::name>(String{40}, indexed);
    m.column<&Payment::note>();
    m.column<&Payment::amount>();
    m.column<&Payment::supplier_id>(foreign_key<&Supplier::id>);
    m.relationship<&Payment::supplier>(back_populates<&Supplier::payments>);
    m.relationship<&Payment::shipments>();
}
void Shipment::map(Mapping<Shipment>& m) {
    m.table("shipments");
    m.column<&Shipment::id>(primary_key);
    m.column<&Shipment::name>(String{40}, indexed);
    m.column<&Shipment::note>();
    m.column<&Shipment::amount>();
    m.column<&Shipment::payment_id>(foreign_key<&Payment::id>);
    m.relationship<&Shipment::payment>(back_populates<&Payment::shipments>);
    m.relationship<&Shipment::reviews>();
}
void Review::map(Mapping<Review>& m) {
    m.table("reviews");
    m.column<&Review::id>(primary_key);
    m.column<&Review::name>(String{40}, indexed);
    m.column<&Review::note>();
    m.column<&Review::amount>();
    m.column<&Review::shipment_id>(foreign_key<&Shipment::id>);
    m.relationship<&Review::shipment>(back_populates<&Shipment::reviews>);
    m.relationship<&Review::warehouses>();
}
void Warehouse::map(Mapping<Warehouse>& m) {
    m.table("warehouses");
    m.column<&Warehouse::id>(primary_key);
    m.column<&Warehouse::name>(String{40}, indexed);
    m.column<&Warehouse::note>();
    m.column<&Warehouse::amount>();
    m.column<&Warehouse::review_id>(foreign_key<&Review::id>);
    m.relationship<&Warehouse::review>(back_populates<&Review::warehouses>);
    m.relationship<&Warehouse::employees>();
}
void Employee::map(Mapping<Employee>& m) {
    m.table("employees");
    m.column<&Employee::id>(primary_key);
    m.column<&Employee::name>(String{40}, indexed);
    m.column<&Employee::note>();
    m.column<&Employee::amount>();
    m.column<&Employee::warehouse_id>(foreign_key<&Warehouse::id>);
    m.relationship<&Employee::warehouse>(back_populates<&Warehouse::employees>);
}

}  // namespace

int main() {
    const auto shop = model<Customer, Order, Item, Product, Supplier, Payment, Shipment, Review,
                            Warehouse, Employee>("shop");
    auto engine = create_engine("sqlite://");
    shop.create_all(engine);
    Session session{engine, shop};

    auto ada = session.add(Customer{.name = "Ada", .amount = 1.5});
    ada->orders.add(Order{.name = "first", .amount = 2.5});
    auto order = ada->orders[0];
    order->items.add(Item{.name = "nut", .amount = 0.5});
    order->items.add(Item{.name = "bolt", .amount = 0.7});
    session.commit();

    double total = 0;
    for (const auto& item :
         session.scalars(select<Item>()
                             .where(col<&Item::order_id> == order->id && col<&Item::amount> > 0.1)
                             .order_by(col<&Item::name>)))
        total += item->amount + item->order->amount;
    for (const auto& [customer, name] :
         session.execute(select(entity<Customer>, col<&Order::name>)
                             .join<&Customer::orders>()
                             .where(col<&Customer::name>.like("A%"))))
        total += static_cast<double>(customer->name.size() + name.size());
    for (const auto& [owner, count] :
         session.execute(select(col<&Order::customer_id>, func::count(col<&Order::id>))
                             .group_by(col<&Order::customer_id>)
                             .having(func::count(col<&Order::id>) > 1)))
        total += static_cast<double>(owner + count);
    const auto busy = select(col<&Product::item_id>).where(col<&Product::amount> > 10).subquery();
    for (const auto& supplier : session.scalars(select<const Supplier>().where(
             col<&Supplier::product_id>.in({1, 2, 3}), busy.get<0>() == 1)))
        total += supplier->note ? 1 : 0;
    for (const auto& payment : session.stream(select<const Payment>())) total += payment->amount;
    const auto late = session.scalar(select(func::count(col<&Shipment::id>))
                                         .outer_join<&Shipment::payment>()
                                         .where(col<&Shipment::note>.is_null()));
    const auto reviews = shop.entity<Review>();
    session.execute(delete_(reviews).where(reviews.col<&Review::note>().is_null()));
    const auto best = session.scalar(select(func::max(col<&Warehouse::amount>)));
    const auto employee = session.get<Employee>(1);
    order->name = "changed";
    session.delete_(order->items[0]);
    session.commit();
    return total > 0 && late == 0 && !employee && !best->has_value() && order->items.size() == 1
               ? 0
               : 1;
}
