// SPDX-License-Identifier: MIT
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>

/// What the programs that measure one part alone have in common: a stopwatch and a line of JSON.
namespace bench {

/// Wall time and this process's processor time since it was made.
class Stopwatch {
  public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }
    double cpu_seconds() const { return cpu_now() - cpu_begin_; }

  private:
    static double cpu_now() {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
        };
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }

    double cpu_begin_ = cpu_now();
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// One line of results, as the contestants print it. `more` is further JSON, beginning with ", ".
inline void print_result(const std::string& name, const char* contestant, std::size_t operations,
                         const Stopwatch& stopwatch, const std::string& more = {}) {
    const double seconds = stopwatch.seconds();
    const double cpu_seconds = stopwatch.cpu_seconds();
    std::printf(
        R"({"case": "%s", "database": "none", "contestant": "%s", "version": "", "rows": %zu, )"
        R"("seconds": %.9f, "client_cpu_seconds": %.6f, "checksum": ""%s})"
        "\n",
        name.c_str(), contestant, operations, seconds, cpu_seconds, more.c_str());
}

/// True if the program was started with --quick: a tenth of the operations.
inline bool is_quick(int argc, char** argv) {
    return argc > 1 && std::strcmp(argv[1], "--quick") == 0;
}

}  // namespace bench
