// SPDX-License-Identifier: MIT
#include "people.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

namespace bench {
namespace {

struct Spelling {
    std::string_view name;
    std::string_view address;
};

constexpr std::array<Spelling, 16> given_names{{{"Ada", "ada"},
                                                {"Bjarne", "bjarne"},
                                                {"Chloë", "chloe"},
                                                {"Dennis", "dennis"},
                                                {"Edsger", "edsger"},
                                                {"Frances", "frances"},
                                                {"Grace", "grace"},
                                                {"Hedy", "hedy"},
                                                {"Ivan", "ivan"},
                                                {"Jürgen", "juergen"},
                                                {"Katherine", "katherine"},
                                                {"Linus", "linus"},
                                                {"Margaret", "margaret"},
                                                {"Niklaus", "niklaus"},
                                                {"Ole", "ole"},
                                                {"Radia", "radia"}}};

constexpr std::array<Spelling, 16> family_names{{{"Allen", "allen"},
                                                 {"Borg", "borg"},
                                                 {"Codd", "codd"},
                                                 {"Dijk", "dijk"},
                                                 {"Easley", "easley"},
                                                 {"Floyd", "floyd"},
                                                 {"Gray", "gray"},
                                                 {"Hopper", "hopper"},
                                                 {"Iverson", "iverson"},
                                                 {"Jones", "jones"},
                                                 {"Knuth", "knuth"},
                                                 {"Lamarr", "lamarr"},
                                                 {"Møller", "moeller"},
                                                 {"Naur", "naur"},
                                                 {"Perlis", "perlis"},
                                                 {"Wirth", "wirth"}}};

/// Spreads consecutive ids over all pairs of names.
std::uint32_t scatter(std::int64_t id) {
    return static_cast<std::uint32_t>(id) * 2654435761U;
}

constexpr std::array<std::uint32_t, 256> crc_table = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
        table[byte] = value;
    }
    return table;
}();

std::uint32_t crc32(std::uint32_t crc, std::string_view bytes) {
    for (const char byte : bytes)
        crc = crc_table[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (crc >> 8U);
    return crc;
}

}  // namespace

std::string hexadecimal(std::uint64_t number, std::size_t count) {
    std::string digits(count, '0');
    for (std::size_t i = count; i-- > 0; number >>= 4U)
        digits[i] = "0123456789abcdef"[number & 15U];
    return digits;
}

Person make_person(std::int64_t id) {
    const std::uint32_t mixed = scatter(id);
    const Spelling& given = given_names[mixed >> 28U];
    const Spelling& family = family_names[(mixed >> 24U) & 15U];
    Person person{id, std::string{given.name}, std::string{given.address}};
    person.name.append(" ").append(family.name);
    person.email.append(".").append(family.address).append(".");
    person.email.append(std::to_string(id)).append("@example.org");
    return person;
}

People make_people(std::size_t count) {
    People people;
    people.reserve(count);
    for (std::size_t i = 1; i <= count; ++i)
        people.push_back(make_person(static_cast<std::int64_t>(i)));
    return people;
}

People make_people_without_ids(std::size_t count) {
    People people = make_people(count);
    for (Person& person : people) person.id = 0;
    return people;
}

std::vector<std::int64_t> make_keys(std::size_t count) {
    std::size_t stride = 7919;
    while (std::gcd(stride, count) > 1) ++stride;
    std::vector<std::int64_t> keys(count);
    for (std::size_t i = 0; i < count; ++i)
        keys[i] = static_cast<std::int64_t>(i * stride % count) + 1;
    return keys;
}

std::string Digest::text() const {
    return hexadecimal(sum_);
}

Digest digest(const People& people) {
    Digest digest;
    for (const Person& person : people) digest.add(person);
    return digest;
}

std::string checksum(const People& people) {
    std::vector<const Person*> ordered;
    ordered.reserve(people.size());
    for (const Person& person : people) ordered.push_back(&person);
    std::ranges::sort(ordered, {}, [](const Person* person) { return person->id; });

    std::uint32_t crc = 0xFFFFFFFFU;
    std::string line;
    for (const Person* person : ordered) {
        line.assign(std::to_string(person->id)).append("|").append(person->name);
        line.append("|").append(person->email).append("\n");
        crc = crc32(crc, line);
    }
    return hexadecimal(~crc & 0xFFFFFFFFU, 8);
}

}  // namespace bench
