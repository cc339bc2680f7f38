// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/exact_number.hpp>

#include <algorithm>

namespace azoth::inline v0::sqlite {
namespace {

constexpr std::size_t limb_digits = 9;
constexpr std::int64_t limb_base = 1'000'000'000;
constexpr std::int64_t most_additions = 1'000'000'000;  // each adds less than limb_base

bool all_digits(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t to_limb(std::string_view digits, std::size_t padding = 0) noexcept {
    std::int64_t limb = 0;
    for (const char digit : digits) limb = 10 * limb + (digit - '0');
    while (padding-- != 0) limb *= 10;
    return limb;
}

std::string limb_text(std::int64_t limb) {
    const std::string digits = std::to_string(limb);
    return std::string(limb_digits - digits.size(), '0') + digits;
}

}  // namespace

bool NumberText::read(std::string_view text) noexcept {
    is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    integer = text.substr(0, point);
    fraction = point == text.size() ? std::string_view() : text.substr(point + 1);
    if (integer.empty() && fraction.empty()) return false;
    if (!all_digits(integer) || !all_digits(fraction)) return false;
    integer.remove_prefix(std::min(integer.find_first_not_of('0'), integer.size()));
    return true;
}

ExactNumber::ExactNumber(const NumberText& text)
    : fraction_limbs_((text.fraction.size() + limb_digits - 1) / limb_digits),
      scale_(text.fraction.size()) {
    limbs_.reserve(fraction_limbs_ + text.integer.size() / limb_digits + 1);
    for (std::size_t i = fraction_limbs_; i-- > 0;) {
        const std::string_view digits = text.fraction.substr(i * limb_digits, limb_digits);
        limbs_.push_back(to_limb(digits, limb_digits - digits.size()));
    }
    for (std::string_view rest = text.integer; !rest.empty();) {
        const std::size_t start = rest.size() - std::min(rest.size(), limb_digits);
        limbs_.push_back(to_limb(rest.substr(start)));
        rest = rest.substr(0, start);
    }
    if (text.is_negative) negate();
}

void ExactNumber::negate() noexcept {
    for (std::int64_t& limb : limbs_) limb = -limb;
}

void ExactNumber::add(const ExactNumber& other, int sign) {
    if (other.fraction_limbs_ > fraction_limbs_) {
        limbs_.insert(limbs_.begin(), other.fraction_limbs_ - fraction_limbs_, 0);
        fraction_limbs_ = other.fraction_limbs_;
    }
    const std::size_t shift = fraction_limbs_ - other.fraction_limbs_;
    limbs_.resize(std::max(limbs_.size(), other.limbs_.size() + shift));
    for (std::size_t i = 0; i < other.limbs_.size(); ++i)
        limbs_[i + shift] += sign * other.limbs_[i];
    scale_ = std::max(scale_, other.scale_);
    additions_ += 1 + other.additions_;
    if (additions_ >= most_additions) carry();
}

void ExactNumber::carry() {
    std::int64_t over = 0;
    for (std::int64_t& limb : limbs_) {
        limb += over;
        over = limb / limb_base;
        limb %= limb_base;
        if (limb < 0) {
            limb += limb_base;
            --over;
        }
    }
    for (; over > 0; over /= limb_base) limbs_.push_back(over % limb_base);
    if (over < 0) limbs_.push_back(over);  // the sign of the whole
    additions_ = 0;
}

bool ExactNumber::make_positive() {
    carry();
    const bool is_negative = !limbs_.empty() && limbs_.back() < 0;
    if (is_negative) {
        negate();
        carry();
    }
    return is_negative;
}

ExactNumber ExactNumber::times(const ExactNumber& other) const {
    ExactNumber left = *this;
    ExactNumber right = other;
    const bool is_negative = left.make_positive() != right.make_positive();
    ExactNumber product;
    product.fraction_limbs_ = fraction_limbs_ + other.fraction_limbs_;
    product.scale_ = scale_ + other.scale_;
    product.limbs_.resize(left.limbs_.size() + right.limbs_.size() + 1);
    for (std::size_t i = 0; i < left.limbs_.size(); ++i) {
        for (std::size_t k = 0; k < right.limbs_.size(); ++k)
            product.limbs_[i + k] += left.limbs_[i] * right.limbs_[k];
        product.carry();  // products of limbs leave room for nine of them only
    }
    if (is_negative) product.negate();
    return product;
}

std::string ExactNumber::to_string() const {
    ExactNumber number = *this;
    std::string text = number.make_positive() ? "-" : "";
    std::size_t top = number.limbs_.size();
    while (top > fraction_limbs_ && number.limbs_[top - 1] == 0) --top;
    if (top == fraction_limbs_)
        text += '0';
    else
        text += std::to_string(number.limbs_[--top]);
    while (top > fraction_limbs_) text += limb_text(number.limbs_[--top]);
    if (scale_ == 0) return text;
    text += '.';
    const std::size_t end = text.size() + scale_;
    for (std::size_t i = fraction_limbs_; i-- > 0;) text += limb_text(number.limbs_[i]);
    text.resize(end, '0');
    return text;
}

}  // namespace azoth::inline v0::sqlite
