// SPDX-License-Identifier: MIT
#include "tables.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

// The domains are those of TPC-H's section 4.2, the numbers of rows far smaller.

namespace compliance::tpch {
namespace {

/// Numbers that are the same on every machine.
class Chance {
  public:
    /// From low to high, both included.
    int between(int low, int high) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return low + static_cast<int>((state_ >> 33U) % static_cast<std::uint64_t>(high - low + 1));
    }
    template <class List>
    const char* one_of(const List& list) {
        return list[static_cast<std::size_t>(between(0, static_cast<int>(std::size(list)) - 1))];
    }
    double hundredths(int low, int high) { return between(low, high) / 100.0; }
    bool once_in(int times) { return between(1, times) == 1; }

  private:
    std::uint64_t state_ = 20261129;
};

Day day_after(const Day& day, int days) {
    return std::chrono::sys_days(day) + std::chrono::days(days);
}

constexpr std::array regions{"AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"};
struct NationOf {
    const char* name;
    int region;
};
constexpr std::array nations{
    NationOf{"ALGERIA", 0}, NationOf{"ARGENTINA", 1},   NationOf{"BRAZIL", 1},
    NationOf{"CANADA", 1},  NationOf{"EGYPT", 4},       NationOf{"FRANCE", 3},
    NationOf{"GERMANY", 3}, NationOf{"INDIA", 2},       NationOf{"JAPAN", 2},
    NationOf{"KENYA", 0},   NationOf{"SAUDI ARABIA", 4}};
constexpr std::array segments{"AUTOMOBILE", "BUILDING", "MACHINERY"};
constexpr std::array priorities{"1-URGENT", "2-HIGH", "3-MEDIUM", "5-LOW"};
constexpr std::array colours{"green", "forest", "almond", "blue"};
constexpr std::array sizes{"STANDARD", "PROMO", "MEDIUM", "ECONOMY"};
constexpr std::array finishes{"ANODIZED", "POLISHED", "PLATED"};
constexpr std::array metals{"BRASS", "STEEL", "COPPER"};
constexpr std::array containers{"SM CASE", "MED BOX", "LG BOX", "MED BAG"};
constexpr std::array modes{"MAIL", "SHIP", "AIR", "AIR REG", "TRUCK"};
constexpr std::array instructions{"DELIVER IN PERSON", "NONE"};

std::string phone(Chance& chance, int nation) {
    return std::to_string(nation + 9) + "-" + std::to_string(chance.between(100, 999)) + "-1000";
}

void fill_places(Connection& conn, const Tables& t, Chance& chance) {
    std::vector<std::tuple<int, std::string>> places;
    for (int i = 0; i < 5; ++i) places.emplace_back(i + 1, regions[static_cast<std::size_t>(i)]);
    conn.execute(insert(t.region).columns(t.region.key, t.region.name), places);
    std::vector<std::tuple<int, std::string, int>> countries;
    for (int i = 0; i < static_cast<int>(nations.size()); ++i) {
        const NationOf& nation = nations[static_cast<std::size_t>(i)];
        countries.emplace_back(i + 1, nation.name, nation.region + 1);
    }
    conn.execute(insert(t.nation).columns(t.nation.key, t.nation.name, t.nation.region), countries);

    const int last = static_cast<int>(nations.size());
    std::vector<std::tuple<int, std::string, std::string, int, std::string, double, std::string>>
        suppliers;
    for (int i = 1; i <= 30; ++i) {
        const int nation = chance.between(1, last);
        suppliers.emplace_back(i, "Supplier#" + std::to_string(i), "address " + std::to_string(i),
                               nation, phone(chance, nation), chance.hundredths(-99999, 999999),
                               chance.once_in(6) ? "Customer slow Complaints" : "quick");
    }
    conn.execute(
        insert(t.supplier)
            .columns(t.supplier.key, t.supplier.name, t.supplier.address, t.supplier.nation,
                     t.supplier.phone, t.supplier.balance, t.supplier.comment),
        suppliers);
    std::vector<std::tuple<int, std::string, int, std::string, double, std::string>> customers;
    for (int i = 1; i <= 90; ++i) {
        const int nation = chance.between(1, last);
        customers.emplace_back(i, "Customer#" + std::to_string(i), nation, phone(chance, nation),
                               chance.hundredths(-99999, 999999), chance.one_of(segments));
    }
    conn.execute(insert(t.customer)
                     .columns(t.customer.key, t.customer.name, t.customer.nation, t.customer.phone,
                              t.customer.balance, t.customer.segment),
                 customers);
}

void fill_parts(Connection& conn, const Tables& t, Chance& chance) {
    std::vector<
        std::tuple<int, std::string, std::string, std::string, std::string, int, std::string>>
        parts;
    std::vector<std::tuple<int, int, int, double>> supplies;
    for (int i = 1; i <= 120; ++i) {
        const std::string name = std::string(chance.one_of(colours)) + " " + chance.one_of(colours);
        const std::string type = std::string(chance.one_of(sizes)) + " " + chance.one_of(finishes) +
                                 " " + chance.one_of(metals);
        parts.emplace_back(
            i, name, "Manufacturer#" + std::to_string(chance.between(1, 5)),
            "Brand#" + std::to_string(chance.between(1, 3)) + std::to_string(chance.between(2, 4)),
            type, chance.between(1, 20), chance.one_of(containers));
        for (int s = 0; s < 4; ++s)
            supplies.emplace_back(i, (i + s * 7) % 30 + 1, chance.between(1, 9999),
                                  chance.hundredths(100, 100000));
    }
    conn.execute(insert(t.part).columns(t.part.key, t.part.name, t.part.maker, t.part.brand,
                                        t.part.type, t.part.size, t.part.container),
                 parts);
    conn.execute(
        insert(t.partsupp)
            .columns(t.partsupp.part, t.partsupp.supplier, t.partsupp.available, t.partsupp.cost),
        supplies);
}

using Line = std::tuple<int, int, int, int, double, double, double, double, std::string,
                        std::string, Day, Day, Day, std::string, std::string>;

void add_lines(std::vector<Line>& lines, int order, const Day& ordered, Chance& chance) {
    using namespace std::chrono_literals;
    const Day today{1995y / 6 / 17};
    const int count = chance.once_in(10) ? 9 : chance.between(1, 5);
    for (int number = 1; number <= count; ++number) {
        const int part = chance.between(1, 120);
        const int supplier = (part + chance.between(0, 3) * 7) % 30 + 1;
        const Day shipped = day_after(ordered, chance.between(1, 121));
        const Day received = day_after(shipped, chance.between(1, 30));
        const char* const flag = received > today ? "N" : chance.once_in(2) ? "R" : "A";
        lines.emplace_back(order, number, part, supplier, chance.between(1, 50),
                           chance.hundredths(90000, 9000000), chance.between(0, 10) / 100.0,
                           chance.between(0, 8) / 100.0, flag, shipped > today ? "O" : "F", shipped,
                           day_after(ordered, chance.between(30, 90)), received,
                           chance.one_of(instructions), chance.one_of(modes));
    }
}

void fill_orders(Connection& conn, const Tables& t, Chance& chance) {
    using namespace std::chrono_literals;
    std::vector<std::tuple<int, int, std::string, double, Day, std::string, std::string>> orders;
    std::vector<Line> lines;
    for (int i = 1; i <= 700; ++i) {
        const Day ordered = day_after(Day{1992y / 1 / 1}, chance.between(0, 2400));
        const int customer = chance.between(1, 60);  // the others have none
        orders.emplace_back(i, customer, chance.once_in(2) ? "F" : "O",
                            chance.hundredths(100000, 50000000), ordered, chance.one_of(priorities),
                            chance.once_in(8) ? "special packages requests" : "plain");
        add_lines(lines, i, ordered, chance);
    }
    conn.execute(
        insert(t.orders).columns(t.orders.key, t.orders.customer, t.orders.status, t.orders.total,
                                 t.orders.date, t.orders.priority, t.orders.comment),
        orders);
    const LineItem& l = t.lineitem;
    conn.execute(insert(l).columns(l.order, l.number, l.part, l.supplier, l.quantity, l.price,
                                   l.discount, l.tax, l.returned, l.status, l.shipped, l.committed,
                                   l.received, l.instruction, l.mode),
                 lines);
}

}  // namespace

void fill(Connection& conn, const Tables& tables) {
    Chance chance;
    fill_places(conn, tables, chance);
    fill_parts(conn, tables, chance);
    fill_orders(conn, tables, chance);
    conn.commit();
}

}  // namespace compliance::tpch
