// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace azoth::inline v0::driver {

/// One server to try: a plain value.
struct Endpoint {
    std::string host{};                   ///< name, address, or a path of a Unix socket ("/…")
    std::optional<std::uint16_t> port{};  ///< nothing: the database's usual one
};

}  // namespace azoth::inline v0::driver
