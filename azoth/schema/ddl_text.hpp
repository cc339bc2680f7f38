// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::schema {

/// DDL of the program's, taken apart into text and `%(name)s` places. Immutable, safe from any
/// thread.
class AZOTH_EXPORT DDLText {
  public:
    /// Writes what a place stands for, as SQL that ends no quote but its own.
    using Writer = std::function<std::string(const std::string& name)>;

    /// What begins a comment to the end of the line, beside `--`.
    enum class Comments : bool { dashes, hashes };

    /// Throws ArgumentError for a `%` that is neither `%(name)s` nor `%%`, and for a NUL character.
    explicit DDLText(std::string_view statement, Comments comments = Comments::dashes);

    [[nodiscard]] const std::string& statement() const noexcept { return statement_; }
    /// The SQL. Throws CompileError where a place within quotes or a comment would get what could
    /// end those: a name is data, and must not become SQL (R27).
    [[nodiscard]] std::string fill(const Writer& write) const;

  private:
    /// What a place stands within, as a character that ends it.
    enum class Within : char {
        nothing = 0,
        text = '\'',
        name = '"',
        backtick = '`',
        dollars = '$',  // PostgreSQL's $tag$ … $tag$
        comment = '\n',
    };
    struct Place {
        std::string before;  // the text between the place before and this one
        std::string name;
        Within within;
    };
    class Parser;

    void require_harmless(const std::string& written, const Place& place) const;
    void require_word(const std::string& written, const Place& place) const;

    std::string statement_;
    std::vector<Place> places_;
    std::string rest_;
    bool is_unclear_ = false;  // what a place stands within is not the same for all databases
};

}  // namespace azoth::inline v0::schema
