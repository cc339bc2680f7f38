// SPDX-License-Identifier: MIT
#include "interrupt.hpp"
#include "options.hpp"
#include "program.hpp"

#include <iostream>

int main(int argc, char** argv) {
    const packages::ParsedCommandLine parsed =
        packages::parse_command_line(argc, argv, std::cout, std::cerr);
    if (!parsed.run) return parsed.exit_code;
    packages::watch_for_interrupts();
    const int code = packages::run(parsed.options, std::cout, std::cerr);
    if (std::cout.flush()) return code;
    std::cerr << "packages: cannot write the answers\n";
    return 1;
}
