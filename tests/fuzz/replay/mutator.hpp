// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace azoth_fuzz {

/// Xorshift: the same numbers on every machine and in every run. One thread at a time.
class Random {
  public:
    [[nodiscard]] std::uint64_t next() noexcept;
    /// From 0 to `count` - 1; 0 where `count` is 0.
    [[nodiscard]] std::size_t below(std::size_t count) noexcept;

  private:
    std::uint64_t state_ = 0x9e3779b97f4a7c15U;
};

/// Makes inputs out of seeds, always the same ones in the same order. One thread at a time.
class Mutator {
  public:
    /// \param seeds at least one
    explicit Mutator(std::vector<std::string> seeds);
    /// A seed with one to four changes: bytes flipped, replaced, removed, put in, repeated, or the
    /// end of another seed.
    [[nodiscard]] std::string next();

  private:
    void change(std::string& input);
    [[nodiscard]] char any_byte();

    std::vector<std::string> seeds_;
    std::string alphabet_;  // the seeds' own bytes: what a parser looks for
    Random random_;
};

}  // namespace azoth_fuzz
