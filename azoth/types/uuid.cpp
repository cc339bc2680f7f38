// SPDX-License-Identifier: MIT
#include <azoth/base/excerpt.hpp>
#include <azoth/types/data_error.hpp>
#include <azoth/types/uuid.hpp>

#include <cstring>
#include <random>

#if defined(__linux__)
#include <sys/random.h>

#include <cerrno>
#endif

namespace azoth::inline v0 {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// True where a hyphen stands before the byte of this index.
constexpr bool hyphen_before(std::size_t index) noexcept {
    return index == 4 || index == 6 || index == 8 || index == 10;
}

/// Fills `bytes` from the operating system's generator; false where it can't.
bool fill_from_system([[maybe_unused]] std::array<std::uint8_t, 16>& bytes) noexcept {
#if defined(__linux__)
    for (;;) {
        const ssize_t count = getrandom(bytes.data(), bytes.size(), 0);
        if (count == static_cast<ssize_t>(bytes.size())) return true;
        if (count >= 0 || errno != EINTR) return false;
    }
#else
    return false;
#endif
}

void fill_from_random_device(std::array<std::uint8_t, 16>& bytes) {
    std::random_device device;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
        const std::uint32_t word = device();
        std::memcpy(&bytes[i], &word, 4);
    }
}

}  // namespace

Uuid Uuid::parse(std::string_view text) {
    const auto fail = [text](const char* reason) {
        detail::throw_data_error("cannot read " + detail::excerpt(text) + " as a UUID: " + reason);
    };
    const bool hyphenated = text.size() == text_size;
    if (!hyphenated && text.size() != 32) {
        fail(
            "it must have 32 hexadecimal digits, plain or as 8-4-4-4-12, "
            "without braces or prefix");
    }
    Uuid uuid;
    const char* next = text.data();
    for (std::size_t i = 0; i < uuid.bytes.size(); ++i) {
        if (hyphenated && hyphen_before(i) && *next++ != '-') fail("a hyphen is missing");
        const int high = hex_value(next[0]);
        const int low = hex_value(next[1]);
        if (high < 0 || low < 0) fail("there is a character that is no hexadecimal digit");
        uuid.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
        next += 2;
    }
    return uuid;
}

Uuid Uuid::random() {
    Uuid uuid;
    if (!fill_from_system(uuid.bytes)) fill_from_random_device(uuid.bytes);
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0F) | 0x40);  // version 4
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3F) | 0x80);  // RFC 4122's variant
    return uuid;
}

std::string Uuid::to_string() const {
    std::string text(text_size, '\0');
    write_to(text.data());
    return text;
}

char* Uuid::write_to(char* out) const noexcept {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (hyphen_before(i)) *out++ = '-';
        *out++ = hex_digits[bytes[i] >> 4];
        *out++ = hex_digits[bytes[i] & 15];
    }
    return out;
}

}  // namespace azoth::inline v0

std::size_t std::hash<azoth::Uuid>::operator()(const azoth::Uuid& uuid) const noexcept {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()});
}
