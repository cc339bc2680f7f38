// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

namespace packages {

/// Thrown between two steps of work after Ctrl-C or SIGTERM; whoever holds a transaction rolls
/// back.
class Interrupted : public std::runtime_error {
  public:
    Interrupted() : std::runtime_error("interrupted") {}
};

/// From now on SIGINT and SIGTERM are remembered; a second one ends the program at once.
void watch_for_interrupts();

/// Throws Interrupted if a signal came.
void throw_if_interrupted();

/// From now on a signal ends the program at once, as it does before watch_for_interrupts(): for
/// work that only reads. Throws Interrupted if one came already.
void stop_watching_for_interrupts();

}  // namespace packages
