// SPDX-License-Identifier: MIT
#pragma once

#include "people.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// What a contestant program does: the cases, each called once on a table `person` that already
/// stands in the state the case needs (common/databases.py sees to that). Only the call of the one
/// case is measured, so a constructor connects and nothing more.
///
/// The table is `person (id, name text not null, email text not null)`; `id` is the primary key,
/// a 64-bit integer that the database generates where the statement gives none.
///
/// A case that a contestant does not override is none that it takes part in: calling it throws.
class Contestant {
  public:
    virtual ~Contestant() = default;

    /// The version of what is measured, with the driver's where that is another thing.
    virtual std::string version() const = 0;

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

using MakeContestant = std::function<std::unique_ptr<Contestant>(const std::string& url)>;

/// The main function of a contestant program:
///
///     program --database URL --case NAME --rows N
///
/// connects, runs one case, and prints one line of JSON: case, database, contestant, version, rows,
/// seconds, client_cpu_seconds (user and system time of this process during the case) and checksum,
/// or digest where objects were looked at; `update` leaves it to run.py to look at what is stored.
/// Returns the exit status; errors go to the standard error stream.
int run(int argc, char** argv, std::string_view contestant, const MakeContestant& make);

/// The same for a contestant that is constructed from the URL.
template <class Made>
int run(int argc, char** argv, std::string_view contestant) {
    return run(argc, argv, contestant,
               [](const std::string& url) { return std::make_unique<Made>(url); });
}

/// The file name in a URL `sqlite:///name`. Throws std::invalid_argument for any other URL.
std::string sqlite_file(const std::string& url);

}  // namespace bench
