// SPDX-License-Identifier: MIT
#include "contestant.hpp"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <utility>

#ifdef AZOTH_BENCH_CALLGRIND
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_START_INSTRUMENTATION
#define CALLGRIND_STOP_INSTRUMENTATION
#endif

namespace bench {
namespace {

struct Options {
    std::string database;
    std::string name;
    std::size_t rows = 0;
};

struct Measured {
    double seconds = 0;
    double cpu_seconds = 0;
    std::size_t rows = 0;
    std::string checksum;
};

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view key{argv[i]};
        const std::string value{argv[i + 1]};
        if (key == "--database") {
            options.database = value;
        } else if (key == "--case") {
            options.name = value;
        } else if (key == "--rows") {
            options.rows = std::stoul(value);
        } else {
            throw std::invalid_argument{"unknown option " + std::string{key}};
        }
    }
    if (options.database.empty() || options.name.empty() || options.rows == 0)
        throw std::invalid_argument{"usage: --database URL --case NAME --rows N"};
    return options;
}

/// User and system time of this process so far.
double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void describe(const People& people, Measured& measured) {
    measured.rows = people.size();
    measured.checksum = checksum(people);
}

void describe(const Digest& digest, Measured& measured) {
    measured.rows = digest.rows();
    measured.checksum = digest.text();
}

void describe(std::size_t rows, Measured& measured) {
    measured.rows = rows;
}

template <class Work>
Measured measure(const Work& work) {
    Measured measured;
    const double cpu_before = cpu_seconds();
    const auto before = std::chrono::steady_clock::now();
    CALLGRIND_START_INSTRUMENTATION;
    const auto made = work();
    CALLGRIND_STOP_INSTRUMENTATION;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - before;
    measured.seconds = elapsed.count();
    measured.cpu_seconds = cpu_seconds() - cpu_before;
    describe(made, measured);
    return measured;
}

/// The cases that write rows.
Measured write_case(Contestant& contestant, const Options& options) {
    const bool given = options.name == "insert_given";
    People people = given ? make_people(options.rows) : make_people_without_ids(options.rows);
    return measure([&] {
        if (given)
            contestant.insert_given(people);
        else if (options.name == "insert_commit")
            contestant.insert_commit(people);
        else
            contestant.insert_generated(people);
        return std::move(people);
    });
}

Measured run_case(Contestant& contestant, const Options& options) {
    const std::string_view name = options.name;
    if (name.starts_with("insert_")) return write_case(contestant, options);
    if (name == "load_rows") return measure([&] { return contestant.load_rows(); });
    if (name == "load_tracked") return measure([&] { return contestant.load_tracked(); });
    if (name == "load_const") return measure([&] { return contestant.load_const(); });
    if (name == "update") return measure([&] { return contestant.update(); });
    const auto keys = make_keys(options.rows);
    if (name == "select_by_key") return measure([&] { return contestant.select_by_key(keys); });
    if (name == "get") return measure([&] { return contestant.get(keys); });
    throw std::invalid_argument{"unknown case " + options.name};
}

[[noreturn]] void refuse() {
    throw std::logic_error{"this contestant does not take part in this case"};
}

}  // namespace

void Contestant::insert_generated(People&) {
    refuse();
}
void Contestant::insert_given(const People&) {
    refuse();
}
People Contestant::load_rows() {
    refuse();
}
People Contestant::select_by_key(const std::vector<std::int64_t>&) {
    refuse();
}
void Contestant::insert_commit(People&) {
    refuse();
}
Digest Contestant::load_tracked() {
    refuse();
}
Digest Contestant::load_const() {
    refuse();
}
Digest Contestant::get(const std::vector<std::int64_t>&) {
    refuse();
}
std::size_t Contestant::update() {
    refuse();
}

int run(int argc, char** argv, std::string_view contestant, const MakeContestant& make) {
    try {
        const Options options = parse(argc, argv);
        const auto made = make(options.database);
        const Measured measured = run_case(*made, options);
        if (measured.rows != options.rows)
            throw std::runtime_error{"got " + std::to_string(measured.rows) + " rows where " +
                                     std::to_string(options.rows) + " were expected"};
        const std::string database = options.database.substr(0, options.database.find(':'));
        std::printf(R"({"case": "%s", "database": "%s", "contestant": "%.*s", "version": "%s", )"
                    R"("rows": %zu, "seconds": %.9f, "client_cpu_seconds": %.6f, "checksum": "%s"})"
                    "\n",
                    options.name.c_str(), database.c_str(), static_cast<int>(contestant.size()),
                    contestant.data(), made->version().c_str(), options.rows, measured.seconds,
                    measured.cpu_seconds, measured.checksum.c_str());
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
        return 1;
    }
}

std::string sqlite_file(const std::string& url) {
    constexpr std::string_view scheme = "sqlite:///";
    if (!url.starts_with(scheme)) throw std::invalid_argument{"not a sqlite:/// URL: " + url};
    return url.substr(scheme.size());
}

}  // namespace bench
