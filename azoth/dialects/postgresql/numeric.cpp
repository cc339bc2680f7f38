// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/byte_order_internal.hpp>
#include <azoth/dialects/postgresql/numeric_internal.hpp>

#include <limits>
#include <string>

namespace azoth::inline v0::postgresql {
namespace {

constexpr int digits_per_group = 4;
constexpr std::uint16_t sign_positive = 0x0000;
constexpr std::uint16_t sign_negative = 0x4000;
constexpr std::uint16_t sign_nan = 0xC000;
constexpr std::uint16_t sign_infinity = 0xD000;
constexpr std::uint16_t sign_minus_infinity = 0xF000;

/// What stands before the groups.
struct Header {
    std::uint16_t groups;
    std::int16_t weight;  // the first group counts 10000^weight
    std::uint16_t sign;
    std::uint16_t scale;  // decimal digits after the point
};
constexpr int header_size = 8;

Header read_header(const char* data) noexcept {
    return {load<std::uint16_t>(data), static_cast<std::int16_t>(load<std::uint16_t>(data + 2)),
            load<std::uint16_t>(data + 4), load<std::uint16_t>(data + 6)};
}

void write_header(char* to, const Header& header) noexcept {
    store(to, header.groups);
    store(to + 2, static_cast<std::uint16_t>(header.weight));
    store(to + 4, header.sign);
    store(to + 6, header.scale);
}

/// The digits of a decimal, cut into groups at the point; both ends padded with zeros.
class Groups {
  public:
    Groups(std::string_view digits, int scale) noexcept
        : digits_(digits),
          before_point_(static_cast<int>(digits.size()) - scale),
          integer_groups_(before_point_ > 0 ? (before_point_ + 3) / digits_per_group : 0),
          end_(integer_groups_ + (scale + 3) / digits_per_group) {
        while (begin_ < end_ && (*this)[begin_] == 0) ++begin_;
        while (end_ > begin_ && (*this)[end_ - 1] == 0) --end_;
    }

    [[nodiscard]] int begin() const noexcept { return begin_; }
    [[nodiscard]] int end() const noexcept { return end_; }
    [[nodiscard]] int weight() const noexcept {
        return begin_ == end_ ? 0 : integer_groups_ - 1 - begin_;
    }
    [[nodiscard]] std::uint16_t operator[](int group) const noexcept {
        int position = before_point_ + (group - integer_groups_) * digits_per_group;
        unsigned value = 0;
        for (int i = 0; i < digits_per_group; ++i, ++position) {
            value *= 10;
            if (position >= 0 && position < static_cast<int>(digits_.size()))
                value += static_cast<unsigned>(digits_[static_cast<std::size_t>(position)] - '0');
        }
        return static_cast<std::uint16_t>(value);
    }

  private:
    std::string_view digits_;
    int before_point_;  // digits before the point; negative: zeros that follow it
    int integer_groups_;
    int begin_ = 0;
    int end_;
};

std::uint16_t group_at(const char* groups, int index) noexcept {
    return load<std::uint16_t>(groups + std::ptrdiff_t{2} * index);
}

/// What PostgreSQL never sends, but a damaged stream may hold, must not become a number.
bool is_well_formed(const char* groups, const Header& header) noexcept {
    bool good = header.sign == sign_positive || header.sign == sign_negative;
    for (int i = 0; i < header.groups; ++i) good &= group_at(groups, i) < 10000;
    return good && header.scale <= Decimal::max_scale;
}

constexpr std::uint64_t powers_of_ten[] = {1, 10, 100, 1000};

/// The common case, a coefficient that fits 64 bits. \returns false where it doesn't.
bool decode_small(const char* groups, const Header& header, Decimal& value) {
    if (header.groups > 4) return false;
    std::uint64_t coefficient = 0;
    for (int i = 0; i < header.groups; ++i) coefficient = coefficient * 10000 + group_at(groups, i);

    // The coefficient counts 10^exponent; it shall count 10^-scale.
    const int exponent = digits_per_group * (header.weight - header.groups + 1);
    int shift = exponent + header.scale;
    if (coefficient == 0) shift = 0;
    for (; shift < 0; ++shift) {
        if (coefficient % 10 != 0) return false;  // more digits than the scale says
        coefficient /= 10;
    }
    for (; shift > 0; --shift) {
        if (coefficient > std::numeric_limits<std::uint64_t>::max() / 10) return false;
        coefficient *= 10;
    }
    value = Decimal::from_parts(header.sign == sign_negative, coefficient, header.scale);
    return true;
}

/// \returns false where there are digits beyond those that the scale says.
bool decode_long(const char* groups, const Header& header, Decimal& value) {
    const auto digit = [&](int position) {  // 0 is the first before the point, -1 the one after it
        const int group =
            position >= 0 ? position / digits_per_group : -((-position - 1) / digits_per_group) - 1;
        const int index = header.weight - group;
        if (index < 0 || index >= header.groups) return '0';
        const int within = position - group * digits_per_group;
        return static_cast<char>('0' + group_at(groups, index) / powers_of_ten[within] % 10);
    };
    const int last = digits_per_group * (header.weight - header.groups + 1);
    for (int position = last; position < -header.scale; ++position)
        if (digit(position) != '0') return false;
    std::string digits;
    for (int position = (header.weight + 1) * digits_per_group - 1; position >= -header.scale;
         --position)
        digits += digit(position);
    value = Decimal::from_digits(header.sign == sign_negative, digits, header.scale);
    return true;
}

}  // namespace

void encode_numeric(Buffer& out, const Decimal& value) {
    char scratch[20];
    const Groups groups(value.is_zero() ? std::string_view{} : value.digits(scratch),
                        value.scale());
    const int count = groups.end() - groups.begin();
    char* to = out.extend(static_cast<std::size_t>(header_size + 2 * count));
    write_header(to, {static_cast<std::uint16_t>(count), static_cast<std::int16_t>(groups.weight()),
                      value.is_negative() ? sign_negative : sign_positive,
                      static_cast<std::uint16_t>(value.scale())});
    to += header_size;
    for (int group = groups.begin(); group < groups.end(); ++group, to += 2)
        store(to, groups[group]);
}

const char* decode_numeric(const char* data, int size, Decimal& value) {
    constexpr const char* unknown_form = "a numeric of unknown form arrived";
    if (size < header_size) return unknown_form;
    const Header header = read_header(data);
    if (header.sign == sign_nan) return "NaN is no decimal number";
    if (header.sign == sign_infinity || header.sign == sign_minus_infinity)
        return "infinity is no decimal number";
    const char* const groups = data + header_size;
    if (size != header_size + 2 * header.groups || !is_well_formed(groups, header))
        return unknown_form;
    if (decode_small(groups, header, value) || decode_long(groups, header, value)) return nullptr;
    return unknown_form;
}

}  // namespace azoth::inline v0::postgresql
