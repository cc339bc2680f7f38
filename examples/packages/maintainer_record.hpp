// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace packages {

/// Who looks after a package.
struct MaintainerRecord {
    std::string name{};
    std::string email{};  ///< as written; empty if there is none
    bool operator==(const MaintainerRecord&) const = default;

    /// What tells one maintainer from another: the address in lower case (names are spelled in many
    /// ways), or without one the name.
    [[nodiscard]] std::string identity() const;
    [[nodiscard]] bool empty() const noexcept { return name.empty() && email.empty(); }
};

/// A maintainer and what was wrong with the field; `problem` is empty for a field in order.
struct ParsedMaintainer {
    MaintainerRecord maintainer{};
    std::string problem{};
};

/// Reads `Name <address>`, `"Name, with comma" <address>` or `address (Name)`.
///
/// Of several people the first counts; what follows is reported.
[[nodiscard]] ParsedMaintainer parse_maintainer(std::string_view value);

}  // namespace packages
