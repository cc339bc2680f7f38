// SPDX-License-Identifier: MIT
// The 22 queries of TPC-H, written with the expression language and as SQL by hand: the same rows.
// Constants are chosen so that the few rows of fill() have answers.
#include "tables.hpp"

#include <tests/compliance/support.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace compliance::tpch {
namespace {

using namespace std::chrono_literals;

bool is_near(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}
template <class T>
bool same(const T& a, const T& b) {
    return a == b;
}
bool same(const double& a, const double& b) {
    return is_near(a, b);
}
bool same(const std::optional<double>& a, const std::optional<double>& b) {
    return a && b ? is_near(*a, *b) : a == b;
}
template <class... Ts>
bool same_rows(const std::tuple<Ts...>& a, const std::tuple<Ts...>& b) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (same(std::get<I>(a), std::get<I>(b)) && ...);
    }(std::index_sequence_for<Ts...>());
}

class Tpch : public ComplianceTest {
  protected:
    Tpch() {
        create_tables();
        fill(conn, t);
    }

    template <class Statement, class... Ts>
    [[nodiscard]] auto rows_of(const Statement& statement, std::type_identity<Select<Ts...>>) {
        std::vector<std::tuple<Ts...>> rows;
        for (const auto& row : conn.execute(statement)) rows.push_back(row.tuple());
        return rows;
    }
    /// The same rows in the same order, and some.
    template <class... Ts>
    void expect_same(const Select<Ts...>& query, const std::string& sql) {
        const auto made = rows_of(query, std::type_identity<Select<Ts...>>());
        const auto wanted =
            rows_of(text(sql).template columns<Ts...>(), std::type_identity<Select<Ts...>>());
        EXPECT_FALSE(wanted.empty());
        ASSERT_EQ(made.size(), wanted.size());
        for (std::size_t i = 0; i < made.size(); ++i)
            EXPECT_TRUE(same_rows(made[i], wanted[i])) << "row " << i;
    }
    /// SQL for the year of a date as a whole number.
    [[nodiscard]] std::string year(const std::string& date) const {
        if (requirements.sqlite) return "cast(strftime('%Y', " + date + ") as integer)";
        return "cast(extract(year from " + date +
               (requirements.mariadb ? ") as signed)" : ") as bigint)");
    }

    Tables t{metadata};
    const Region& r = t.region;
    const Nation& n = t.nation;
    const Supplier& s = t.supplier;
    const Customer& c = t.customer;
    const Part& p = t.part;
    const PartSupp& ps = t.partsupp;
    const Orders& o = t.orders;
    const LineItem& l = t.lineitem;
    const Expr<double> revenue = l.price * (1.0 - l.discount);
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Tpch);

TEST_P(Tpch, query_1_pricing_summary) {
    expect_same(
        select(l.returned, l.status, func::sum(l.quantity), func::sum(l.price), func::sum(revenue),
               func::sum(revenue * (1.0 + l.tax)), func::avg(l.quantity), func::avg(l.price),
               func::avg(l.discount), func::count())
            .where(l.shipped <= 1998y / 9 / 2)
            .group_by(l.returned, l.status)
            .order_by(l.returned, l.status),
        "select l_returnflag, l_linestatus, sum(l_quantity), sum(l_extendedprice), "
        "sum(l_extendedprice * (1 - l_discount)), "
        "sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)), avg(l_quantity), "
        "avg(l_extendedprice), avg(l_discount), count(*) from lineitem "
        "where l_shipdate <= '1998-09-02' group by l_returnflag, l_linestatus "
        "order by l_returnflag, l_linestatus");
}

TEST_P(Tpch, query_2_supplier_of_least_cost) {
    const PartSupp ps2 = alias(ps, "ps2");
    const Supplier s2 = alias(s, "s2");
    const Nation n2 = alias(n, "n2");
    const Region r2 = alias(r, "r2");
    const auto least = select(func::min(ps2.cost))
                           .where(ps2.part == p.key, s2.key == ps2.supplier, s2.nation == n2.key,
                                  n2.region == r2.key, r2.name == "AMERICA");
    expect_same(
        select(s.balance, s.name, n.name, p.key, p.maker, s.address, s.phone, s.comment)
            .where(p.key == ps.part, s.key == ps.supplier, p.size > 5, p.type.like("%BRASS"),
                   s.nation == n.key, n.region == r.key, r.name == "AMERICA",
                   ps.cost == least.scalar_subquery())
            .order_by(s.balance.desc(), n.name, s.name, p.key)
            .limit(100),
        "select s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment "
        "from part, supplier, partsupp, nation, region where p_partkey = ps_partkey "
        "and s_suppkey = ps_suppkey and p_size > 5 and p_type like '%BRASS' "
        "and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'AMERICA' "
        "and ps_supplycost = (select min(ps_supplycost) from partsupp, supplier, nation, region "
        "where p_partkey = ps_partkey and s_suppkey = ps_suppkey and s_nationkey = n_nationkey "
        "and n_regionkey = r_regionkey and r_name = 'AMERICA') "
        "order by s_acctbal desc, n_name, s_name, p_partkey limit 100");
}

TEST_P(Tpch, query_3_shipping_priority) {
    const auto total = func::sum(revenue).label("revenue");
    expect_same(
        select(l.order, total, o.date)
            .where(c.segment == "BUILDING", c.key == o.customer, l.order == o.key,
                   o.date < 1995y / 3 / 15, l.shipped > 1995y / 3 / 15)
            .group_by(l.order, o.date)
            .order_by(total.desc(), o.date)
            .limit(10),
        "select l_orderkey, sum(l_extendedprice * (1 - l_discount)) as revenue, o_orderdate "
        "from customer, orders, lineitem where c_mktsegment = 'BUILDING' "
        "and c_custkey = o_custkey and l_orderkey = o_orderkey and o_orderdate < '1995-03-15' "
        "and l_shipdate > '1995-03-15' group by l_orderkey, o_orderdate "
        "order by revenue desc, o_orderdate limit 10");
}

TEST_P(Tpch, query_4_order_priority_checking) {
    expect_same(
        select(o.priority, func::count())
            .where(o.date >= 1993y / 7 / 1, o.date < 1993y / 10 / 1,
                   exists(select(l.order).where(l.order == o.key, l.committed < l.received)))
            .group_by(o.priority)
            .order_by(o.priority),
        "select o_orderpriority, count(*) from orders where o_orderdate >= '1993-07-01' "
        "and o_orderdate < '1993-10-01' and exists (select * from lineitem "
        "where l_orderkey = o_orderkey and l_commitdate < l_receiptdate) "
        "group by o_orderpriority order by o_orderpriority");
}

TEST_P(Tpch, query_5_local_supplier_volume) {
    const auto total = func::sum(revenue).label("revenue");
    expect_same(
        select(n.name, total)
            .where(c.key == o.customer, l.order == o.key, l.supplier == s.key, c.nation == s.nation,
                   s.nation == n.key, n.region == r.key, r.name == "AMERICA",
                   o.date >= 1994y / 1 / 1, o.date < 1996y / 1 / 1)
            .group_by(n.name)
            .order_by(total.desc()),
        "select n_name, sum(l_extendedprice * (1 - l_discount)) as revenue "
        "from customer, orders, lineitem, supplier, nation, region where c_custkey = o_custkey "
        "and l_orderkey = o_orderkey and l_suppkey = s_suppkey and c_nationkey = s_nationkey "
        "and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'AMERICA' "
        "and o_orderdate >= '1994-01-01' and o_orderdate < '1996-01-01' group by n_name "
        "order by revenue desc");
}

TEST_P(Tpch, query_6_forecasting_revenue_change) {
    expect_same(select(func::sum(l.price * l.discount))
                    .where(l.shipped >= 1994y / 1 / 1, l.shipped < 1995y / 1 / 1,
                           l.discount.between(0.045, 0.075), l.quantity < 24.0),
                "select sum(l_extendedprice * l_discount) from lineitem "
                "where l_shipdate >= '1994-01-01' and l_shipdate < '1995-01-01' "
                "and l_discount between 0.045 and 0.075 and l_quantity < 24");
}

TEST_P(Tpch, query_7_volume_shipping) {
    const Nation n1 = alias(n, "n1");
    const Nation n2 = alias(n, "n2");
    const auto shipping =
        select(n1.name.label("supp_nation"), n2.name.label("cust_nation"),
               extract("year", l.shipped).label("l_year"), revenue.label("volume"))
            .where(s.key == l.supplier, o.key == l.order, c.key == o.customer, s.nation == n1.key,
                   c.nation == n2.key,
                   (n1.name == "FRANCE" && n2.name == "GERMANY") ||
                       (n1.name == "GERMANY" && n2.name == "FRANCE"),
                   l.shipped.between(1993y / 1 / 1, 1998y / 12 / 31))
            .subquery("shipping");
    const auto from = shipping.get<0>();
    const auto to = shipping.get<1>();
    const auto when = shipping.get<2>();
    expect_same(select(from, to, when, func::sum(shipping.get<3>()))
                    .group_by(from, to, when)
                    .order_by(from, to, when),
                "select supp_nation, cust_nation, l_year, sum(volume) from (select "
                "n1.n_name as supp_nation, n2.n_name as cust_nation, " +
                    year("l_shipdate") +
                    " as l_year, l_extendedprice * (1 - l_discount) as volume "
                    "from supplier, lineitem, orders, customer, nation n1, nation n2 "
                    "where s_suppkey = l_suppkey and o_orderkey = l_orderkey "
                    "and c_custkey = o_custkey and s_nationkey = n1.n_nationkey "
                    "and c_nationkey = n2.n_nationkey "
                    "and ((n1.n_name = 'FRANCE' and n2.n_name = 'GERMANY') "
                    "or (n1.n_name = 'GERMANY' and n2.n_name = 'FRANCE')) "
                    "and l_shipdate between '1993-01-01' and '1998-12-31') as shipping "
                    "group by supp_nation, cust_nation, l_year "
                    "order by supp_nation, cust_nation, l_year");
}

TEST_P(Tpch, query_8_national_market_share) {
    const Nation n1 = alias(n, "n1");
    const Nation n2 = alias(n, "n2");
    const auto all =
        select(extract("year", o.date).label("o_year"), revenue.label("volume"),
               n2.name.label("nation"))
            .where(p.key == l.part, s.key == l.supplier, l.order == o.key, o.customer == c.key,
                   c.nation == n1.key, n1.region == r.key, r.name == "AMERICA", s.nation == n2.key,
                   o.date.between(1995y / 1 / 1, 1996y / 12 / 31), p.type.startswith("ECONOMY"))
            .subquery("all_nations");
    const auto brazil = case_(when(all.get<2>() == "BRAZIL", all.get<1>())).else_(0.0);
    expect_same(select(all.get<0>(), func::sum(brazil) / func::sum(all.get<1>()))
                    .group_by(all.get<0>())
                    .order_by(all.get<0>()),
                "select o_year, sum(case when nation = 'BRAZIL' then volume else 0 end) "
                "/ sum(volume) from (select " +
                    year("o_orderdate") +
                    " as o_year, l_extendedprice * (1 - l_discount) as volume, n2.n_name as nation "
                    "from part, supplier, lineitem, orders, customer, nation n1, nation n2, region "
                    "where p_partkey = l_partkey and s_suppkey = l_suppkey "
                    "and l_orderkey = o_orderkey and o_custkey = c_custkey "
                    "and c_nationkey = n1.n_nationkey and n1.n_regionkey = r_regionkey "
                    "and r_name = 'AMERICA' and s_nationkey = n2.n_nationkey "
                    "and o_orderdate between '1995-01-01' and '1996-12-31' "
                    "and p_type like 'ECONOMY%') as all_nations group by o_year order by o_year");
}

TEST_P(Tpch, query_9_profit_by_product) {
    const auto profit =
        select(n.name.label("nation"), extract("year", o.date).label("o_year"),
               (revenue - ps.cost * l.quantity).label("amount"))
            .where(s.key == l.supplier, ps.supplier == l.supplier, ps.part == l.part,
                   p.key == l.part, o.key == l.order, s.nation == n.key, p.name.contains("green"))
            .subquery("profit");
    expect_same(select(profit.get<0>(), profit.get<1>(), func::sum(profit.get<2>()))
                    .group_by(profit.get<0>(), profit.get<1>())
                    .order_by(profit.get<0>(), profit.get<1>().desc()),
                "select nation, o_year, sum(amount) from (select n_name as nation, " +
                    year("o_orderdate") +
                    " as o_year, l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity "
                    "as amount from part, supplier, lineitem, partsupp, orders, nation "
                    "where s_suppkey = l_suppkey and ps_suppkey = l_suppkey "
                    "and ps_partkey = l_partkey and p_partkey = l_partkey "
                    "and o_orderkey = l_orderkey and s_nationkey = n_nationkey "
                    "and p_name like '%green%') as profit group by nation, o_year "
                    "order by nation, o_year desc");
}

TEST_P(Tpch, query_10_returned_items) {
    const auto total = func::sum(revenue).label("revenue");
    expect_same(
        select(c.key, c.name, total, c.balance, n.name, c.phone)
            .where(c.key == o.customer, l.order == o.key, o.date >= 1993y / 10 / 1,
                   o.date < 1994y / 1 / 1, l.returned == "R", c.nation == n.key)
            .group_by(c.key, c.name, c.balance, c.phone, n.name)
            .order_by(total.desc())
            .limit(20),
        "select c_custkey, c_name, sum(l_extendedprice * (1 - l_discount)) as revenue, c_acctbal, "
        "n_name, c_phone from customer, orders, lineitem, nation where c_custkey = o_custkey "
        "and l_orderkey = o_orderkey and o_orderdate >= '1993-10-01' "
        "and o_orderdate < '1994-01-01' and l_returnflag = 'R' and c_nationkey = n_nationkey "
        "group by c_custkey, c_name, c_acctbal, c_phone, n_name order by revenue desc limit 20");
}

TEST_P(Tpch, query_11_important_stock) {
    const PartSupp ps2 = alias(ps, "ps2");
    const Supplier s2 = alias(s, "s2");
    const Nation n2 = alias(n, "n2");
    const auto value = func::sum(ps.cost * ps.available).label("value");
    const auto share = select(func::sum(ps2.cost * ps2.available) * 0.02)
                           .where(ps2.supplier == s2.key, s2.nation == n2.key, n2.name == "BRAZIL");
    expect_same(
        select(ps.part, value)
            .where(ps.supplier == s.key, s.nation == n.key, n.name == "BRAZIL")
            .group_by(ps.part)
            .having(func::sum(ps.cost * ps.available) > share.scalar_subquery())
            .order_by(value.desc()),
        "select ps_partkey, sum(ps_supplycost * ps_availqty) as value "
        "from partsupp, supplier, nation where ps_suppkey = s_suppkey "
        "and s_nationkey = n_nationkey and n_name = 'BRAZIL' group by ps_partkey "
        "having sum(ps_supplycost * ps_availqty) > (select sum(ps_supplycost * ps_availqty) * 0.02 "
        "from partsupp, supplier, nation where ps_suppkey = s_suppkey "
        "and s_nationkey = n_nationkey and n_name = 'BRAZIL') order by value desc");
}

TEST_P(Tpch, query_12_shipping_modes) {
    const auto urgent = o.priority == "1-URGENT" || o.priority == "2-HIGH";
    const auto counted = [](const auto& condition) {
        return func::sum(case_(when(condition, 1)).else_(0));
    };
    expect_same(
        select(l.mode, counted(urgent), counted(!urgent))
            .where(o.key == l.order, l.mode.in({"MAIL", "SHIP"}), l.committed < l.received,
                   l.shipped < l.committed, l.received >= 1994y / 1 / 1, l.received < 1995y / 1 / 1)
            .group_by(l.mode)
            .order_by(l.mode),
        "select l_shipmode, sum(case when o_orderpriority = '1-URGENT' "
        "or o_orderpriority = '2-HIGH' then 1 else 0 end), "
        "sum(case when o_orderpriority <> '1-URGENT' and o_orderpriority <> '2-HIGH' "
        "then 1 else 0 end) from orders, lineitem where o_orderkey = l_orderkey "
        "and l_shipmode in ('MAIL', 'SHIP') and l_commitdate < l_receiptdate "
        "and l_shipdate < l_commitdate and l_receiptdate >= '1994-01-01' "
        "and l_receiptdate < '1995-01-01' group by l_shipmode order by l_shipmode");
}

TEST_P(Tpch, query_13_distribution_of_customers) {
    const auto counts =
        select(c.key, func::count(o.key).label("c_count"))
            .outer_join(o, c.key == o.customer && !o.comment.like("%special%requests%"))
            .group_by(c.key)
            .subquery("c_orders");
    const auto customers = func::count().label("custdist");
    expect_same(select(counts.get<1>(), customers)
                    .group_by(counts.get<1>())
                    .order_by(customers.desc(), counts.get<1>().desc()),
                "select c_count, count(*) as custdist from (select c_custkey, "
                "count(o_orderkey) as c_count from customer left outer join orders "
                "on c_custkey = o_custkey and o_comment not like '%special%requests%' "
                "group by c_custkey) as c_orders group by c_count "
                "order by custdist desc, c_count desc");
}

TEST_P(Tpch, query_14_promotion_effect) {
    const auto promoted = case_(when(p.type.startswith("PROMO"), revenue)).else_(0.0);
    expect_same(select(100.0 * func::sum(promoted) / func::sum(revenue))
                    .where(l.part == p.key, l.shipped >= 1995y / 9 / 1, l.shipped < 1995y / 10 / 1),
                "select 100.00 * sum(case when p_type like 'PROMO%' "
                "then l_extendedprice * (1 - l_discount) else 0 end) "
                "/ sum(l_extendedprice * (1 - l_discount)) from lineitem, part "
                "where l_partkey = p_partkey and l_shipdate >= '1995-09-01' "
                "and l_shipdate < '1995-10-01'");
}

TEST_P(Tpch, query_15_top_supplier) {
    const auto by_supplier =
        select(l.supplier.label("supplier_no"), func::sum(revenue).label("total_revenue"))
            .where(l.shipped >= 1996y / 1 / 1, l.shipped < 1996y / 4 / 1)
            .group_by(l.supplier)
            .cte("revenue");
    const auto most = select(func::max(by_supplier.get<1>())).scalar_subquery();
    expect_same(select(s.key, s.name, s.address, s.phone, by_supplier.get<1>())
                    .where(s.key == by_supplier.get<0>(), by_supplier.get<1>() == most)
                    .order_by(s.key),
                "with revenue as (select l_suppkey as supplier_no, "
                "sum(l_extendedprice * (1 - l_discount)) as total_revenue from lineitem "
                "where l_shipdate >= '1996-01-01' and l_shipdate < '1996-04-01' "
                "group by l_suppkey) select s_suppkey, s_name, s_address, s_phone, total_revenue "
                "from supplier, revenue where s_suppkey = supplier_no "
                "and total_revenue = (select max(total_revenue) from revenue) order by s_suppkey");
}

TEST_P(Tpch, query_16_parts_and_suppliers) {
    const auto suppliers = func::count(distinct(ps.supplier)).label("supplier_cnt");
    const auto complained = select(s.key).where(s.comment.like("%Customer%Complaints%"));
    expect_same(
        select(p.brand, p.type, p.size, suppliers)
            .where(p.key == ps.part, p.brand != "Brand#12", !p.type.startswith("MEDIUM POLISHED"),
                   p.size.in({3, 9, 14, 19, 5, 7, 11, 2}), ps.supplier.not_in(complained))
            .group_by(p.brand, p.type, p.size)
            .order_by(suppliers.desc(), p.brand, p.type, p.size),
        "select p_brand, p_type, p_size, count(distinct ps_suppkey) as supplier_cnt "
        "from partsupp, part where p_partkey = ps_partkey and p_brand <> 'Brand#12' "
        "and p_type not like 'MEDIUM POLISHED%' and p_size in (3, 9, 14, 19, 5, 7, 11, 2) "
        "and ps_suppkey not in (select s_suppkey from supplier "
        "where s_comment like '%Customer%Complaints%') group by p_brand, p_type, p_size "
        "order by supplier_cnt desc, p_brand, p_type, p_size");
}

TEST_P(Tpch, query_17_revenue_of_small_orders) {
    const LineItem l2 = alias(l, "l2");
    const auto usual = select(0.5 * func::avg(l2.quantity)).where(l2.part == p.key);
    expect_same(select(func::sum(l.price) / 7.0)
                    .where(p.key == l.part, p.brand == "Brand#23", p.container == "MED BOX",
                           l.quantity < usual.scalar_subquery()),
                "select sum(l_extendedprice) / 7.0 from lineitem, part "
                "where p_partkey = l_partkey and p_brand = 'Brand#23' "
                "and p_container = 'MED BOX' and l_quantity < (select 0.5 * avg(l_quantity) "
                "from lineitem where l_partkey = p_partkey)");
}

TEST_P(Tpch, query_18_customers_of_large_orders) {
    const LineItem l2 = alias(l, "l2");
    const auto large = select(l2.order).group_by(l2.order).having(func::sum(l2.quantity) > 200.0);
    expect_same(
        select(c.name, c.key, o.key, o.date, o.total, func::sum(l.quantity))
            .where(o.key.in(large), c.key == o.customer, o.key == l.order)
            .group_by(c.name, c.key, o.key, o.date, o.total)
            .order_by(o.total.desc(), o.date)
            .limit(100),
        "select c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice, sum(l_quantity) "
        "from customer, orders, lineitem where o_orderkey in (select l_orderkey from lineitem "
        "group by l_orderkey having sum(l_quantity) > 200) and c_custkey = o_custkey "
        "and o_orderkey = l_orderkey group by c_name, c_custkey, o_orderkey, o_orderdate, "
        "o_totalprice order by o_totalprice desc, o_orderdate limit 100");
}

TEST_P(Tpch, query_19_discounted_revenue) {
    const auto kind = [&](const char* brand, const char* first, const char* second, double least,
                          int size) {
        return p.key == l.part && p.brand == brand && p.container.in({first, second}) &&
               l.quantity.between(least, least + 30.0) && p.size.between(1, size) &&
               l.mode.in({"AIR", "AIR REG"}) && l.instruction == "DELIVER IN PERSON";
    };
    const auto sql = [](const char* brand, const char* containers, int least, int size) {
        return "(p_partkey = l_partkey and p_brand = '" + std::string(brand) +
               "' and p_container in (" + containers + ") and l_quantity between " +
               std::to_string(least) + " and " + std::to_string(least + 30) +
               " and p_size between 1 and " + std::to_string(size) +
               " and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')";
    };
    expect_same(select(func::sum(revenue))
                    .select_from(l)
                    .select_from(p)
                    .where(kind("Brand#12", "SM CASE", "MED BAG", 1.0, 15) ||
                           kind("Brand#23", "MED BAG", "MED BOX", 10.0, 20) ||
                           kind("Brand#34", "LG BOX", "SM CASE", 20.0, 15)),
                "select sum(l_extendedprice * (1 - l_discount)) from lineitem, part where " +
                    sql("Brand#12", "'SM CASE', 'MED BAG'", 1, 15) + " or " +
                    sql("Brand#23", "'MED BAG', 'MED BOX'", 10, 20) + " or " +
                    sql("Brand#34", "'LG BOX', 'SM CASE'", 20, 15));
}

TEST_P(Tpch, query_20_potential_promotion) {
    const auto forest = select(p.key).where(p.name.startswith("forest"));
    const auto half = select(0.5 * func::sum(l.quantity))
                          .where(l.part == ps.part, l.supplier == ps.supplier,
                                 l.shipped >= 1994y / 1 / 1, l.shipped < 1996y / 1 / 1);
    const auto holders =
        select(ps.supplier).where(ps.part.in(forest), ps.available > half.scalar_subquery());
    expect_same(select(s.name, s.address)
                    .where(s.key.in(holders), s.nation == n.key, n.name == "CANADA")
                    .order_by(s.name),
                "select s_name, s_address from supplier, nation where s_suppkey in (select "
                "ps_suppkey from partsupp where ps_partkey in (select p_partkey from part "
                "where p_name like 'forest%') and ps_availqty > (select 0.5 * sum(l_quantity) "
                "from lineitem where l_partkey = ps_partkey and l_suppkey = ps_suppkey "
                "and l_shipdate >= '1994-01-01' and l_shipdate < '1996-01-01')) "
                "and s_nationkey = n_nationkey and n_name = 'CANADA' order by s_name");
}

TEST_P(Tpch, query_21_suppliers_who_kept_orders_waiting) {
    const LineItem l2 = alias(l, "l2");
    const LineItem l3 = alias(l, "l3");
    const auto waits = func::count().label("numwait");
    const auto others = select(l2.order).where(l2.order == l.order, l2.supplier != l.supplier);
    const auto late_others = select(l3.order).where(l3.order == l.order, l3.supplier != l.supplier,
                                                    l3.received > l3.committed);
    expect_same(
        select(s.name, waits)
            .where(s.key == l.supplier, o.key == l.order, o.status == "F", l.received > l.committed,
                   exists(others), !exists(late_others), s.nation == n.key, n.name == "CANADA")
            .group_by(s.name)
            .order_by(waits.desc(), s.name)
            .limit(100),
        "select s_name, count(*) as numwait from supplier, lineitem l1, orders, nation "
        "where s_suppkey = l1.l_suppkey and o_orderkey = l1.l_orderkey and o_orderstatus = 'F' "
        "and l1.l_receiptdate > l1.l_commitdate and exists (select * from lineitem l2 "
        "where l2.l_orderkey = l1.l_orderkey and l2.l_suppkey <> l1.l_suppkey) "
        "and not exists (select * from lineitem l3 where l3.l_orderkey = l1.l_orderkey "
        "and l3.l_suppkey <> l1.l_suppkey and l3.l_receiptdate > l3.l_commitdate) "
        "and s_nationkey = n_nationkey and n_name = 'CANADA' group by s_name "
        "order by numwait desc, s_name limit 100");
}

TEST_P(Tpch, query_22_opportunity_of_sales) {
    const auto code = [](const Customer& who) {
        return func::call<std::string>("substr", who.phone, 1, 2);
    };
    const Customer c2 = alias(c, "c2");
    const Strings codes{"10", "11", "13", "15", "17"};
    const auto usual = select(func::avg(c2.balance)).where(c2.balance > 0.0, code(c2).in(codes));
    const auto quiet = select(code(c).label("cntrycode"), c.balance)
                           .where(code(c).in(codes), c.balance > usual.scalar_subquery(),
                                  !exists(select(o.key).where(o.customer == c.key)))
                           .subquery("custsale");
    expect_same(select(quiet.get<0>(), func::count(), func::sum(quiet.get<1>()))
                    .group_by(quiet.get<0>())
                    .order_by(quiet.get<0>()),
                "select cntrycode, count(*), sum(c_acctbal) from (select "
                "substr(c_phone, 1, 2) as cntrycode, c_acctbal from customer "
                "where substr(c_phone, 1, 2) in ('10', '11', '13', '15', '17') "
                "and c_acctbal > (select avg(c_acctbal) from customer where c_acctbal > 0.00 "
                "and substr(c_phone, 1, 2) in ('10', '11', '13', '15', '17')) "
                "and not exists (select * from orders where o_custkey = c_custkey)) as custsale "
                "group by cntrycode order by cntrycode");
}

TEST_P(Tpch, windows_over_its_rows) {
    const auto rank =
        func::rank().over({.partition_by = {c.nation}, .order_by = {c.balance.desc()}});
    const auto running = func::sum(c.balance).over(
        {.partition_by = {c.nation}, .order_by = {c.key}, .rows = Frame{-2, 0}});
    expect_same(select(c.key, rank.label("place"), running.label("three")).order_by(c.key),
                "select c_custkey, rank() over (partition by c_nationkey order by c_acctbal desc), "
                "sum(c_acctbal) over (partition by c_nationkey order by c_custkey "
                "rows between 2 preceding and current row) from customer order by c_custkey");
}

TEST_P(Tpch, nations_of_both_customers_and_suppliers) {
    const auto both = intersect(select(c.nation), select(s.nation)).subquery("both");
    expect_same(select(both.get<0>()).order_by(both.get<0>()),
                "select c_nationkey from (select c_nationkey from customer intersect "
                "select s_nationkey from supplier) as both_of order by c_nationkey");
}

TEST_P(Tpch, totals_by_rollup) {
    const auto total = func::sum(s.balance);
    const auto totals =
        select(nullable(n.name), total).join(s, s.nation == n.key).group_by(func::rollup(n.name));
    if (!requirements.rollup)
        return (void)message_of<UnsupportedCompilationError>([&] { (void)conn.execute(totals); });
    const auto sub = totals.subquery("totals");
    expect_same(select(sub.get<0>(), sub.get<1>()).order_by(sub.get<0>()),
                "select n_name, total from (select n_name, sum(s_acctbal) as total "
                "from nation join supplier on s_nationkey = n_nationkey group by " +
                    std::string(requirements.mariadb ? "n_name with rollup" : "rollup (n_name)") +
                    ") as totals order by n_name");
}

}  // namespace
}  // namespace compliance::tpch
