// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace packages {

/// True if the two are equal but for the case of ASCII letters, as field names are compared.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// `text` without the blanks (space, tab, newline) at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// One field of a paragraph. Its value keeps the line breaks of the input, as '\n'.
class Field {
  public:
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] const std::string& value() const noexcept { return value_; }
    /// The line on which the field begins.
    [[nodiscard]] std::uint64_t line() const noexcept { return first_line_; }
    /// The line of the input on which the byte `offset` of the value stands.
    [[nodiscard]] std::uint64_t line_at(std::size_t offset) const noexcept;

    void begin(std::string_view name, std::string_view value, std::uint64_t line);
    void continue_with(std::string_view text, std::uint64_t line);

  private:
    struct Continuation {
        std::size_t offset;
        std::uint64_t line;
    };

    std::string name_;
    std::string value_;
    std::uint64_t first_line_ = 0;
    std::vector<Continuation> continuations_;
};

/// A block of fields between blank lines. A plain container, as thread-safe as any other.
class Paragraph {
  public:
    /// The field of this name in any case, or null.
    [[nodiscard]] const Field* find(std::string_view name) const noexcept;
    [[nodiscard]] std::span<const Field> fields() const noexcept { return {fields_.data(), size_}; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    /// The line of the first field; 0 if empty.
    [[nodiscard]] std::uint64_t line() const noexcept;

    void clear() noexcept { size_ = 0; }
    /// Appends a field; the reference is valid until the next call.
    Field& add(std::string_view name, std::string_view value, std::uint64_t line);
    [[nodiscard]] Field& last() noexcept { return fields_[size_ - 1]; }

  private:
    std::vector<Field> fields_;  // kept when cleared: their strings are used again
    std::size_t size_ = 0;
};

}  // namespace packages
