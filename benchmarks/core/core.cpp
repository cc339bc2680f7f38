// SPDX-License-Identifier: MIT

// Azoth's Core as a program would use it: typed tables, and rows as the program's own structs.
// Every statement is built where it runs, in select_by_key and insert_commit anew for each row.

#include "../common/contestant.hpp"
#include <azoth/core.hpp>
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <ranges>
#include <tuple>
#include <utility>

namespace {

using bench::People;
using bench::Person;

struct Persons : azoth::Table {
    using Table::Table;
    azoth::Column<std::int64_t> id{*this, "id", azoth::primary_key};
    azoth::Column<std::string> name{*this, "name"};
    azoth::Column<std::string> email{*this, "email"};
};

class Core final : public bench::Contestant {
  public:
    explicit Core(const std::string& url) : engine_{azoth::create_engine(url)} {}

    std::string version() const override { return "azoth " AZOTH_BENCH_VERSION; }

    void insert_generated(People& people) override {
        const auto rows = people | std::views::transform([](const Person& person) {
                              return std::tie(person.name, person.email);
                          });
        const auto insert =
            azoth::insert(person_).columns(person_.name, person_.email).returning(person_.id);
        const auto inserted = connection_.execute(insert, rows);
        connection_.commit();
        auto person = people.begin();
        for (const auto& row : inserted) (person++)->id = row.get<0>();
    }

    void insert_given(const People& people) override {
        connection_.execute(azoth::insert(person_).columns(person_.id, person_.name, person_.email),
                            people);
        connection_.commit();
    }

    People load_rows() override {
        return connection_.execute(select(person_.id, person_.name, person_.email))
            .as<Person>()
            .all();
    }

    People select_by_key(const std::vector<std::int64_t>& keys) override {
        People people;
        for (const auto key : keys)
            people.push_back(
                connection_
                    .execute(
                        select(person_.id, person_.name, person_.email).where(person_.id == key))
                    .as<Person>()
                    .one());
        connection_.commit();
        return people;
    }

    void insert_commit(People& people) override {
        for (auto& person : people) {
            person.id = connection_
                            .execute(azoth::insert(person_).values(person_.name = person.name,
                                                                   person_.email = person.email))
                            .inserted_primary_key();
            connection_.commit();
        }
    }

  private:
    azoth::MetaData metadata_;
    Persons person_{"person", metadata_};
    azoth::Engine engine_;
    azoth::Connection connection_{engine_.connect()};
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Core>(argc, argv, "core");
}
