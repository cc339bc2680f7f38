// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// The rows that every contestant writes and reads. common/people.py makes the same rows, byte for
/// byte.
namespace bench {

struct Person {
    std::int64_t id{};
    std::string name{};
    std::string email{};
};

using People = std::vector<Person>;

/// Person `id`: a name of 8 to 16 bytes (not all of them ASCII) and an e-mail address of about 33.
Person make_person(std::int64_t id);

/// Persons 1 to `count`, in order.
People make_people(std::size_t count);

/// Persons 1 to `count` whose ids the database is still to give.
People make_people_without_ids(std::size_t count);

/// Each of the keys 1 to `count` once, in an order that jumps about.
std::vector<std::int64_t> make_keys(std::size_t count);

/// CRC-32 over the lines `id|name|email\n` in the order of the ids, as 8 hexadecimal digits.
std::string checksum(const People& people);

}  // namespace bench
