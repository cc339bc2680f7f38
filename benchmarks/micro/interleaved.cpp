// SPDX-License-Identifier: MIT

// Whether a session gets slower the more it has done (design rule R13): get an object, change it,
// run a SELECT that has nothing to do with it but makes the session flush; ten thousand times in
// one transaction. The last thousand rounds are to take no more than 1.3 times the first thousand.

#include "../common/micro.hpp"
#include "../common/people.hpp"
#include <azoth/orm.hpp>
#include <azoth/sqlite.hpp>

#include <exception>
#include <stdexcept>

using bench::Person;

namespace {

struct Setting {
    std::int64_t id{};
    std::string value{};
};

constexpr std::size_t part = 1000;

}  // namespace

template <>
struct azoth::Mapped<Person> {
    static void map(azoth::Mapping<Person>& m) {
        m.table("person");
        m.column<&Person::id>(primary_key);
        m.column<&Person::name>();
        m.column<&Person::email>();
    }
};

template <>
struct azoth::Mapped<Setting> {
    static void map(azoth::Mapping<Setting>& m) {
        m.table("setting");
        m.column<&Setting::id>(primary_key);
        m.column<&Setting::value>();
    }
};

namespace {

using azoth::col;
using azoth::select;

void run_part(azoth::Session& session, std::size_t first) {
    for (std::size_t i = 0; i < part; ++i) {
        const auto person = session.get<Person>(static_cast<std::int64_t>(first + i + 1));
        person->email.erase(0, 1);
        if (session.scalars(select(col<&Setting::value>)).one() != "on")
            throw std::runtime_error{"another setting than was stored"};
    }
}

void run(std::size_t rounds) {
    const auto model = azoth::model<Person, Setting>("interleaved");
    const auto engine = azoth::create_engine("sqlite://");
    model.create_all(engine);
    azoth::Session session{engine, model};
    session.add_all(bench::make_people(rounds));
    session.add(Setting{.value = "on"});
    session.commit();
    for (std::size_t done = 0; done < rounds; done += part) {
        const bench::Stopwatch stopwatch;
        run_part(session, done);
        if (done == 0) bench::print_result("interleaved", "first", part, stopwatch);
        if (done + part == rounds)
            bench::print_result("interleaved", "last", part, stopwatch,
                                R"(, "target": 1.3, "compared_with": "first")");
    }
    session.commit();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        run(bench::is_quick(argc, argv) ? 2 * part : 10 * part);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
        return 1;
    }
}
