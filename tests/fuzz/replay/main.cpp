// SPDX-License-Identifier: MIT
// Runs every fuzz target, or those named, on its seeds and on a fixed number of mutations of them:
//
//   azoth_fuzz_replay SEED_FOLDER MUTATIONS [TARGET...]
//
// The same inputs in every run; a target that fails ends the program, which shows the input as a
// line for the target's file of seeds. Finding new ways into the code is libFuzzer's work: see
// CONTRIBUTING.md.

#include "mutator.hpp"
#include "seeds.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

// The targets' functions, which CMake renames so that they can stand in one program, and their
// names.
#define AZOTH_FUZZ_TARGET(name) \
    extern "C" int azoth_fuzz_##name(const std::uint8_t* data, std::size_t size);
#include "azoth_fuzz_targets.inc"
#undef AZOTH_FUZZ_TARGET

namespace {

using azoth_fuzz::escaped;

struct Target {
    const char* name;
    int (*run)(const std::uint8_t* data, std::size_t size);
};

constexpr Target targets[] = {
#define AZOTH_FUZZ_TARGET(name) {#name, azoth_fuzz_##name},
#include "azoth_fuzz_targets.inc"
#undef AZOTH_FUZZ_TARGET
};

// What is running, for the report of its end.
const char* current_target = "";
std::string_view current_input;

void write_all(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// Nothing but write(2): the program may be in any state.
void report_input() {
    write_all("\nthe target ");
    write_all(current_target);
    write_all(" failed with the input\n");
    for (const char c : current_input) write_all(escaped(static_cast<unsigned char>(c)));
    write_all("\n");
}

extern "C" void report_signal(int signal) {
    report_input();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void report_failures() {
    (void)escaped(0);  // makes its table while memory can still be had
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_set_death_callback(report_input);
    std::signal(SIGABRT, report_signal);
#else
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
        std::signal(signal, report_signal);
#endif
}

void run_once(const Target& target, const std::string& input) {
    current_input = input;
    target.run(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

void replay(const Target& target, const std::filesystem::path& folder, int mutations) {
    current_target = target.name;
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::string> seeds =
        azoth_fuzz::read_seeds(folder / (std::string(target.name) + ".txt"));
    run_once(target, {});
    for (const std::string& seed : seeds) run_once(target, seed);
    const std::size_t seed_count = seeds.size();
    azoth_fuzz::Mutator mutator(std::move(seeds));
    for (int i = 0; i < mutations; ++i) run_once(target, mutator.next());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::printf("%-20s %4zu seeds, %d mutations, %.1f s\n", target.name, seed_count, mutations,
                seconds.count());
}

int run(const std::vector<std::string_view>& arguments) {
    int mutations = 0;
    if (arguments.size() < 2 ||
        std::from_chars(arguments[1].data(), arguments[1].data() + arguments[1].size(), mutations)
                .ec != std::errc{}) {
        std::fprintf(stderr, "usage: azoth_fuzz_replay SEED_FOLDER MUTATIONS [TARGET...]\n");
        return 2;
    }
    const std::vector<std::string_view> names(arguments.begin() + 2, arguments.end());
    for (const std::string_view name : names) {
        if (std::none_of(std::begin(targets), std::end(targets),
                         [name](const Target& target) { return name == target.name; })) {
            std::fprintf(stderr, "no target %.*s\n", static_cast<int>(name.size()), name.data());
            return 2;
        }
    }
    report_failures();
    for (const Target& target : targets)
        if (names.empty() || std::find(names.begin(), names.end(), target.name) != names.end())
            replay(target, arguments[0], mutations);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", current_target, error.what());
        if (!current_input.empty()) report_input();
        return 1;
    }
}
