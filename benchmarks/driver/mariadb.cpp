// SPDX-License-Identifier: MIT

// The yardstick on MariaDB, frozen: the cases as one would write them by hand against libmariadb
// to be as fast as they honestly can; what has parameters or rows is prepared and binary. Measured
// to be fastest: many rows bound column by column, 1,000 a page (100 take 8 to 10 % longer, 10,000
// gain nothing, nor do VALUES lists); rows fetched as they come, so that client and server work at
// once; BEGIN and COMMIT as text. `SET autocommit=0` would spare insert_commit a third, which is
// the BEGIN that the case is to have.

#include "../common/contestant.hpp"
#include "libmariadb_connection.hpp"
#include "libmariadb_rows.hpp"

namespace {

using bench::Digest, bench::People, bench::Person;
using driver::bound, driver::Page, driver::page_rows, driver::Row, driver::Statement;

class Mariadb final : public bench::Contestant, driver::Connection {
  public:
    explicit Mariadb(const std::string& url) : Connection{url} {}
    std::string version() const override { return Connection::version(); }

    void insert_generated(People& people) override {
        Statement insert{connection_,
                         "INSERT INTO person (name, email) VALUES (?, ?) RETURNING id"};
        Page page;
        std::int64_t id = 0;
        run("BEGIN");
        for (std::size_t row = 0; row < people.size();) {
            const std::size_t size = page.fill(people, row);
            insert.bind_page(size, {bound(page.names), bound(page.emails)});
            insert.execute();
            insert.bind_result({bound(id)});
            while (insert.fetch()) people[row++].id = id;
        }
        run("COMMIT");
    }

    void insert_given(const People& people) override {
        Statement insert{connection_, "INSERT INTO person (id, name, email) VALUES (?, ?, ?)"};
        Page page;
        run("BEGIN");
        for (std::size_t first = 0; first < people.size(); first += page_rows) {
            const std::size_t size = page.fill(people, first);
            insert.bind_page(size, {bound(page.ids[0]), bound(page.names), bound(page.emails)});
            insert.execute();
        }
        run("COMMIT");
    }

    People load_rows() override {
        People people;
        Statement select{connection_, "SELECT id, name, email FROM person"};
        Row row{select};
        select.execute();
        while (select.fetch()) people.push_back(row.person());
        return people;
    }

    People select_by_key(const std::vector<std::int64_t>& keys) override {
        People people;
        Statement select{connection_, "SELECT id, name, email FROM person WHERE id = ?"};
        std::int64_t sought = 0;
        select.bind({bound(sought)});
        Row row{select};
        run("BEGIN");
        for (const auto key : keys) {
            sought = key;
            select.execute();
            while (select.fetch()) people.push_back(row.person());
        }
        run("COMMIT");
        return people;
    }

    void insert_commit(People& people) override {
        Statement insert{connection_, "INSERT INTO person (name, email) VALUES (?, ?)"};
        for (auto& person : people) {
            run("BEGIN");
            insert.bind({bound(person.name), bound(person.email)});
            insert.execute();
            person.id = insert.insert_id();
            run("COMMIT");
        }
    }

    Digest load_tracked() override { return digest(load_rows()); }

    Digest load_const() override {
        Digest digest;
        Statement select{connection_, "SELECT id, name, email FROM person"};
        Row row{select};
        select.execute();
        while (select.fetch()) digest.add(row.person());
        return digest;
    }

    Digest get(const std::vector<std::int64_t>& keys) override {
        return digest(select_by_key(keys));
    }

    std::size_t update() override {
        run("BEGIN");
        People people = load_rows();
        for (Person& person : people) person.email.erase(0, 1);
        Statement update{connection_, "UPDATE person SET email = ? WHERE id = ?"};
        Page page;
        for (std::size_t first = 0; first < people.size(); first += page_rows) {
            const std::size_t size = page.fill(people, first);
            update.bind_page(size, {bound(page.emails), bound(page.ids[0])});
            update.execute();
        }
        run("COMMIT");
        return people.size();
    }
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Mariadb>(argc, argv, "driver");
}
