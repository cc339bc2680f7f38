// SPDX-License-Identifier: MIT
#pragma once

#include <tests/support/databases.hpp>

namespace azoth::test {

/// What a database cannot do. A test that needs such a thing says instead what happens where it is
/// missing (an exception that names it), so that no test is ever left out.
struct Requirements {
    explicit Requirements(const Database& database)
        : sqlite(database.like.starts_with("sqlite")),
          postgresql(database.like == "postgresql"),
          mariadb(database.like == "mariadb"),
          several_connections(database.like != "sqlite_memory"),
          concurrent_writers(!sqlite),
          errors_end_transactions(postgresql),
          transactional_ddl(!mariadb),
          two_phase(!sqlite),
          transaction_modes(postgresql),
          update_returning(!mariadb),
          delete_using(!sqlite),
          with_before_dml(!mariadb),
          full_outer_join(!mariadb),
          deferrable_keys(!mariadb),
          partial_indexes(!mariadb),
          expression_indexes(!mariadb),
          text_keys(!mariadb),
          conflict_target(!mariadb),
          conflict_where(!mariadb),
          conflict_constraint(postgresql),
          wide_names(!mariadb),
          infinity(!mariadb),
          decimal_scale(!mariadb),
          counts_upserts(!mariadb),
          returns_conflicts(mariadb),
          skipping_triggers(!mariadb),
          exact_decimal_average(!sqlite),
          exact_decimal_division(!sqlite),
          refuses_division_by_zero(postgresql),
          not_a_number(postgresql),
          zero_bytes_in_text(!postgresql),
          sized_integers(!sqlite),
          native_enum(!sqlite),
          case_sensitive_like(!sqlite),
          backslash_escapes_like(!sqlite),
          groups_by_parameters(!postgresql),
          null_sorts_first(!postgresql),
          has_hosts(!sqlite),
          server_processes(!sqlite),
          streamed_rows_end_with_transactions(postgresql),
          row_locks(!sqlite),
          lock_of(postgresql),
          distinct_on(postgresql),
          lateral(postgresql),
          tablesample(postgresql),
          within_group(postgresql),
          cte_of_dml(postgresql),
          grouping_sets(postgresql),
          table_functions(!mariadb),
          named_function_columns(postgresql),
          frame_groups(!mariadb),
          rollup(!sqlite),
          fetch_ties(!sqlite),
          quantified(!sqlite),
          ordered_strings(!sqlite),
          users(!sqlite),
          years_beyond_9999(postgresql) {}

    bool sqlite;
    bool postgresql;
    bool mariadb;
    bool several_connections;      ///< connections of one engine see the same data
    bool concurrent_writers;       ///< two transactions may write at once
    bool errors_end_transactions;  ///< after an error only a rollback helps
    bool transactional_ddl;        ///< a rollback takes tables back
    bool two_phase;                ///< transactions can be prepared
    bool transaction_modes;        ///< transactions may be read-only and deferrable
    bool update_returning;         ///< UPDATE … RETURNING
    bool delete_using;             ///< DELETE with further tables
    bool with_before_dml;          ///< WITH before UPDATE and DELETE
    bool full_outer_join;
    bool deferrable_keys;  ///< constraints that are checked at the commit
    bool partial_indexes;  ///< of the rows that a condition is true for
    bool expression_indexes;
    bool text_keys;            ///< texts without a length may be keys
    bool conflict_target;      ///< an upsert says which key is meant
    bool conflict_where;       ///< an upsert updates some of the rows only
    bool conflict_constraint;  ///< an upsert may name a constraint
    bool wide_names;           ///< characters beyond U+FFFF in names
    bool infinity;             ///< keeps it
    bool decimal_scale;        ///< a Numeric without a scale keeps that of each number
    bool counts_upserts;       ///< an upsert counts each row that it wrote, and no other
    bool returns_conflicts;    ///< an upsert that does nothing returns and counts the row that was
                               ///< there
    bool skipping_triggers;    ///< a trigger can keep an INSERT from inserting, without an error
    bool exact_decimal_average;
    bool exact_decimal_division;
    bool refuses_division_by_zero;  ///< else it is NULL
    bool not_a_number;              ///< keeps NaN
    bool zero_bytes_in_text;        ///< keeps U+0000 in texts
    bool sized_integers;            ///< SMALLINT and INTEGER refuse what is too large for them
    bool native_enum;               ///< refuses unknown labels even from others
    bool case_sensitive_like;
    bool backslash_escapes_like;  ///< where like() names no other escape
    bool groups_by_parameters;    ///< knows `a % ?` in GROUP BY again as that of the select list
    bool null_sorts_first;        ///< in ascending order, where nothing else is said
    bool has_hosts;               ///< a URL may name several servers
    bool server_processes;        ///< a connection can be killed from outside
    /// Rows of stream_results that were not read are gone after the transaction.
    bool streamed_rows_end_with_transactions;
    bool row_locks;  ///< SELECT … FOR UPDATE locks rows, and not all of the database
    bool lock_of;    ///< rows of some of the tables alone can be locked
    bool distinct_on;
    bool lateral;                 ///< subqueries in FROM that look at what stands before them
    bool tablesample;             ///< a part of a table's rows by chance
    bool within_group;            ///< aggregates of ordered sets: percentiles
    bool cte_of_dml;              ///< INSERT, UPDATE and DELETE in WITH
    bool grouping_sets;           ///< CUBE, and several groupings in one query
    bool table_functions;         ///< functions in FROM
    bool named_function_columns;  ///< their columns are called as the program says; ORDINALITY
    bool frame_groups;            ///< windows of GROUPS, and EXCLUDE
    bool rollup;
    bool fetch_ties;       ///< FETCH FIRST … WITH TIES
    bool quantified;       ///< = ANY and = ALL
    bool ordered_strings;  ///< aggregates of texts in an order
    bool users;            ///< connections belong to users
    bool years_beyond_9999;
};

}  // namespace azoth::test
