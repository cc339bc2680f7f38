// SPDX-License-Identifier: MIT
#include <azoth/orm/evaluator.hpp>
#include <azoth/types/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

/// What databases make of single values, as far as all of them agree.
namespace azoth::inline v0::orm {

using sql::Op;

// --- comparisons ---------------------------------------------------------------------------------

namespace {

/// Nothing where databases may differ; unordered for values that are certainly not equal, but
/// ordered by a collation.
using Order = std::optional<std::partial_ordering>;

constexpr std::int64_t exact_in_double = std::int64_t{1} << std::numeric_limits<double>::digits;

std::optional<double> as_double(const ValueView& value) {
    if (value.kind == Kind::float64 && !std::isnan(value.real)) return value.real;
    if (value.kind == Kind::int64 && value.integer <= exact_in_double &&
        value.integer >= -exact_in_double)
        return static_cast<double>(value.integer);
    return std::nullopt;
}

std::optional<Decimal> as_decimal(const ValueView& value) {
    switch (value.kind) {
        case Kind::decimal: return *value.decimal;
        case Kind::int64: return Decimal(value.integer);
        case Kind::uint64: return Decimal(value.natural);
        default: return std::nullopt;
    }
}

Order order_of_numbers(const ValueView& a, const ValueView& b) {
    if (a.kind == Kind::int64 && b.kind == Kind::int64) return a.integer <=> b.integer;
    if (a.kind == Kind::float64 || b.kind == Kind::float64) {
        const auto x = as_double(a);
        const auto y = as_double(b);
        return x && y ? Order(*x <=> *y) : std::nullopt;
    }
    const auto x = as_decimal(a);
    const auto y = as_decimal(b);
    return x && y ? Order(*x <=> *y) : std::nullopt;
}

bool is_number(Kind kind) {
    return kind == Kind::int64 || kind == Kind::uint64 || kind == Kind::float64 ||
           kind == Kind::decimal;
}

std::partial_ordering order_of_bytes(std::string_view a, std::string_view b) {
    return a.compare(b) <=> 0;
}

Order order_of(const ValueView& a, const ValueView& b) {
    if (is_number(a.kind) && is_number(b.kind)) return order_of_numbers(a, b);
    if (a.kind != b.kind) return std::nullopt;
    switch (a.kind) {
        case Kind::boolean: return a.boolean <=> b.boolean;
        case Kind::date:
        case Kind::time:
        case Kind::datetime:
        case Kind::timestamp: return a.integer <=> b.integer;
        case Kind::uuid: return std::memcmp(a.uuid, b.uuid, sizeof a.uuid) <=> 0;
        case Kind::bytes: return order_of_bytes(a.text(), b.text());
        case Kind::text:
            return a.text() == b.text() ? std::partial_ordering::equivalent
                                        : std::partial_ordering::unordered;
        default: return std::nullopt;
    }
}

}  // namespace

Answer compared(Op op, const ValueView& a, const ValueView& b) {
    const Order order = order_of(a, b);
    if (!order) return Answer::unknown();
    if (op == Op::equal) return Answer::of(std::is_eq(*order));
    if (op == Op::not_equal) return Answer::of(!std::is_eq(*order));
    if (*order == std::partial_ordering::unordered) return Answer::unknown();
    switch (op) {
        case Op::less: return Answer::of(std::is_lt(*order));
        case Op::less_equal: return Answer::of(std::is_lteq(*order));
        case Op::greater: return Answer::of(std::is_gt(*order));
        case Op::greater_equal: return Answer::of(std::is_gteq(*order));
        default: return Answer::unknown();
    }
}

// --- arithmetic ----------------------------------------------------------------------------------

namespace {

Answer whole(std::int64_t value) {
    return {ValueView::of_integer(value)};
}

Answer calculated_whole(Op op, std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    bool overflows = false;
    switch (op) {
        case Op::add: overflows = __builtin_add_overflow(a, b, &result); break;
        case Op::subtract: overflows = __builtin_sub_overflow(a, b, &result); break;
        case Op::multiply: overflows = __builtin_mul_overflow(a, b, &result); break;
        case Op::modulo:
            if (b == 0 || b == -1) return Answer::unknown();
            result = a % b;
            break;
        default: return Answer::unknown();
    }
    return overflows ? Answer::unknown() : whole(result);
}

Answer calculated_real(Op op, double a, double b) {
    double result = std::numeric_limits<double>::quiet_NaN();
    switch (op) {
        case Op::add: result = a + b; break;
        case Op::subtract: result = a - b; break;
        case Op::multiply: result = a * b; break;
        default: break;
    }
    return std::isfinite(result) ? Answer{ValueView::of_real(result)} : Answer::unknown();
}

}  // namespace

Answer calculated(Op op, const ValueView& a, const ValueView& b) {
    if (a.kind == Kind::int64 && b.kind == Kind::int64)
        return calculated_whole(op, a.integer, b.integer);
    if (a.kind != Kind::float64 && b.kind != Kind::float64) return Answer::unknown();
    const auto x = as_double(a);
    const auto y = as_double(b);
    return x && y ? calculated_real(op, *x, *y) : Answer::unknown();
}

// --- LIKE ----------------------------------------------------------------------------------------

namespace {

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::size_t character_at(std::string_view text, std::size_t at) {
    std::size_t size = 1;
    while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xc0) == 0x80)
        ++size;
    return size;
}

/// A pattern of LIKE taken apart. Fits by going back to the last % alone, so that it takes the
/// product of both lengths at most.
class Pattern {
  public:
    Pattern(std::string_view pattern, char escape) {
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            const char c = pattern[i];
            if (escape != 0 && c == escape) {
                if (++i == pattern.size()) broken_ = true;
                if (i < pattern.size()) parts_.push_back({Part::What::literal, pattern[i]});
            } else if (c == '%') {
                parts_.push_back({Part::What::any, 0});
            } else if (c == '_') {
                parts_.push_back({Part::What::one, 0});
            } else {
                parts_.push_back({Part::What::literal, c});
            }
        }
    }
    [[nodiscard]] bool is_broken() const noexcept { return broken_; }
    [[nodiscard]] bool fits(std::string_view text, bool ignores_case) const {
        constexpr std::size_t none = static_cast<std::size_t>(-1);
        std::size_t part = 0;
        std::size_t at = 0;
        std::size_t last_any = none;
        std::size_t last_at = 0;
        while (at < text.size()) {
            if (part < parts_.size() && parts_[part].what == Part::What::any) {
                last_any = part++;
                last_at = at;
            } else if (part < parts_.size() && step(parts_[part], text, at, ignores_case)) {
                ++part;
            } else if (last_any != none) {
                last_at += character_at(text, last_at);
                part = last_any + 1;
                at = last_at;
            } else {
                return false;
            }
        }
        return std::all_of(parts_.begin() + static_cast<std::ptrdiff_t>(part), parts_.end(),
                           [](const Part& left) { return left.what == Part::What::any; });
    }

  private:
    struct Part {
        enum class What : std::uint8_t { literal, one, any };
        What what;
        char literal;
    };
    [[nodiscard]] static bool step(const Part& part, std::string_view text, std::size_t& at,
                                   bool ignores_case) {
        if (part.what == Part::What::one) {
            at += character_at(text, at);
            return true;
        }
        const bool same =
            ignores_case ? lowered(text[at]) == lowered(part.literal) : text[at] == part.literal;
        if (same) ++at;
        return same;
    }

    std::vector<Part> parts_;
    bool broken_ = false;
};

}  // namespace

/// Some databases ignore case in LIKE, some take \ for the escape, and letters beyond ASCII are
/// lowered by some only: what differs by that is not known.
Answer like(const ValueView& text, const ValueView& pattern, char escape, bool ignores_case) {
    if (text.kind != Kind::text || pattern.kind != Kind::text) return Answer::unknown();
    if (escape == 0 && pattern.text().find('\\') != std::string_view::npos)
        return Answer::unknown();
    const Pattern parts(pattern.text(), escape);
    if (parts.is_broken()) return Answer::unknown();
    const bool loose = parts.fits(text.text(), true);
    const bool strict = parts.fits(text.text(), false);
    if (!ignores_case) return loose == strict ? Answer::of(strict) : Answer::unknown();
    const bool plain = is_ascii(text.text()) && is_ascii(pattern.text());
    return loose || plain ? Answer::of(loose) : Answer::unknown();
}

}  // namespace azoth::inline v0::orm
