// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// What the fuzz targets share. Each file *_fuzz.cpp is one subject, written as libFuzzer wants it;
/// the replay program runs the same functions on the seeds and on mutations of them. One thread at
/// a time.
namespace azoth_fuzz {

/// The input of a target, taken piece by piece from its front.
class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) noexcept
        : rest_(size == 0 ? std::string_view{}
                          : std::string_view{reinterpret_cast<const char*>(data), size}) {}

    /// The next byte; 0 where there is none left.
    [[nodiscard]] std::uint8_t byte() noexcept;
    /// One of `count` choices, counted from 0.
    [[nodiscard]] std::size_t choice(std::size_t count) noexcept { return byte() % count; }
    /// The text up to the next `separator`, or to the end.
    [[nodiscard]] std::string_view text_until(char separator) noexcept;
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
    /// Eight bytes as a number, little end first; missing ones are 0.
    [[nodiscard]] std::uint64_t number() noexcept;

  private:
    std::string_view rest_;
};

/// Ends the program, which is how a target fails, unless `condition` holds.
/// \param claim what should have been true
void require(bool condition, const char* claim);

}  // namespace azoth_fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
