// SPDX-License-Identifier: MIT

// The yardstick on PostgreSQL, frozen: the cases as one would write them by hand against libpq
// to be as fast as they honestly can; everything prepared and binary. Measured to be fastest: bulk
// inserts by unnest() of an array a column, 1,000 rows a page (5 to 8 % below VALUES lists, a third
// of pipelined single rows; a second page on its way gains nothing); updates in pipelines of 1,000;
// the table in single-row mode, so that client and server work at once; BEGIN along with the
// INSERT, its id seen before COMMIT.

#include "../common/contestant.hpp"
#include "libpq_connection.hpp"

#include <span>

namespace {
using bench::Digest, bench::People, bench::Person;
using driver::page_rows;

class Postgresql final : public bench::Contestant, driver::Connection {
  public:
    explicit Postgresql(const std::string& url) : Connection{url} {
        prepare("BEGIN", "begin"), prepare("COMMIT", "commit");
    }
    std::string version() const override { return "libpq " + std::to_string(PQlibVersion()); }

    void insert_generated(People& people) override {
        prepare(
            "INSERT INTO person (name, email) SELECT a, b FROM unnest($1::text[], $2::text[]) "
            "WITH ORDINALITY AS page (a, b, n) ORDER BY n RETURNING id");
        execute("begin");
        for (std::size_t first = 0; first < people.size(); first += page_rows) {
            const Result ids = execute(
                "", {array(people, first, &Person::name), array(people, first, &Person::email)});
            for (int row = 0; row < PQntuples(ids.get()); ++row)
                people[first + static_cast<std::size_t>(row)].id = id(ids, row);
        }
        execute("commit");
    }

    void insert_given(const People& people) override {
        prepare("INSERT INTO person SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])");
        execute("begin");
        for (std::size_t first = 0; first < people.size(); first += page_rows)
            execute("", {array(people, first, &Person::id), array(people, first, &Person::name),
                         array(people, first, &Person::email)});
        execute("commit");
    }

    People load_rows() override {
        People people;
        prepare("SELECT id, name, email FROM person");
        send(""), expect(PQsetSingleRowMode(connection_) == 1);
        while (const Result row = next())
            if (PQntuples(row.get()) == 1) people.push_back(person(row));
        return people;
    }

    People select_by_key(const std::vector<std::int64_t>& keys) override {
        People people;
        prepare("SELECT id, name, email FROM person WHERE id = $1::bigint");
        execute("begin");
        for (const auto key : keys)
            if (const Result row = execute("", {bytes(key)}); PQntuples(row.get()) == 1)
                people.push_back(person(row));
        execute("commit");
        return people;
    }

    void insert_commit(People& people) override {
        prepare("INSERT INTO person (name, email) VALUES ($1::varchar, $2::varchar) RETURNING id");
        expect(PQenterPipelineMode(connection_) == 1);
        for (auto& person : people) {
            send("begin"), send("", {person.name, person.email});
            expect(PQpipelineSync(connection_) == 1);
            next(), next(), person.id = id(next(), 0), next(), next();
            send("commit"), expect(PQpipelineSync(connection_) == 1);
            next(), next(), next();
        }
    }

    Digest load_tracked() override { return digest(load_rows()); }

    Digest load_const() override {
        Digest digest;
        prepare("SELECT id, name, email FROM person");
        send(""), expect(PQsetSingleRowMode(connection_) == 1);
        while (const Result row = next())
            if (PQntuples(row.get()) == 1) digest.add(person(row));
        return digest;
    }

    Digest get(const std::vector<std::int64_t>& keys) override {
        return digest(select_by_key(keys));
    }

    std::size_t update() override {
        execute("begin");
        People people = load_rows();
        prepare("UPDATE person SET email = $1::varchar WHERE id = $2::bigint");
        expect(PQenterPipelineMode(connection_) == 1);
        for (std::size_t first = 0; first < people.size(); first += page_rows) {
            const std::span page{&people[first], std::min(page_rows, people.size() - first)};
            for (Person& person : page) {
                person.email.erase(0, 1);
                send("", {person.email, bytes(person.id)});
            }
            expect(PQpipelineSync(connection_) == 1);
            for (std::size_t i = 0; i < page.size(); ++i) next(), next();
            next();
        }
        expect(PQexitPipelineMode(connection_) == 1);
        execute("commit");
        return people.size();
    }
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Postgresql>(argc, argv, "driver");
}
