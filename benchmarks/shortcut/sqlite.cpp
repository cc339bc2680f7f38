// SPDX-License-Identifier: MIT

// Beside the yardstick, for orientation: rows with given keys in VALUES lists of 100 rows. Such a
// statement is planned once for the whole list, but an error no longer says which row it was.

#include "../common/contestant.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>

namespace {

constexpr std::size_t page_rows = 100;

class Sqlite final : public bench::Contestant {
  public:
    explicit Sqlite(const std::string& url) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
        check(sqlite3_open_v2(bench::sqlite_file(url).c_str(), &database_, flags, nullptr));
        run("PRAGMA foreign_keys=on");
    }
    ~Sqlite() override { sqlite3_close(database_); }

    std::string version() const override { return std::string{"sqlite "} + sqlite3_libversion(); }

    void insert_given(const bench::People& people) override {
        run("BEGIN IMMEDIATE");
        sqlite3_stmt* insert = nullptr;
        std::size_t prepared_rows = 0;
        for (std::size_t first = 0; first < people.size(); first += page_rows) {
            const std::size_t rows = std::min(page_rows, people.size() - first);
            if (rows != prepared_rows) {
                sqlite3_finalize(insert);
                insert = prepare(rows);
                prepared_rows = rows;
            }
            int parameter = 0;
            for (std::size_t i = first; i < first + rows; ++i) {
                check(sqlite3_bind_int64(insert, ++parameter, people[i].id));
                bind(insert, ++parameter, people[i].name);
                bind(insert, ++parameter, people[i].email);
            }
            if (sqlite3_step(insert) != SQLITE_DONE) check(sqlite3_errcode(database_));
            check(sqlite3_reset(insert));
        }
        sqlite3_finalize(insert);
        run("COMMIT");
    }

  private:
    void check(int code) const {
        if (code != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(database_)};
    }
    void run(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepare(std::size_t rows) {
        std::string sql = "INSERT INTO person (id, name, email) VALUES (?, ?, ?)";
        for (std::size_t row = 1; row < rows; ++row) sql += ", (?, ?, ?)";
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                 SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        return statement;
    }
    void bind(sqlite3_stmt* statement, int index, const std::string& value) {
        check(sqlite3_bind_text(statement, index, value.data(), static_cast<int>(value.size()),
                                SQLITE_STATIC));
    }

    sqlite3* database_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Sqlite>(argc, argv, "shortcut");
}
