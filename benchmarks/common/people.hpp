// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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

/// A sum over rows in any order that looks at every column, cheap enough to be taken while they are
/// read; `people.py` takes the same.
class Digest {
  public:
    void add(std::int64_t id, std::string_view name, std::string_view email) noexcept {
        const auto sizes = name.size() * 256 + email.size();
        sum_ += static_cast<std::uint64_t>(id) * sizes + static_cast<unsigned char>(name.front()) +
                static_cast<unsigned char>(email.front());
        ++rows_;
    }
    void add(const Person& person) noexcept { add(person.id, person.name, person.email); }

    std::size_t rows() const noexcept { return rows_; }
    /// As 16 hexadecimal digits.
    std::string text() const;

  private:
    std::uint64_t sum_ = 0;
    std::size_t rows_ = 0;
};

/// The digest of all of them.
Digest digest(const People& people);

/// The last `count` hexadecimal digits of a number.
std::string hexadecimal(std::uint64_t number, std::size_t count = 16);

/// CRC-32 over the lines `id|name|email\n` in the order of the ids, as 8 hexadecimal digits.
std::string checksum(const People& people);

}  // namespace bench
