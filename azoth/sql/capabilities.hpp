// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace azoth::inline v0::sql {

/// How an UPDATE or DELETE names the tables that it looks at beside its target.
enum class OtherTables : std::uint8_t {
    refused,
    behind,  ///< UPDATE t SET … FROM others; DELETE FROM t USING others
    from,    ///< UPDATE t SET … FROM t, others; DELETE FROM t FROM t, others
    listed,  ///< UPDATE t, others SET …; DELETE FROM t USING t, others
};

/// Where the WITH of a statement that is no SELECT stands.
enum class WithClause : std::uint8_t {
    first,          ///< before INSERT, UPDATE and DELETE
    before_select,  ///< INSERT INTO t WITH … SELECT; UPDATE and DELETE have none
};

/// What a database can do, as far as the SQL compiler decides by it. A plain value, fixed for an
/// engine. SQLAlchemy: the flags of `Dialect`.
struct Capabilities {
    std::string_view dialect = "default";
    std::string_view placeholder = "?";  ///< "?", or what stands before a number: "$" for $1, $2 …
    char identifier_quote = '"';         ///< around names, and doubled in them
    char identifier_close = 0;           ///< what stands behind names instead; 0: the same
    /// The name by which the database knows what a program calls so; null: the same.
    std::string (*stored_name)(std::string_view name) = nullptr;
    bool native_boolean = true;    ///< TRUE and FALSE keywords
    bool boolean_values = true;    ///< conditions are values, and boolean values conditions
    bool ilike = false;            ///< else lower(a) LIKE lower(b)
    bool returning = true;         ///< INSERT, UPDATE, DELETE … RETURNING
    bool update_returning = true;  ///< false: of these not UPDATE
    OtherTables update_tables = OtherTables::behind;
    OtherTables delete_tables = OtherTables::behind;
    WithClause with_clause = WithClause::first;
    bool on_conflict = true;           ///< ON CONFLICT (…) DO …
    bool conflict_constraint = false;  ///< ON CONFLICT ON CONSTRAINT
    bool full_outer_join = true;
    bool labels_in_having =
        false;  ///< else what they stand for, which may have columns not grouped
    bool labels_in_group_by = true;
    bool alias_keyword = true;        ///< FROM t AS a
    bool recursive_keyword = true;    ///< WITH RECURSIVE
    std::string_view from_nothing{};  ///< of a SELECT without FROM: " FROM DUAL"
    std::string_view returning_keyword = " RETURNING ";
    bool labels_in_returning = true;
    bool wide_names = true;                   ///< characters beyond U+FFFF in names
    bool compound_member_parentheses = true;  ///< (SELECT …) UNION (SELECT …)
    bool key_by_last_insert_id = false;       ///< else by RETURNING
    bool compound_all = true;                 ///< INTERSECT ALL and EXCEPT ALL
    bool lateral = false;
    bool row_locks = true;              ///< SELECT … FOR UPDATE; else it is left out
    bool distinct_on = false;           ///< SELECT DISTINCT ON (…)
    bool fetch_first = false;           ///< FETCH FIRST n ROWS ONLY; else LIMIT
    bool fetch_ties = false;            ///< … WITH TIES
    bool fetch_percent = false;         ///< FETCH FIRST n PERCENT
    bool quantified = true;             ///< = ANY (SELECT …), = ALL (SELECT …)
    bool between_symmetric = false;     ///< else both orders are written
    bool tuple_list_is_values = false;  ///< (a, b) IN (VALUES (1, 2), …), else IN ((1, 2), …)
    bool filter = true;                 ///< aggregate FILTER (WHERE …)
    bool frame_groups = true;           ///< windows of GROUPS, and EXCLUDE
    bool within_group = true;           ///< aggregate WITHIN GROUP (ORDER BY …)
    bool ordered_aggregates = true;     ///< string_agg(x, ',' ORDER BY y)
    bool grouping_sets = true;          ///< ROLLUP, CUBE, GROUPING SETS
    bool bit_xor = true;                ///< else (a | b) - (a & b)
    bool tablesample = false;
    bool cte_of_dml = false;                ///< WITH x AS (INSERT … RETURNING …)
    std::size_t max_identifier_length = 0;  ///< bytes; 0: no limit
    std::string_view distinct_from;         ///< "IS DISTINCT FROM"
    std::string_view not_distinct_from;
};

}  // namespace azoth::inline v0::sql
