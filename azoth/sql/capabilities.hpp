// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace azoth::inline v0::sql {

/// What a database can do, as far as the SQL compiler decides by it. A plain value, fixed for an
/// engine. SQLAlchemy: the flags of `Dialect`.
struct Capabilities {
    std::string_view dialect = "default";
    std::string_view placeholder = "?";  ///< "?" or "$" for $1, $2 …
    char identifier_quote = '"';         ///< around names, and doubled in them
    bool native_boolean = true;          ///< TRUE and FALSE keywords
    bool ilike = false;                  ///< else lower(a) LIKE lower(b)
    bool returning = true;               ///< INSERT, UPDATE, DELETE … RETURNING
    bool update_returning = true;        ///< false: of these not UPDATE
    bool update_from = true;             ///< UPDATE … FROM
    bool on_conflict = true;             ///< ON CONFLICT (…) DO …
    bool conflict_constraint = false;    ///< ON CONFLICT ON CONSTRAINT
    bool full_outer_join = true;
    bool delete_using = false;                ///< DELETE … USING
    bool compound_member_parentheses = true;  ///< (SELECT …) UNION (SELECT …)
    bool key_by_last_insert_id = false;       ///< else by RETURNING
    bool lateral = false;
    std::size_t max_identifier_length = 0;  ///< bytes; 0: no limit
    std::string_view distinct_from;         ///< "IS DISTINCT FROM"
    std::string_view not_distinct_from;
};

}  // namespace azoth::inline v0::sql
