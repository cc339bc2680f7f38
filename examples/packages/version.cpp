// SPDX-License-Identifier: MIT
#include "version.hpp"

#include <algorithm>
#include <cstddef>

namespace packages {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

struct Parts {
    std::string_view epoch;
    std::string_view upstream;
    std::string_view revision;
};

Parts split(std::string_view version) {
    Parts parts;
    if (const std::size_t colon = version.find(':'); colon != std::string_view::npos) {
        parts.epoch = version.substr(0, colon);
        version.remove_prefix(colon + 1);
    }
    const std::size_t hyphen = version.rfind('-');
    parts.upstream = version.substr(0, hyphen);
    if (hyphen != std::string_view::npos) parts.revision = version.substr(hyphen + 1);
    return parts;
}

// The rank of the first character of a part that is not a digit: tilde before the end of the part,
// which comes before letters, which come before everything else.
int rank(std::string_view text) {
    if (text.empty() || is_digit(text.front())) return 0;
    const int value = static_cast<unsigned char>(text.front());
    if (text.front() == '~') return -1;
    return is_letter(text.front()) ? value : value + 256;
}

std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

// Numbers of any length, so no conversion: the longer one is greater.
std::weak_ordering compare_digits(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return a.size() <=> b.size();
    return a.compare(b) <=> 0;
}

std::weak_ordering compare_parts(std::string_view a, std::string_view b) {
    while (!a.empty() || !b.empty()) {
        while ((!a.empty() && !is_digit(a.front())) || (!b.empty() && !is_digit(b.front()))) {
            if (const auto order = rank(a) <=> rank(b); order != 0) return order;
            a.remove_prefix(1);
            b.remove_prefix(1);
        }
        if (const auto order = compare_digits(take_digits(a), take_digits(b)); order != 0) {
            return order;
        }
    }
    return std::weak_ordering::equivalent;
}

bool only(std::string_view text, std::string_view punctuation) {
    return std::all_of(text.begin(), text.end(), [punctuation](char c) {
        return is_digit(c) || is_letter(c) || punctuation.find(c) != std::string_view::npos;
    });
}

}  // namespace

bool is_version(std::string_view text) noexcept {
    constexpr std::size_t longest = 200;  // what the column of the database takes
    if (text.size() > longest) return false;
    const bool has_epoch = text.find(':') != std::string_view::npos;
    const bool has_revision = text.find('-') != std::string_view::npos;
    const Parts parts = split(text);
    if (has_epoch &&
        (parts.epoch.empty() || !std::all_of(parts.epoch.begin(), parts.epoch.end(), is_digit))) {
        return false;
    }
    if (has_revision && parts.revision.empty()) return false;
    return !parts.upstream.empty() && only(parts.upstream, ".+-~:") && only(parts.revision, ".+~");
}

std::weak_ordering compare_versions(std::string_view a, std::string_view b) noexcept {
    std::string_view epoch_a = split(a).epoch;
    std::string_view epoch_b = split(b).epoch;
    if (const auto order = compare_digits(take_digits(epoch_a), take_digits(epoch_b)); order != 0) {
        return order;
    }
    const Parts x = split(a);
    const Parts y = split(b);
    if (const auto order = compare_parts(x.upstream, y.upstream); order != 0) return order;
    return compare_parts(x.revision, y.revision);
}

}  // namespace packages
