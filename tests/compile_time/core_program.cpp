// SPDX-License-Identifier: MIT
// The program whose compile time the budget test measures: 10 typed tables of 5 columns and 10
// statements, as a service would have them. It is also run once, so that it stays a real program.
#include <azoth/core.hpp>
#include <azoth/sqlite.hpp>

using namespace azoth;

namespace {

struct Customers : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Orders : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Items : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Products : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Suppliers : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Payments : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Shipments : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Reviews : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Warehouses : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};
struct Employees : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{40}};
    Column<std::optional<std::string>> note{*this, "note"};
    Column<double> amount{*this, "amount"};
    Column<std::int64_t> owner_id{*this, "owner_id"};
};

struct Part {
    std::string name;
    double amount;
    std::int64_t owner;
};

}  // namespace

int main() {
    MetaData metadata;
    Customers customers{"customers", metadata};
    Orders orders{"orders", metadata};
    Items items{"items", metadata};
    Products products{"products", metadata};
    Suppliers suppliers{"suppliers", metadata};
    Payments payments{"payments", metadata};
    Shipments shipments{"shipments", metadata};
    Reviews reviews{"reviews", metadata};
    Warehouses warehouses{"warehouses", metadata};
    Employees employees{"employees", metadata};
    auto engine = create_engine("sqlite://");
    metadata.create_all(engine);
    auto conn = engine.connect();

    conn.execute(insert(customers).values(customers.name = "Ada", customers.amount = 1.5,
                                          customers.owner_id = 1));
    const auto id =
        conn.execute(insert(orders)
                         .values(orders.name = "first", orders.amount = 2.5, orders.owner_id = 1)
                         .returning(orders.id))
            .scalar_one();
    const std::vector<Part> rows{{"nut", 0.5, 1}, {"bolt", 0.7, 1}};
    conn.execute(insert(items).columns(items.name, items.amount, items.owner_id), rows);

    double total = 0;
    for (auto [name, amount] : conn.execute(select(items.name, items.amount)
                                                .where(items.owner_id == id && items.amount > 0.1)
                                                .order_by(items.name)))
        total += amount + static_cast<double>(name.size());
    for (auto [customer, order] : conn.execute(select(customers.name, orders.name)
                                                   .select_from(customers)
                                                   .join(orders, orders.owner_id == customers.id)
                                                   .where(customers.name.like("A%"))))
        total += static_cast<double>(customer.size() + order.size());
    for (auto [owner, count] : conn.execute(select(products.owner_id, func::count(products.id))
                                                .group_by(products.owner_id)
                                                .having(func::count(products.id) > 1)))
        total += static_cast<double>(owner + count);
    const auto busy = select(employees.owner_id).where(employees.amount > 10).subquery();
    for (auto [note] : conn.execute(
             select(suppliers.note).where(suppliers.owner_id.in({1, 2, 3}), busy.get<0>() == 1)))
        total += note ? 1 : 0;
    conn.execute(
        update(payments).values(payments.amount = payments.amount * 2).where(payments.id == 1));
    conn.execute(delete_(shipments).where(shipments.note.is_null()));
    const auto best = conn.scalar(select(func::max(reviews.amount)).where(reviews.id > 3));
    const auto known = conn.execute(select(warehouses.id, warehouses.name).limit(5)).all();
    conn.commit();
    return total > 0 && known.empty() && !best->has_value() ? 0 : 1;
}
