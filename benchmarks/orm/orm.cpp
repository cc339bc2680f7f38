// SPDX-License-Identifier: MIT

// Azoth's ORM as a program would use it: the program's own struct, mapped, and a session.

#include "../common/contestant.hpp"
#include <azoth/mariadb.hpp>
#include <azoth/orm.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

using bench::Digest;
using bench::People;
using bench::Person;

template <>
struct azoth::Mapped<Person> {
    static void map(azoth::Mapping<Person>& m) {
        m.table("person");
        m.column<&Person::id>(primary_key);
        m.column<&Person::name>();
        m.column<&Person::email>();
    }
};

namespace {

using azoth::col;
using azoth::select;

class Orm final : public bench::Contestant {
  public:
    explicit Orm(const std::string& url) : session_{azoth::create_engine(url), model_} {
        static_cast<void>(session_.engine().connect());
    }

    std::string version() const override { return "azoth " AZOTH_BENCH_VERSION; }

    void insert_generated(People& people) override {
        std::vector<azoth::Ptr<const Person>> added;
        added.reserve(people.size());
        for (const auto& person : people) added.push_back(session_.add(person));
        session_.flush();
        auto person = people.begin();
        for (const auto& one : added) (person++)->id = one->id;
        session_.commit();
    }

    void insert_given(const People& people) override {
        session_.add_all(people);
        session_.commit();
    }

    Digest load_tracked() override {
        Digest digest;
        for (const auto& person : session_.scalars(select<Person>()))
            digest.add(person->id, person->name, person->email);
        session_.close();
        return digest;
    }

    Digest load_const() override {
        Digest digest;
        for (const auto& person : session_.stream(select<const Person>())) digest.add(*person);
        session_.close();
        return digest;
    }

    People select_by_key(const std::vector<std::int64_t>& keys) override {
        People people;
        for (const auto key : keys)
            people.push_back(
                *session_.scalars(select<const Person>().where(col<&Person::id> == key)).one());
        session_.commit();
        return people;
    }

    Digest get(const std::vector<std::int64_t>& keys) override {
        Digest digest;
        for (const auto key : keys) digest.add(*session_.get_one<const Person>(key));
        session_.commit();
        return digest;
    }

    std::size_t update() override {
        std::size_t rows = 0;
        for (const auto& person : session_.scalars(select<Person>())) {
            person->email.erase(0, 1);
            ++rows;
        }
        session_.commit();
        return rows;
    }

    void insert_commit(People& people) override {
        for (auto& person : people) {
            const auto added = session_.add(person);
            session_.flush();
            person.id = added.read().id;
            session_.commit();
        }
    }

  private:
    azoth::Model model_{azoth::model<Person>("bench")};
    azoth::Session session_;
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Orm>(argc, argv, "orm");
}
