// SPDX-License-Identifier: MIT

// The yardstick on SQLite, frozen: the five cases as one would write them by hand against the C API
// to be as fast as it honestly can. Every statement is prepared once for its case, text is bound
// without a copy, columns are read in place, and each return code is checked.
//
// The settings are those Azoth's connections have by default: foreign_keys=on, journal_mode=WAL,
// a busy timeout of 5 s, and `synchronous` as SQLite was built (FULL in Debian). The connection is
// opened with NOMUTEX, as one thread uses it at a time.

#include "../common/contestant.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace {

class Statement {
  public:
    Statement(sqlite3* database, std::string_view sql) : database_{database} {
        check(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                 SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(statement_); }

    void bind(int index, std::int64_t value) {
        check(sqlite3_bind_int64(statement_, index, value));
    }
    void bind(int index, const std::string& value) {
        check(sqlite3_bind_text(statement_, index, value.data(), static_cast<int>(value.size()),
                                SQLITE_STATIC));
    }
    /// True if there is a row.
    bool step() {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) check(code);
        return false;
    }
    void reset() { check(sqlite3_reset(statement_)); }
    void run() {
        step();
        reset();
    }
    bench::Person person() const { return {sqlite3_column_int64(statement_, 0), text(1), text(2)}; }

  private:
    std::string text(int column) const {
        const auto* begin = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    void check(int code) const {
        if (code != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(database_)};
    }

    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

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

  private:
    sqlite3* database_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Sqlite>(argc, argv, "driver");
}
