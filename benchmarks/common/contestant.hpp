// SPDX-License-Identifier: MIT
#pragma once

#include "people.hpp"
#include "program.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bench {

/// What a contestant does with the table of people: the cases, each called once on a table `person`
/// that already stands in the state the case needs (common/databases.py sees to that). Only the
/// call of the one case is measured, so a constructor connects and nothing more.
///
/// The table is `person (id, name text not null, email text not null)`; `id` is the primary key,
/// a 64-bit integer that the database generates where the statement gives none.
///
/// A case that a contestant does not override is none that it takes part in: calling it throws.
class Contestant : public Subject {
  public:
    Measured run_case(std::string_view name, std::size_t rows) final;

    /// Inserts all of them in one transaction, and stores the generated ids.
    virtual void insert_generated(People& people);

    /// Inserts all of them in one transaction, with the ids they have.
    virtual void insert_given(const People& people);

    /// Reads the whole table.
    virtual People load_rows();

    /// Reads the row of each key by a statement of its own, all in one transaction.
    virtual People select_by_key(const std::vector<std::int64_t>& keys);

    /// Inserts each one in a transaction of its own: begin, insert, store the generated id, commit.
    virtual void insert_commit(People& people);

    // What a mapper does with objects, and a driver with structs.

    /// Reads the whole table into objects that can be changed and written back, then looks at each.
    virtual Digest load_tracked();

    /// Looks at each row of the table as an object that is not kept.
    virtual Digest load_const();

    /// Looks at the object of each key, all in one transaction.
    virtual Digest get(const std::vector<std::int64_t>& keys);

    /// Reads the whole table, takes the first character off each e-mail address, and writes that
    /// back, in one transaction. Returns how many rows there were.
    virtual std::size_t update();
};

}  // namespace bench
