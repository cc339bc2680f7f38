// SPDX-License-Identifier: MIT
#include "interrupt.hpp"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX's sigaction

#include <csignal>

namespace packages {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void remember(int) {
    interrupted = 1;
}

}  // namespace

void watch_for_interrupts() {
    struct sigaction action = {};
    action.sa_handler = &remember;
    // RESETHAND: whoever presses Ctrl-C twice means it; the database's journal cleans up.
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

void throw_if_interrupted() {
    if (interrupted != 0) throw Interrupted();
}

void stop_watching_for_interrupts() {
    for (const int signal : {SIGINT, SIGTERM}) ::signal(signal, SIG_DFL);
    throw_if_interrupted();
}

}  // namespace packages
