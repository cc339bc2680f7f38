// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/from_clause.hpp>

#include <vector>

namespace azoth::inline v0 {

/// How a SELECT locks the rows that it reads, until the transaction ends. A plain value.
///
///     select(jobs.id).where(jobs.done == false).limit(1).with_for_update({.skip_locked = true})
///
/// What a database has no words for makes the lock stronger, never weaker: MariaDB locks rows of
/// all tables whatever `of` says. SQLite has no locks of rows; a transaction that begins with such
/// a SELECT takes the lock of the database, as one that writes. SQLAlchemy: the arguments of
/// `with_for_update`.
struct ForUpdate {
    bool nowait = false;           ///< an error where a row is locked, instead of waiting for it
    bool read = false;             ///< a shared lock: others may read and share, but not change
    std::vector<FromClause> of{};  ///< of these alone the rows are locked; empty: of all
    bool skip_locked = false;      ///< rows that are locked are left out of the result
    bool key_share = false;        ///< PostgreSQL: weaker, so that other rows may refer to these
};

}  // namespace azoth::inline v0
