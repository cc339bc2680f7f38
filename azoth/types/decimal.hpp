// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace azoth::inline v0 {

namespace detail {
// Integers in the everyday sense: a bool or a character is no number.
template <typename T>
concept DecimalInteger = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                         !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                         !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;
}  // namespace detail

/// An exact decimal number: sign, digits and scale; a value, as thread-safe as a std::string.
///
/// The scale, the number of digits after the point, is kept: "1.50" stays "1.50", yet equals 1.5.
/// Any number of digits that PostgreSQL's `numeric` can hold; up to 19 digits (and every 64-bit
/// integer) need no allocation. There is no negative zero, no NaN and no infinity.
///
/// No arithmetic: it belongs to a library made for it, reached through digits and scale. Use it for
/// what databases store; never for a double, which has its own column types.
/// SQLAlchemy: what `Numeric(asdecimal=True)` hands out, Python's `decimal.Decimal`.
class AZOTH_EXPORT Decimal {
  public:
    /// Most digits before the point, PostgreSQL's limit.
    static constexpr int max_integer_digits = 131072;
    /// Most digits after the point, PostgreSQL's limit.
    static constexpr int max_scale = 16383;

    /// Zero, of scale 0.
    constexpr Decimal() noexcept = default;

    /// An integer, of scale 0. Never allocates.
    template <detail::DecimalInteger T>
    constexpr Decimal(T value) noexcept  // NOLINT(google-explicit-constructor): exact
        : Decimal(value < 0, magnitude_of(value)) {}

    /// Binary floating point is no decimal number. (Compilers show the line, with its comment.)
    template <std::floating_point T>
    Decimal(T) = delete;  // write Decimal::from_double(x), or the number as text: Decimal{"0.1"}

    /// The same as `parse(text)`.
    explicit Decimal(std::string_view text) : Decimal(parse(text)) {}

    constexpr Decimal(const Decimal& other)
        : small_(other.small_),
          digit_count_(other.digit_count_),
          scale_(other.scale_),
          negative_(other.negative_) {
        if (!other.is_small()) adopt_copy_of(other);
    }
    constexpr Decimal(Decimal&& other) noexcept : Decimal() { swap(other); }
    constexpr Decimal& operator=(const Decimal& other) {
        if (this != &other) Decimal(other).swap(*this);
        return *this;
    }
    constexpr Decimal& operator=(Decimal&& other) noexcept {
        Decimal(static_cast<Decimal&&>(other)).swap(*this);
        return *this;
    }
    constexpr ~Decimal() {
        if (!is_small()) release();
    }

    /// Reads "-12.50", ".5", "5.", "1.5e-3": an optional sign, digits with an optional point, an
    /// optional exponent; nothing else, no blanks. The scale is the number of digits after the
    /// point less the exponent, but at least 0. Throws DataError, naming the text, for anything
    /// else, for NaN and infinity, and beyond the limits above.
    [[nodiscard]] static Decimal parse(std::string_view text);

    /// `coefficient` / 10^`scale`: (12345, 2) is 123.45. Throws ArgumentError unless
    /// 0 ≤ scale ≤ max_scale. Never allocates.
    template <detail::DecimalInteger T>
    [[nodiscard]] static Decimal from_coefficient(T coefficient, int scale) {
        return from_parts(coefficient < 0, magnitude_of(coefficient), scale);
    }

    /// ±`magnitude` / 10^`scale`, as above; the sign of zero is dropped.
    [[nodiscard]] static Decimal from_parts(bool negative, std::uint64_t magnitude, int scale);

    /// ±the digits / 10^`scale`. `digits` are '0' to '9' only, leading zeros allowed, empty is
    /// zero. Throws ArgumentError for other characters or scales, DataError beyond
    /// max_integer_digits.
    [[nodiscard]] static Decimal from_digits(bool negative, std::string_view digits, int scale);

    /// The shortest decimal that reads back as the same double: 0.1 is "0.1". Throws DataError for
    /// NaN and infinity.
    [[nodiscard]] static Decimal from_double(double value);

    /// The shortest decimal that reads back as the same float. Throws as from_double.
    [[nodiscard]] static Decimal from_float(float value);

    /// Digits after the point.
    [[nodiscard]] constexpr int scale() const noexcept { return scale_; }
    /// Digits of the coefficient without leading zeros: 4 for 12.50, 1 for 0.05, 1 for zero.
    [[nodiscard]] int precision() const noexcept;
    /// Digits before the point without leading zeros: 2 for 12.50, 0 for 0.05 and zero.
    [[nodiscard]] int integer_digits() const noexcept;
    [[nodiscard]] constexpr bool is_negative() const noexcept { return negative_; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return is_small() && small_ == 0; }

    /// The coefficient's magnitude where it fits 64 bits: the fast way for drivers.
    [[nodiscard]] constexpr std::optional<std::uint64_t> small_coefficient() const noexcept {
        if (!is_small()) return std::nullopt;
        return small_;
    }
    /// The coefficient's digits without leading zeros ("0" for zero), as a view of `scratch` or of
    /// this object.
    [[nodiscard]] std::string_view digits(std::span<char, 20> scratch) const noexcept;

    /// Plain text without exponent: sign, at least one digit, and `scale` digits after a point.
    /// Reading it back gives an equal value of equal scale.
    [[nodiscard]] std::string to_string() const;
    /// The length of to_string().
    [[nodiscard]] std::size_t text_size() const noexcept;
    /// Writes what to_string() gives, without a terminating zero, and returns the end of it.
    char* write_to(char* out) const noexcept;

    /// The nearest double; values too small for one become zero. Throws DataError where the number
    /// is beyond the range of double.
    [[nodiscard]] double to_double() const;
    /// The same integer. Throws DataError where the number has a fraction or doesn't fit.
    [[nodiscard]] std::int64_t to_int64() const;

    /// The same value with `scale` digits after the point. Throws DataError where that would drop a
    /// digit other than zero (nothing is ever rounded), ArgumentError unless 0 ≤ scale ≤ max_scale.
    [[nodiscard]] Decimal rescale(int scale) const;
    /// The same value with the smallest scale: 1.500 becomes 1.5, 100.00 becomes 100.
    [[nodiscard]] Decimal normalized() const;

    constexpr void swap(Decimal& other) noexcept {
        // digits_ and small_ share their storage; constant evaluation sees small_ alone
        if (is_small() && other.is_small()) {
            swap_values(small_, other.small_);
        } else {
            swap_storage(other);
        }
        swap_values(digit_count_, other.digit_count_);
        swap_values(scale_, other.scale_);
        swap_values(negative_, other.negative_);
    }

    /// By value: 1.5 equals 1.50.
    friend bool operator==(const Decimal& a, const Decimal& b) noexcept {
        return a.compare(b) == std::strong_ordering::equal;
    }
    /// By value; weak, because equal numbers may differ in scale.
    friend std::weak_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept {
        return a.compare(b);
    }

  private:
    friend struct std::hash<Decimal>;

    constexpr Decimal(bool negative, std::uint64_t magnitude, std::uint16_t scale = 0) noexcept
        : small_(magnitude), scale_(scale), negative_(negative && magnitude != 0) {}

    template <typename T>
    static constexpr std::uint64_t magnitude_of(T value) noexcept {
        // The sign is to be extended. NOLINTNEXTLINE(bugprone-signed-char-misuse)
        const auto bits = static_cast<std::uint64_t>(value);
        return value < 0 ? std::uint64_t{0} - bits : bits;
    }
    template <typename T>
    static constexpr void swap_values(T& a, T& b) noexcept {
        const T old = a;
        a = b;
        b = old;
    }

    [[nodiscard]] constexpr bool is_small() const noexcept { return digit_count_ == 0; }
    void adopt_copy_of(const Decimal& other);
    void swap_storage(Decimal& other) noexcept;
    void release() noexcept;
    [[nodiscard]] std::strong_ordering compare(const Decimal& other) const noexcept;
    [[nodiscard]] std::size_t hash() const noexcept;

    // The coefficient: a number where it fits 64 bits, else its digits, so that each value of a
    // scale has one form.
    union {
        std::uint64_t small_ = 0;
        char* digits_;  // digit_count_ characters '0' to '9', the first not '0'; owned
    };
    std::uint32_t digit_count_ = 0;  // 0: the coefficient is small_
    std::uint16_t scale_ = 0;
    bool negative_ = false;
};

/// The same as `value.to_string()`.
[[nodiscard]] inline std::string to_string(const Decimal& value) {
    return value.to_string();
}

}  // namespace azoth::inline v0

template <>
struct std::hash<azoth::Decimal> {
    [[nodiscard]] std::size_t operator()(const azoth::Decimal& value) const noexcept {
        return value.hash();
    }
};
