// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace packages {

/// What the command line asks for.
struct Options {
    std::string database = "sqlite:///packages.db";
    bool echo = false;
    bool json = false;
    bool quiet = false;
    bool verify = false;
    bool ask_only = false;
    std::int64_t limit = 10;
    std::size_t batch = 1000;
    std::size_t problems = 40;
    std::string closure_of = "apt";
    std::vector<std::filesystem::path> sources{};
};

/// What a program does after its command line was read.
struct ParsedCommandLine {
    Options options{};
    bool run = true;    ///< false if help was asked for or the line was wrong; both have been told
    int exit_code = 0;  ///< of the program, where it does not run
};

/// Reads the command line; help goes to `out`, complaints to `err`.
[[nodiscard]] ParsedCommandLine parse_command_line(int argc, const char* const* argv,
                                                   std::ostream& out, std::ostream& err);

}  // namespace packages
