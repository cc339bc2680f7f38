// SPDX-License-Identifier: MIT

// The yardstick on SQLite, frozen: the cases as one would write them by hand against the C API
// to be as fast as it honestly can. Every statement is prepared once for its case, text is bound
// without a copy, columns are read in place, and each return code is checked.

#include "../common/contestant.hpp"
#include "sqlite_connection.hpp"

namespace {

using driver::Statement;

bench::Person person(const Statement& row) {
    return {row.integer(0), row.text(1), row.text(2)};
}

class Sqlite final : public bench::Contestant, driver::Connection {
  public:
    explicit Sqlite(const std::string& url) : Connection{bench::sqlite_file(url)} {}
    std::string version() const override { return Connection::version(); }

    void insert_generated(bench::People& people) override {
        Statement insert{database_, "INSERT INTO person (name, email) VALUES (?, ?)"};
        Statement{database_, "BEGIN IMMEDIATE"}.run();
        for (auto& person : people) {
            insert.bind(1, person.name);
            insert.bind(2, person.email);
            insert.run();
            person.id = sqlite3_last_insert_rowid(database_);
        }
        Statement{database_, "COMMIT"}.run();
    }

    void insert_given(const bench::People& people) override {
        Statement insert{database_, "INSERT INTO person (id, name, email) VALUES (?, ?, ?)"};
        Statement{database_, "BEGIN IMMEDIATE"}.run();
        for (const auto& person : people) {
            insert.bind(1, person.id);
            insert.bind(2, person.name);
            insert.bind(3, person.email);
            insert.run();
        }
        Statement{database_, "COMMIT"}.run();
    }

    bench::People load_rows() override {
        bench::People people;
        Statement select{database_, "SELECT id, name, email FROM person"};
        while (select.step()) people.push_back(person(select));
        return people;
    }

    bench::People select_by_key(const std::vector<std::int64_t>& keys) override {
        bench::People people;
        Statement select{database_, "SELECT id, name, email FROM person WHERE id = ?"};
        Statement{database_, "BEGIN"}.run();
        for (const auto key : keys) {
            select.bind(1, key);
            if (select.step()) people.push_back(person(select));
            select.reset();
        }
        Statement{database_, "COMMIT"}.run();
        return people;
    }

    void insert_commit(bench::People& people) override {
        Statement begin{database_, "BEGIN IMMEDIATE"};
        Statement insert{database_, "INSERT INTO person (name, email) VALUES (?, ?)"};
        Statement commit{database_, "COMMIT"};
        for (auto& person : people) {
            begin.run();
            insert.bind(1, person.name);
            insert.bind(2, person.email);
            insert.run();
            person.id = sqlite3_last_insert_rowid(database_);
            commit.run();
        }
    }

    bench::Digest load_tracked() override { return digest(load_rows()); }

    bench::Digest load_const() override {
        bench::Digest digest;
        Statement select{database_, "SELECT id, name, email FROM person"};
        while (select.step()) digest.add(person(select));
        return digest;
    }

    bench::Digest get(const std::vector<std::int64_t>& keys) override {
        return digest(select_by_key(keys));
    }

    std::size_t update() override {
        Statement update{database_, "UPDATE person SET email = ? WHERE id = ?"};
        Statement{database_, "BEGIN IMMEDIATE"}.run();
        auto people = load_rows();
        for (auto& person : people) {
            person.email.erase(0, 1);
            update.bind(1, person.email);
            update.bind(2, person.id);
            update.run();
        }
        Statement{database_, "COMMIT"}.run();
        return people.size();
    }
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Sqlite>(argc, argv, "driver");
}
