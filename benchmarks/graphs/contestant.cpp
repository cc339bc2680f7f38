// SPDX-License-Identifier: MIT
#include "contestant.hpp"

#include "../common/people.hpp"

#include <stdexcept>
#include <utility>

namespace bench {
namespace {

/// A case that reads the library. What was read goes away within the measured time, as a mapper's
/// objects do when their session is closed.
Measured read_case(GraphContestant& contestant, LibraryDigest (GraphContestant::*read)()) {
    const Measurement measurement;
    const LibraryDigest looked_at = (contestant.*read)();
    Measured measured = measurement.stop();
    measured.rows = looked_at.authors();
    measured.checksum = hexadecimal(looked_at.sum());
    return measured;
}

Measured write_case(GraphContestant& contestant, std::size_t count) {
    Places places = make_places(count);
    const Measurement measurement;
    contestant.insert_graph(places);
    Measured measured = measurement.stop();
    measured.rows = stored_places(places);
    return measured;
}

}  // namespace

Measured GraphContestant::run_case(std::string_view name, std::size_t rows) {
    if (name == "load_selectin") return read_case(*this, &GraphContestant::load_selectin);
    if (name == "load_joined") return read_case(*this, &GraphContestant::load_joined);
    if (name == "load_lazy") return read_case(*this, &GraphContestant::load_lazy);
    if (name == "insert_graph") return write_case(*this, rows);
    throw std::invalid_argument{"unknown case " + std::string{name}};
}

LibraryDigest GraphContestant::load_selectin() {
    return digest(load_library());
}
LibraryDigest GraphContestant::load_joined() {
    return digest(load_library());
}
LibraryDigest GraphContestant::load_lazy() {
    return digest(load_library());
}
Library GraphContestant::load_library() {
    refuse();
}
void GraphContestant::insert_graph(Places&) {
    refuse();
}

LibraryDigest digest(const Library& library) {
    LibraryDigest digest;
    for (const Author& author : library) {
        digest.add_author(author.id, author.name);
        for (const Book& book : author.books) digest.add_book(author.id, book.id, book.title);
    }
    return digest;
}

}  // namespace bench
