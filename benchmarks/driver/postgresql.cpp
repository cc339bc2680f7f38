// SPDX-License-Identifier: MIT

// The yardstick on PostgreSQL, frozen: the five cases as one would write them by hand against libpq
// to be as fast as they honestly can; everything prepared and binary. Measured to be fastest: bulk
// inserts by unnest() of an array a column, 1,000 rows a page (5 to 8 % below VALUES lists, a third
// of pipelined single rows; a second page on its way gains nothing); the table in single-row mode,
// so that client and server work at once; BEGIN along with the INSERT, its id seen before COMMIT.

#include "../common/contestant.hpp"

#include <endian.h>
#include <libpq-fe.h>

#include <cstring>
#include <span>
#include <stdexcept>

namespace {
using bench::People, bench::Person;
constexpr std::size_t page_rows = 1000;

class Postgresql final : public bench::Contestant {
  public:
    explicit Postgresql(const std::string& url) : connection_{PQconnectdb(url.c_str())} {
        expect(PQstatus(connection_) == CONNECTION_OK);
        prepare("BEGIN", "begin"), prepare("COMMIT", "commit");
    }
    ~Postgresql() override { PQfinish(connection_); }
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

  private:
    using Result = std::unique_ptr<PGresult, decltype([](PGresult* result) { PQclear(result); })>;
    void expect(bool condition) const {
        if (!condition) throw std::runtime_error{PQerrorMessage(connection_)};
    }
    Result checked(PGresult* result) const {
        expect(result == nullptr || PQresultStatus(result) != PGRES_FATAL_ERROR);
        return Result{result};
    }
    Result next() const { return checked(PQgetResult(connection_)); }
    void prepare(const char* sql, const char* name = "") {
        checked(PQprepare(connection_, name, sql, 0, nullptr));
    }
    void send(const char* name, std::initializer_list<std::string_view> values = {}) {
        const char* data[3];
        int size[3], binary[3] = {1, 1, 1}, count = 0;
        for (const auto value : values)
            data[count] = value.data(), size[count++] = static_cast<int>(value.size());
        expect(PQsendQueryPrepared(connection_, name, count, data, size, binary, 1) == 1);
    }
    Result execute(const char* name, std::initializer_list<std::string_view> values = {}) {
        send(name, values);
        Result result = next();
        while (next()) continue;
        return result;
    }
    static std::int64_t id(const Result& result, int row) {
        std::uint64_t number = 0;
        std::memcpy(&number, PQgetvalue(result.get(), row, 0), sizeof number);
        return static_cast<std::int64_t>(be64toh(number));
    }
    static std::string text(const Result& row, int column) {
        const auto size = static_cast<std::size_t>(PQgetlength(row.get(), 0, column));
        return {PQgetvalue(row.get(), 0, column), size};
    }
    static Person person(const Result& row) { return {id(row, 0), text(row, 1), text(row, 2)}; }

    static std::string_view bytes(std::string_view text) { return text; }
    template <std::integral Number>
    static std::string bytes(Number number) {
        const auto big = htobe64(static_cast<std::uint64_t>(number) << (64 - 8 * sizeof number));
        return {reinterpret_cast<const char*>(&big), sizeof number};
    }
    /// A field of the page that begins at `first`, as an array in PostgreSQL's binary form.
    template <class Type>
    static std::string array(const People& people, std::size_t first, Type Person::* field) {
        const std::span page{&people[first], std::min(page_rows, people.size() - first)};
        const std::size_t type = std::is_integral_v<Type> ? 20 : 25;  // bigint, text
        std::string array;
        for (const auto word : {1UL, 0UL, type, page.size(), 1UL})
            array += bytes(static_cast<std::uint32_t>(word));
        for (const Person& person : page) {
            const auto& value = bytes(person.*field);
            array.append(bytes(static_cast<std::uint32_t>(value.size()))).append(value);
        }
        return array;
    }
    PGconn* connection_;
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Postgresql>(argc, argv, "driver");
}
