// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/types/data_error.hpp>
#include <azoth/types/decimal.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>
#include <system_error>

namespace azoth::inline v0 {
namespace {

using Scratch = std::array<char, 20>;  // every 64-bit number

constexpr double exact_powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                          1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

std::string_view without_leading_zeros(std::string_view digits) noexcept {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

std::string_view without_trailing_zeros(std::string_view digits) noexcept {
    return digits.substr(0, digits.find_last_not_of('0') + 1);
}

/// The number that digits spell, where it fits 64 bits.
std::optional<std::uint64_t> to_small(std::string_view digits) noexcept {
    if (digits.empty()) return 0;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

void check_scale(int scale) {
    if (scale < 0 || scale > Decimal::max_scale) {
        throw ArgumentError("the scale of a Decimal lies from 0 to " +
                            std::to_string(Decimal::max_scale) + "; it can't be " +
                            std::to_string(scale));
    }
}

[[noreturn]] void fail(std::string_view text, std::string_view reason) {
    detail::throw_data_error("cannot read " + detail::excerpt(text) +
                             " as a decimal number: " + std::string(reason));
}

[[noreturn]] void throw_too_many_integer_digits() {
    detail::throw_data_error("a Decimal has at most " +
                             std::to_string(Decimal::max_integer_digits) +
                             " digits before the point");
}

/// A decimal number's text taken apart; the views point into it.
struct Spelled {
    bool negative = false;
    std::string_view integer;   // digits before the point
    std::string_view fraction;  // digits after it
    std::int64_t exponent = 0;
};

/// NaN and infinity get their own explanation: databases do send them.
[[noreturn]] void fail_without_digits(std::string_view text, std::string_view unsigned_text) {
    std::string lower;
    for (const char c : unsigned_text.substr(0, 9))
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower == "nan" || lower == "snan" || lower == "inf" || lower == "infinity") {
        fail(text, "a Decimal is always a finite number; read the column as double or std::string");
    }
    fail(text, "there are no digits");
}

std::string_view take_digits(std::string_view& rest) noexcept {
    std::size_t count = 0;
    while (count < rest.size() && is_digit(rest[count])) ++count;
    const std::string_view digits = rest.substr(0, count);
    rest.remove_prefix(count);
    return digits;
}

/// What follows the 'e'. Larger than any limit is as good as out of range.
std::int64_t take_exponent(std::string_view text, std::string_view& rest) {
    bool negative = false;
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
        negative = rest.front() == '-';
        rest.remove_prefix(1);
    }
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) fail(text, "the exponent has no digits");
    std::int64_t exponent = 0;
    for (const char c : digits)
        exponent = std::min<std::int64_t>(exponent * 10 + (c - '0'), 1'000'000'000);
    return negative ? -exponent : exponent;
}

Spelled take_apart(std::string_view text) {
    Spelled spelled;
    std::string_view rest = text;
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) {
        spelled.negative = rest.front() == '-';
        rest.remove_prefix(1);
    }
    const std::string_view unsigned_text = rest;
    spelled.integer = take_digits(rest);
    if (!rest.empty() && rest.front() == '.') {
        rest.remove_prefix(1);
        spelled.fraction = take_digits(rest);
    }
    if (spelled.integer.empty() && spelled.fraction.empty())
        fail_without_digits(text, unsigned_text);
    if (!rest.empty() && (rest.front() == 'e' || rest.front() == 'E')) {
        rest.remove_prefix(1);
        spelled.exponent = take_exponent(text, rest);
    }
    if (!rest.empty()) fail(text, "after the number there is more text");
    return spelled;
}

/// The coefficient as digits without leading zeros, and where its point stands.
struct Shifted {
    std::string digits;
    std::int64_t scale;
};

/// Applies the exponent, with zeros added where the point moves beyond the digits.
Shifted shift(std::string_view text, const Spelled& spelled) {
    std::string digits;
    digits.reserve(spelled.integer.size() + spelled.fraction.size());
    digits += spelled.integer;
    digits += spelled.fraction;
    digits.erase(0, digits.size() - without_leading_zeros(digits).size());
    const std::int64_t scale =
        static_cast<std::int64_t>(spelled.fraction.size()) - spelled.exponent;
    if (scale > Decimal::max_scale) {
        fail(text,
             "it has more than " + std::to_string(Decimal::max_scale) + " digits after the point");
    }
    if (digits.empty()) return {"", std::max<std::int64_t>(scale, 0)};
    if (static_cast<std::int64_t>(digits.size()) - scale > Decimal::max_integer_digits) {
        fail(text, "it has more than " + std::to_string(Decimal::max_integer_digits) +
                       " digits before the point");
    }
    if (scale < 0) digits.append(static_cast<std::size_t>(-scale), '0');
    return {std::move(digits), std::max<std::int64_t>(scale, 0)};
}

/// Absolute values by digits without trailing zeros, first digit not 0 (or none: zero) and the
/// power of ten of the first one.
struct Normal {
    std::string_view digits;
    std::int64_t magnitude;

    Normal(std::string_view coefficient, int scale) noexcept
        : digits(coefficient == "0" ? std::string_view{} : without_trailing_zeros(coefficient)),
          magnitude(static_cast<std::int64_t>(coefficient.size()) - scale) {}
};

std::strong_ordering compare_magnitudes(const Normal& a, const Normal& b) noexcept {
    if (a.digits.empty() || b.digits.empty()) return !a.digits.empty() <=> !b.digits.empty();
    if (a.magnitude != b.magnitude) return a.magnitude <=> b.magnitude;
    return a.digits.compare(b.digits) <=> 0;
}

std::size_t mix(std::size_t seed, std::size_t value) noexcept {
    return seed ^ (value + 0x9e3779b97f4a7c15U + (seed << 6) + (seed >> 2));
}

template <typename Float>
Decimal from_floating(Float value) {
    if (!std::isfinite(value)) {
        detail::throw_data_error(std::string("a Decimal is always a finite number; it can't be ") +
                                 (std::isnan(value) ? "NaN" : "infinite"));
    }
    std::array<char, 32> text;
    const char* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return Decimal::parse({text.data(), static_cast<std::size_t>(end - text.data())});
}

}  // namespace

// --- the coefficient's storage

void Decimal::adopt_copy_of(const Decimal& other) {
    char* const copy = new char[other.digit_count_];
    std::memcpy(copy, other.digits_, other.digit_count_);
    digits_ = copy;
}

void Decimal::swap_storage(Decimal& other) noexcept {
    std::uint64_t mine = 0;
    std::uint64_t others = 0;
    static_assert(sizeof(char*) <= sizeof mine);
    // as bytes, because either may be a number or a pointer
    std::memcpy(&mine, &small_, sizeof mine);
    std::memcpy(&others, &other.small_, sizeof others);
    std::memcpy(&small_, &others, sizeof mine);
    std::memcpy(&other.small_, &mine, sizeof others);
}

void Decimal::release() noexcept {
    delete[] digits_;
}

// --- making

Decimal Decimal::from_parts(bool negative, std::uint64_t magnitude, int scale) {
    check_scale(scale);
    return Decimal{negative, magnitude, static_cast<std::uint16_t>(scale)};
}

Decimal Decimal::from_digits(bool negative, std::string_view digits, int scale) {
    check_scale(scale);
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) {
        throw ArgumentError("the digits of a Decimal are 0 to 9; there are others in " +
                            detail::excerpt(digits));
    }
    digits = without_leading_zeros(digits);
    if (const auto small = to_small(digits)) return from_parts(negative, *small, scale);
    if (digits.size() > static_cast<std::size_t>(max_integer_digits + scale))
        throw_too_many_integer_digits();
    char* const copy = new char[digits.size()];
    std::memcpy(copy, digits.data(), digits.size());
    Decimal decimal;
    decimal.digits_ = copy;
    decimal.digit_count_ = static_cast<std::uint32_t>(digits.size());
    decimal.scale_ = static_cast<std::uint16_t>(scale);
    decimal.negative_ = negative;
    return decimal;
}

Decimal Decimal::parse(std::string_view text) {
    const Spelled spelled = take_apart(text);
    // The common case, without any copy: up to 19 digits in all, no exponent.
    if (spelled.exponent == 0 && spelled.integer.size() + spelled.fraction.size() <= 19) {
        std::uint64_t magnitude = 0;
        for (const std::string_view part : {spelled.integer, spelled.fraction})
            for (const char c : part) magnitude = magnitude * 10 + static_cast<unsigned>(c - '0');
        return from_parts(spelled.negative, magnitude, static_cast<int>(spelled.fraction.size()));
    }
    const Shifted shifted = shift(text, spelled);
    return from_digits(spelled.negative, shifted.digits, static_cast<int>(shifted.scale));
}

Decimal Decimal::from_double(double value) {
    return from_floating(value);
}
Decimal Decimal::from_float(float value) {
    return from_floating(value);
}

// --- looking

std::string_view Decimal::digits(std::span<char, 20> scratch) const noexcept {
    if (!is_small()) return {digits_, digit_count_};
    const char* const end = std::to_chars(scratch.data(), scratch.data() + 20, small_).ptr;
    return {scratch.data(), static_cast<std::size_t>(end - scratch.data())};
}

int Decimal::precision() const noexcept {
    Scratch scratch;
    return static_cast<int>(digits(scratch).size());
}

int Decimal::integer_digits() const noexcept {
    return is_zero() ? 0 : std::max(precision() - scale_, 0);
}

// --- writing

std::size_t Decimal::text_size() const noexcept {
    const int integer = std::max(integer_digits(), 1);
    const int point = scale_ > 0 ? 1 : 0;
    return static_cast<std::size_t>((negative_ ? 1 : 0) + integer + point + scale_);
}

char* Decimal::write_to(char* out) const noexcept {
    Scratch scratch;
    const std::string_view all = digits(scratch);
    const auto places = static_cast<std::size_t>(scale_);
    if (negative_) *out++ = '-';
    const std::size_t integer = all.size() > places ? all.size() - places : 0;
    if (integer == 0) *out++ = '0';
    out = std::copy_n(all.data(), integer, out);
    if (places == 0) return out;
    *out++ = '.';
    const std::string_view fraction = all.substr(integer);
    out = std::fill_n(out, places - fraction.size(), '0');
    return std::copy(fraction.begin(), fraction.end(), out);
}

std::string Decimal::to_string() const {
    std::string text(text_size(), '\0');
    write_to(text.data());
    return text;
}

// --- converting

double Decimal::to_double() const {
    // Both exact as doubles, so that their quotient is rounded only once.
    constexpr std::uint64_t most_exact = std::uint64_t{1} << std::numeric_limits<double>::digits;
    if (is_small() && small_ <= most_exact && scale_ < std::size(exact_powers_of_ten)) {
        const double value = static_cast<double>(small_) / exact_powers_of_ten[scale_];
        return negative_ ? -value : value;
    }
    const std::string text = to_string();
    double value = 0;
    const std::errc error = std::from_chars(text.data(), text.data() + text.size(), value).ec;
    if (error == std::errc{}) return value;
    if (integer_digits() > 0) {
        detail::throw_data_error("the decimal number " + detail::excerpt(text) +
                                 " is beyond the range of double");
    }
    return negative_ ? -0.0 : 0.0;
}

std::int64_t Decimal::to_int64() const {
    const Decimal whole = rescale(0);
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (whole.is_small() && whole.small_ <= most) {
        const auto magnitude = static_cast<std::int64_t>(whole.small_);
        return whole.negative_ ? -magnitude : magnitude;
    }
    if (whole.is_small() && whole.negative_ && whole.small_ == most + 1)
        return std::numeric_limits<std::int64_t>::min();
    detail::throw_data_error("the decimal number " + detail::excerpt(to_string()) +
                             " doesn't fit a 64-bit integer");
}

Decimal Decimal::rescale(int scale) const {
    check_scale(scale);
    if (scale == scale_) return *this;
    if (is_zero()) return from_parts(false, 0, scale);
    Scratch scratch;
    const std::string_view all = digits(scratch);
    if (scale > scale_) {
        std::string longer(all);
        longer.append(static_cast<std::size_t>(scale - scale_), '0');
        return from_digits(negative_, longer, scale);
    }
    const auto drop = static_cast<std::size_t>(scale_ - scale);
    const std::size_t zeros = all.size() - without_trailing_zeros(all).size();
    if (drop > zeros) {
        detail::throw_data_error("the decimal number " + detail::excerpt(to_string()) +
                                 " needs more than " + std::to_string(scale) +
                                 " digits after the point; round it first");
    }
    return from_digits(negative_, all.substr(0, all.size() - drop), scale);
}

Decimal Decimal::normalized() const {
    if (is_zero()) return Decimal{};
    Scratch scratch;
    const std::string_view all = digits(scratch);
    const auto zeros = static_cast<int>(all.size() - without_trailing_zeros(all).size());
    return rescale(scale_ - std::min<int>(zeros, scale_));
}

// --- comparing

std::strong_ordering Decimal::compare(const Decimal& other) const noexcept {
    if (negative_ != other.negative_) return other.negative_ <=> negative_;
    std::strong_ordering order = std::strong_ordering::equal;
    if (is_small() && other.is_small() && scale_ == other.scale_) {
        order = small_ <=> other.small_;
    } else {
        Scratch mine;
        Scratch others;
        order = compare_magnitudes(Normal{digits(mine), scale_},
                                   Normal{other.digits(others), other.scale_});
    }
    return negative_ ? 0 <=> order : order;
}

std::size_t Decimal::hash() const noexcept {
    Scratch scratch;
    const Normal normal{digits(scratch), scale_};
    if (normal.digits.empty()) return 0;
    const std::size_t seed = mix(static_cast<std::size_t>(normal.magnitude), negative_ ? 1 : 0);
    return mix(seed, std::hash<std::string_view>{}(normal.digits));
}

}  // namespace azoth::inline v0
