// SPDX-License-Identifier: MIT
#include "program.hpp"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>

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

double now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(since).count();
}

/// User and system time of this process so far.
double cpu_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void print(const Options& options, std::string_view contestant, const std::string& version,
           const Measured& measured) {
    const std::string database = options.database.substr(0, options.database.find(':'));
    std::printf(R"({"case": "%s", "database": "%s", "contestant": "%.*s", "version": "%s", )"
                R"("rows": %zu, "seconds": %.9f, "client_cpu_seconds": %.6f, "checksum": "%s"})"
                "\n",
                options.name.c_str(), database.c_str(), static_cast<int>(contestant.size()),
                contestant.data(), version.c_str(), options.rows, measured.seconds,
                measured.cpu_seconds, measured.checksum.c_str());
}

}  // namespace

Measurement::Measurement() : begin_{now()}, cpu_begin_{cpu_now()} {
    CALLGRIND_START_INSTRUMENTATION;
}

Measured Measurement::stop() const {
    CALLGRIND_STOP_INSTRUMENTATION;
    Measured measured;
    measured.seconds = now() - begin_;
    measured.cpu_seconds = cpu_now() - cpu_begin_;
    return measured;
}

void refuse() {
    throw std::logic_error{"this contestant does not take part in this case"};
}

int run(int argc, char** argv, std::string_view contestant, const MakeSubject& make) {
    try {
        const Options options = parse(argc, argv);
        const auto made = make(options.database);
        const Measured measured = made->run_case(options.name, options.rows);
        if (measured.rows != options.rows)
            throw std::runtime_error{"got " + std::to_string(measured.rows) + " rows where " +
                                     std::to_string(options.rows) + " were expected"};
        print(options, contestant, made->version(), measured);
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
