// SPDX-License-Identifier: MIT
#pragma once

// What the program made of the documentation's C++ blocks (scripts/docs_program.py) runs them with.

#include <initializer_list>

struct DocumentedBlock {
    const char* name;
    void (*run)();
    const char* output;  // what it must print, or null if that does not matter
};

// Runs each block, in a fresh empty directory and with its output captured. Says which ones failed
// and why. The exit status of the program: 0 if none did.
int run_blocks(std::initializer_list<DocumentedBlock> blocks);

// Calls what a whole program in the documentation named main, whichever of its two forms it has; a
// status other than 0 is an exception.
void call_program(int (*program)());
void call_program(int (*program)(int, char**));
