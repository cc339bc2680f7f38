// SPDX-License-Identifier: MIT

// The yardstick on SQLite, frozen: as ../driver/sqlite.cpp, for objects that lead to each other.
// Authors and their books are read by a statement each, over the whole tables, and put together by
// a hash table: no index is looked at.

#include "../driver/sqlite_connection.hpp"
#include "contestant.hpp"

#include <array>
#include <unordered_map>

namespace {

using bench::Place;
using driver::Statement;

class Sqlite final : public bench::GraphContestant, driver::Connection {
  public:
    explicit Sqlite(const std::string& url) : Connection{bench::sqlite_file(url)} {}
    std::string version() const override { return Connection::version(); }

    bench::Library load_library() override {
        bench::Library library;
        Statement authors{database_, "SELECT id, name FROM author"};
        while (authors.step()) library.push_back({authors.integer(0), authors.text(1)});
        std::unordered_map<std::int64_t, bench::Author*> by_id;
        by_id.reserve(library.size());
        for (bench::Author& author : library) by_id.emplace(author.id, &author);
        Statement books{database_, "SELECT id, author_id, title FROM book"};
        while (books.step())
            by_id.at(books.integer(1))->books.push_back({books.integer(0), books.text(2)});
        return library;
    }

    void insert_graph(bench::Places& places) override {
        std::array<Statement, 5> inserts{
            Statement{database_, "INSERT INTO continent (name) VALUES (?)"},
            Statement{database_, "INSERT INTO country (name, within_id) VALUES (?, ?)"},
            Statement{database_, "INSERT INTO region (name, within_id) VALUES (?, ?)"},
            Statement{database_, "INSERT INTO city (name, within_id) VALUES (?, ?)"},
            Statement{database_, "INSERT INTO street (name, within_id) VALUES (?, ?)"}};
        Statement{database_, "BEGIN IMMEDIATE"}.run();
        for (Place& place : places) insert(place, inserts.begin());
        Statement{database_, "COMMIT"}.run();
    }

  private:
    void insert(Place& place, Statement* statement) {
        statement->bind(1, place.name);
        statement->run();
        place.id = sqlite3_last_insert_rowid(database_);
        for (Place& inner : place.places) {
            statement[1].bind(2, place.id);
            insert(inner, statement + 1);
        }
    }
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Sqlite>(argc, argv, "driver");
}
