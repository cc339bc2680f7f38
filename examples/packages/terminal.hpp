// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

namespace packages {

/// The width in columns of the terminal behind a file descriptor; none if there is no terminal that
/// understands more than plain lines.
[[nodiscard]] std::optional<std::size_t> terminal_columns(int fd);

}  // namespace packages
