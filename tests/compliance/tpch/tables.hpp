// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql.hpp>

#include <chrono>

/// The tables of TPC-H (https://www.tpc.org/tpch/, the specification's section 1.4), with the
/// columns that its queries look at. Amounts are floating point, because SQLite has no average of
/// exact decimals.
namespace compliance::tpch {

using namespace azoth;  // NOLINT: tests read as programs of users do
using Day = std::chrono::year_month_day;

struct Region : Table {
    using Table::Table;
    Column<int> key{*this, "r_regionkey", primary_key};
    Column<std::string> name{*this, "r_name", String{25}};
};
struct Nation : Table {
    using Table::Table;
    Column<int> key{*this, "n_nationkey", primary_key};
    Column<std::string> name{*this, "n_name", String{25}};
    Column<int> region{*this, "n_regionkey"};
};
struct Supplier : Table {
    using Table::Table;
    Column<int> key{*this, "s_suppkey", primary_key};
    Column<std::string> name{*this, "s_name", String{25}};
    Column<std::string> address{*this, "s_address", String{40}};
    Column<int> nation{*this, "s_nationkey"};
    Column<std::string> phone{*this, "s_phone", String{15}};
    Column<double> balance{*this, "s_acctbal"};
    Column<std::string> comment{*this, "s_comment", String{101}};
};
struct Customer : Table {
    using Table::Table;
    Column<int> key{*this, "c_custkey", primary_key};
    Column<std::string> name{*this, "c_name", String{25}};
    Column<int> nation{*this, "c_nationkey"};
    Column<std::string> phone{*this, "c_phone", String{15}};
    Column<double> balance{*this, "c_acctbal"};
    Column<std::string> segment{*this, "c_mktsegment", String{10}};
};
struct Part : Table {
    using Table::Table;
    Column<int> key{*this, "p_partkey", primary_key};
    Column<std::string> name{*this, "p_name", String{55}};
    Column<std::string> maker{*this, "p_mfgr", String{25}};
    Column<std::string> brand{*this, "p_brand", String{10}};
    Column<std::string> type{*this, "p_type", String{25}};
    Column<int> size{*this, "p_size"};
    Column<std::string> container{*this, "p_container", String{10}};
};
struct PartSupp : Table {
    using Table::Table;
    Column<int> part{*this, "ps_partkey", primary_key};
    Column<int> supplier{*this, "ps_suppkey", primary_key};
    Column<int> available{*this, "ps_availqty"};
    Column<double> cost{*this, "ps_supplycost"};
};
struct Orders : Table {
    using Table::Table;
    Column<int> key{*this, "o_orderkey", primary_key};
    Column<int> customer{*this, "o_custkey"};
    Column<std::string> status{*this, "o_orderstatus", String{1}};
    Column<double> total{*this, "o_totalprice"};
    Column<Day> date{*this, "o_orderdate"};
    Column<std::string> priority{*this, "o_orderpriority", String{15}};
    Column<std::string> comment{*this, "o_comment", String{79}};
};
struct LineItem : Table {
    using Table::Table;
    Column<int> order{*this, "l_orderkey", primary_key};
    Column<int> number{*this, "l_linenumber", primary_key};
    Column<int> part{*this, "l_partkey"};
    Column<int> supplier{*this, "l_suppkey"};
    Column<double> quantity{*this, "l_quantity"};
    Column<double> price{*this, "l_extendedprice"};
    Column<double> discount{*this, "l_discount"};
    Column<double> tax{*this, "l_tax"};
    Column<std::string> returned{*this, "l_returnflag", String{1}};
    Column<std::string> status{*this, "l_linestatus", String{1}};
    Column<Day> shipped{*this, "l_shipdate"};
    Column<Day> committed{*this, "l_commitdate"};
    Column<Day> received{*this, "l_receiptdate"};
    Column<std::string> instruction{*this, "l_shipinstruct", String{25}};
    Column<std::string> mode{*this, "l_shipmode", String{10}};
};

/// All of them, in one MetaData. One thread at a time.
struct Tables {
    explicit Tables(const MetaData& where)
        : region("region", where),
          nation("nation", where),
          supplier("supplier", where),
          customer("customer", where),
          part("part", where),
          partsupp("partsupp", where),
          orders("orders", where),
          lineitem("lineitem", where) {}

    Region region;
    Nation nation;
    Supplier supplier;
    Customer customer;
    Part part;
    PartSupp partsupp;
    Orders orders;
    LineItem lineitem;
};

/// Fills them with rows that are the same each time, few, but some for each query.
void fill(Connection& conn, const Tables& tables);

}  // namespace compliance::tpch
