// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <string_view>

namespace azoth::inline v0::engine {

/// An option in a URL's query, as a dialect reads it. A plain value that borrows its texts. Each of
/// its functions throws an ArgumentError that names database, option and value.
struct AZOTH_EXPORT UrlOption {
    std::string_view database;  ///< for messages: "SQLite"
    std::string_view key;
    std::string_view value;

    /// \param wanted what it takes: "true or false"
    [[noreturn]] void refuse(std::string_view wanted) const;
    /// Of "true", "1", "yes", "on", and their opposites.
    [[nodiscard]] bool to_bool() const;
    /// A whole number that is not negative. \param wanted as for refuse()
    [[nodiscard]] int to_count(std::string_view wanted) const;
};

}  // namespace azoth::inline v0::engine
