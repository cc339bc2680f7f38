// SPDX-License-Identifier: MIT
#pragma once

#include "../common/people.hpp"
#include "libmariadb_statement.hpp"

#include <algorithm>

namespace driver {

using bench::People, bench::Person;

constexpr std::size_t page_rows = 1000;

/// Rows to be sent at once, as columns.
struct Page {
    std::vector<std::int64_t> ids;
    TextColumn names, emails;

    /// Takes the page that begins at `first`. Returns how many rows it has.
    std::size_t fill(const People& people, std::size_t first) {
        const std::size_t end = std::min(first + page_rows, people.size());
        ids.clear(), names.clear(), emails.clear();
        for (std::size_t row = first; row < end; ++row) {
            ids.push_back(people[row].id);
            names.add(people[row].name);
            emails.add(people[row].email);
        }
        return end - first;
    }
};

/// Where a statement puts the row of a person.
class Row {
  public:
    explicit Row(Statement& select) {
        select.bind_result({bound(id_), bound(name_), bound(email_)});
    }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;
    Person person() const { return {id_, std::string{name_.view()}, std::string{email_.view()}}; }

  private:
    std::int64_t id_;
    TextCell name_, email_;
};

}  // namespace driver
