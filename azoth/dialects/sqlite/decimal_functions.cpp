// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/sqlite/exact_number.hpp>
#include <azoth/dialects/sqlite/functions.hpp>
#include <azoth/types/decimal.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <compare>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

namespace azoth::inline v0::sqlite {
namespace {

/// A number as SQLite handed it over, made plain where it has an exponent.
class PlainNumber {
  public:
    [[nodiscard]] bool read(std::string_view text) {
        if (number_.read(text)) return true;
        try {
            expanded_ = Decimal::parse(text).to_string();
        } catch (const DataError&) {
            return false;
        }
        return number_.read(expanded_);
    }
    [[nodiscard]] const NumberText& number() const noexcept { return number_; }

  private:
    NumberText number_;
    std::string expanded_;
};

std::strong_ordering compare_magnitudes(const NumberText& a, const NumberText& b) noexcept {
    if (a.integer.size() != b.integer.size()) return a.integer.size() <=> b.integer.size();
    if (const int order = a.integer.compare(b.integer); order != 0) return order <=> 0;
    const std::size_t common = std::min(a.fraction.size(), b.fraction.size());
    const int order = a.fraction.substr(0, common).compare(b.fraction.substr(0, common));
    if (order != 0) return order <=> 0;
    const auto has_digit_beyond = [common](std::string_view fraction) {
        return fraction.find_first_not_of('0', common) != std::string_view::npos;
    };
    return has_digit_beyond(a.fraction) <=> has_digit_beyond(b.fraction);
}

bool is_zero(const NumberText& number) noexcept {
    return number.integer.empty() &&
           number.fraction.find_first_not_of('0') == std::string_view::npos;
}

int sign_of(const NumberText& number) noexcept {
    return is_zero(number) ? 0 : number.is_negative ? -1 : 1;
}

std::strong_ordering compare(const NumberText& a, const NumberText& b) noexcept {
    const int sign = sign_of(a);
    if (sign != sign_of(b)) return sign <=> sign_of(b);
    return sign < 0 ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

int to_int(std::strong_ordering order) noexcept {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

/// As PlainNumber::read; false too where there is no memory to expand an exponent, which a
/// collation can't report.
bool try_read(PlainNumber& number, std::string_view text) noexcept {
    try {
        return number.read(text);
    } catch (const std::exception&) {
        return false;
    }
}

int collate(void*, int a_size, const void* a_data, int b_size, const void* b_data) noexcept {
    const std::string_view a(static_cast<const char*>(a_data), static_cast<std::size_t>(a_size));
    const std::string_view b(static_cast<const char*>(b_data), static_cast<std::size_t>(b_size));
    PlainNumber a_number;
    PlainNumber b_number;
    const bool a_is_number = try_read(a_number, a);
    const bool b_is_number = try_read(b_number, b);
    if (a_is_number && b_is_number) return to_int(compare(a_number.number(), b_number.number()));
    if (a_is_number != b_is_number) return a_is_number ? -1 : 1;
    return a.compare(b);
}

class NotANumber : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

ExactNumber number_of(sqlite3_value* value) {
    std::string text;
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER: text = std::to_string(sqlite3_value_int64(value)); break;
        case SQLITE_FLOAT:
            text = Decimal::from_double(sqlite3_value_double(value)).to_string();
            break;
        default: {
            const auto* const bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
            if (bytes == nullptr) throw std::bad_alloc();
            text.assign(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value)));
        }
    }
    PlainNumber number;
    if (!number.read(text)) throw NotANumber(detail::excerpt(text, 40) + " is not a number");
    return ExactNumber(number.number());
}

bool is_null(sqlite3_value* value) noexcept {
    return sqlite3_value_type(value) == SQLITE_NULL;
}

void give(sqlite3_context* context, const ExactNumber& number) {
    const std::string text = number.to_string();
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Runs `work` and hands its exceptions to SQLite.
template <typename Work>
void guarded(sqlite3_context* context, Work&& work) noexcept {
    try {
        work();
    } catch (const std::bad_alloc&) {
        sqlite3_result_error_nomem(context);
    } catch (const std::exception& problem) {
        const std::string_view text = problem.what();
        try {
            const std::string message = "decimal: " + std::string(text);
            sqlite3_result_error(context, message.data(), static_cast<int>(message.size()));
        } catch (const std::bad_alloc&) {
            sqlite3_result_error_nomem(context);
        }
    }
}

template <typename Combine>
void combine(sqlite3_context* context, sqlite3_value** arguments, Combine&& operation) noexcept {
    if (is_null(arguments[0]) || is_null(arguments[1])) return;
    guarded(context, [&] {
        ExactNumber left = number_of(arguments[0]);
        give(context, operation(left, number_of(arguments[1])));
    });
}

void decimal_add(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
    combine(context, arguments, [](ExactNumber& left, const ExactNumber& right) {
        left.add(right);
        return left;
    });
}

void decimal_sub(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
    combine(context, arguments, [](ExactNumber& left, const ExactNumber& right) {
        left.subtract(right);
        return left;
    });
}

void decimal_mul(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
    combine(context, arguments,
            [](const ExactNumber& left, const ExactNumber& right) { return left.times(right); });
}

struct Sum {
    ExactNumber total;
    std::int64_t numbers = 0;  // SUM of none is NULL
};

/// The sum that belongs to this group, made where `make` says so; else possibly null.
Sum* sum_of(sqlite3_context* context, bool make) {
    auto* const place = static_cast<Sum**>(
        sqlite3_aggregate_context(context, make ? static_cast<int>(sizeof(Sum*)) : 0));
    if (place == nullptr) {
        if (make) throw std::bad_alloc();
        return nullptr;
    }
    if (*place == nullptr && make) *place = new Sum;
    return *place;
}

void sum_step(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
    if (is_null(arguments[0])) return;
    guarded(context, [&] {
        Sum* const sum = sum_of(context, true);
        sum->total.add(number_of(arguments[0]));
        ++sum->numbers;
    });
}

void sum_inverse(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
    if (is_null(arguments[0])) return;
    guarded(context, [&] {
        Sum* const sum = sum_of(context, true);
        sum->total.subtract(number_of(arguments[0]));
        --sum->numbers;
    });
}

void sum_value(sqlite3_context* context) noexcept {
    guarded(context, [&] {
        const Sum* const sum = sum_of(context, false);
        if (sum != nullptr && sum->numbers != 0) give(context, sum->total);
    });
}

void sum_final(sqlite3_context* context) noexcept {
    sum_value(context);
    guarded(context, [&] { delete sum_of(context, false); });
}

using ScalarFunction = void (*)(sqlite3_context*, int, sqlite3_value**);

int add_function(sqlite3* db, const char* name, ScalarFunction function) noexcept {
    return sqlite3_create_function_v2(db, name, 2,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                      nullptr, function, nullptr, nullptr, nullptr);
}

}  // namespace

int add_decimal_functions(sqlite3* db) noexcept {
    int code = sqlite3_create_collation_v2(db, "decimal", SQLITE_UTF8, nullptr, &collate, nullptr);
    if (code == SQLITE_OK) code = add_function(db, "decimal_add", &decimal_add);
    if (code == SQLITE_OK) code = add_function(db, "decimal_sub", &decimal_sub);
    if (code == SQLITE_OK) code = add_function(db, "decimal_mul", &decimal_mul);
    if (code == SQLITE_OK)
        code = sqlite3_create_window_function(
            db, "decimal_sum", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
            &sum_step, &sum_final, &sum_value, &sum_inverse, nullptr);
    return code;
}

}  // namespace azoth::inline v0::sqlite
