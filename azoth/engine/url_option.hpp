// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <optional>
#include <string_view>

namespace azoth::inline v0::engine {

/// What "true", "1", "yes" and "on" say, and their opposites; nothing of any other text.
[[nodiscard]] AZOTH_EXPORT std::optional<bool> read_switch(std::string_view text) noexcept;

/// An option in a URL's query, as a dialect reads it. A plain value that borrows its texts. Each of
/// its functions throws an ArgumentError that names database, option and value.
struct AZOTH_EXPORT UrlOption {
    std::string_view database;  ///< for messages: "SQLite"
    std::string_view key;
    std::string_view value;

    /// \param wanted what it takes: "true or false"
    [[noreturn]] void refuse(std::string_view wanted) const;
    /// As read_switch().
    [[nodiscard]] bool to_bool() const;
    /// A whole number that is not negative. \param wanted as for refuse()
    [[nodiscard]] int to_count(std::string_view wanted) const;
};

}  // namespace azoth::inline v0::engine
