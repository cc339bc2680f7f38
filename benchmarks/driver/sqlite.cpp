// SPDX-License-Identifier: MIT

// The yardstick on SQLite, frozen: the cases as one would write them by hand against the C API
// to be as fast as it honestly can. Every statement is prepared once for its case, text is bound
// without a copy, columns are read in place, and each return code is checked.
//
// The settings are those Azoth's connections have by default: foreign_keys=on, journal_mode=WAL,
// a busy timeout of 5 s, and `synchronous` as SQLite was built (FULL in Debian). The connection is
// opened with NOMUTEX, as one thread uses it at a time.

#include "../common/contestant.hpp"
#include "sqlite_statement.hpp"

namespace {

using driver::Statement;

class Sqlite final : public bench::Contestant {
  public:
    explicit Sqlite(const std::string& url) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(bench::sqlite_file(url).c_str(), &database_, flags, nullptr) !=
            SQLITE_OK)
            throw std::runtime_error{sqlite3_errmsg(database_)};
        sqlite3_busy_timeout(database_, 5000);
        Statement{database_, "PRAGMA foreign_keys=on"}.run();
        Statement{database_, "PRAGMA journal_mode=WAL"}.run();
    }
    ~Sqlite() override { sqlite3_close(database_); }

    std::string version() const override { return std::string{"sqlite "} + sqlite3_libversion(); }

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
        while (select.step()) people.push_back(select.person());
        return people;
    }

    bench::People select_by_key(const std::vector<std::int64_t>& keys) override {
        bench::People people;
        Statement select{database_, "SELECT id, name, email FROM person WHERE id = ?"};
        Statement{database_, "BEGIN"}.run();
        for (const auto key : keys) {
            select.bind(1, key);
            if (select.step()) people.push_back(select.person());
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
        while (select.step()) digest.add(select.person());
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

  private:
    sqlite3* database_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Sqlite>(argc, argv, "driver");
}
