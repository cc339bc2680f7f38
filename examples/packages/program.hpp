// SPDX-License-Identifier: MIT
#pragma once

#include "options.hpp"

#include <iosfwd>

namespace packages {

/// Reads, stores, asks and reports as the options say: answers to `out`, progress, broken lines and
/// errors to `err`. \returns the program's exit code: 0, 1 after an error or a verification that
/// failed, 130 if interrupted.
int run(const Options& options, std::ostream& out, std::ostream& err);

}  // namespace packages
