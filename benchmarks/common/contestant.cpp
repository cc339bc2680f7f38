// SPDX-License-Identifier: MIT
#include "contestant.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace bench {
namespace {

void describe(const People& people, Measured& measured) {
    measured.rows = people.size();
    measured.checksum = checksum(people);
}

void describe(const Digest& digest, Measured& measured) {
    measured.rows = digest.rows();
    measured.checksum = digest.text();
}

void describe(std::size_t rows, Measured& measured) {
    measured.rows = rows;
}

template <class Work>
Measured measure(const Work& work) {
    const Measurement measurement;
    const auto made = work();
    Measured measured = measurement.stop();
    describe(made, measured);
    return measured;
}

/// The cases that write rows.
Measured write_case(Contestant& contestant, std::string_view name, std::size_t rows) {
    const bool given = name == "insert_given";
    People people = given ? make_people(rows) : make_people_without_ids(rows);
    return measure([&] {
        if (given)
            contestant.insert_given(people);
        else if (name == "insert_commit")
            contestant.insert_commit(people);
        else
            contestant.insert_generated(people);
        return std::move(people);
    });
}

}  // namespace

Measured Contestant::run_case(std::string_view name, std::size_t rows) {
    if (name.starts_with("insert_")) return write_case(*this, name, rows);
    if (name == "load_rows") return measure([&] { return load_rows(); });
    if (name == "load_tracked") return measure([&] { return load_tracked(); });
    if (name == "load_const") return measure([&] { return load_const(); });
    if (name == "update") return measure([&] { return update(); });
    const auto keys = make_keys(rows);
    if (name == "select_by_key") return measure([&] { return select_by_key(keys); });
    if (name == "get") return measure([&] { return get(keys); });
    throw std::invalid_argument{"unknown case " + std::string{name}};
}

void Contestant::insert_generated(People&) {
    refuse();
}
void Contestant::insert_given(const People&) {
    refuse();
}
People Contestant::load_rows() {
    refuse();
}
People Contestant::select_by_key(const std::vector<std::int64_t>&) {
    refuse();
}
void Contestant::insert_commit(People&) {
    refuse();
}
Digest Contestant::load_tracked() {
    refuse();
}
Digest Contestant::load_const() {
    refuse();
}
Digest Contestant::get(const std::vector<std::int64_t>&) {
    refuse();
}
std::size_t Contestant::update() {
    refuse();
}

}  // namespace bench
