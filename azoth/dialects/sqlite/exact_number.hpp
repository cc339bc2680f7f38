// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::sqlite {

/// The parts of a decimal number's text, as views of it. A plain value.
struct NumberText {
    bool is_negative = false;
    std::string_view integer{};   ///< without leading zeros; empty for 0
    std::string_view fraction{};  ///< as written, trailing zeros too

    /// Takes the text apart; false where it isn't a sign, digits and a point.
    [[nodiscard]] bool read(std::string_view text) noexcept;
};

/// A decimal number of any size with exact addition and multiplication. A value; one thread at a
/// time.
///
/// Made for sums of many numbers: adding carries nothing over until the text is asked for.
class ExactNumber {
  public:
    ExactNumber() = default;
    explicit ExactNumber(const NumberText& text);

    void add(const ExactNumber& other) { add(other, 1); }
    void subtract(const ExactNumber& other) { add(other, -1); }
    [[nodiscard]] ExactNumber times(const ExactNumber& other) const;
    /// Plain text with as many digits after the point as the longest number had (for a product,
    /// both together).
    [[nodiscard]] std::string to_string() const;

  private:
    using Limbs = std::vector<std::int64_t>;

    void add(const ExactNumber& other, int sign);
    void carry();
    void negate() noexcept;
    /// Carried, and without its sign, which is returned: true for negative.
    bool make_positive();

    // Least significant first; the value is the sum of limbs_[i] · 10^(9 · (i − fraction_limbs_)).
    // A limb may have either sign, and be larger than nine digits, until carry() is called.
    Limbs limbs_;
    std::size_t fraction_limbs_ = 0;
    std::size_t scale_ = 0;
    std::int64_t additions_ = 0;  // since the last carry
};

}  // namespace azoth::inline v0::sqlite
