// SPDX-License-Identifier: MIT
#pragma once

#include "byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace packages {

/// One line of input, without its line ending (LF or CRLF).
struct Line {
    std::string_view text{};  ///< valid until the next line is asked for
    std::uint64_t number{};   ///< from 1
    bool too_long{};          ///< `text` holds the beginning only
    bool terminated{};        ///< false on a last line without a newline
};

/// Cuts a stream into lines, in bounded memory whatever the input. One thread at a time.
class LineReader {
  public:
    /// No honest line of a package list comes near a mebibyte; the longest has about 76,000 bytes.
    static constexpr std::size_t default_limit = std::size_t{1} << 20;

    /// `source` must outlive the reader; `limit` is the longest line in bytes.
    explicit LineReader(ByteSource& source, std::size_t limit = default_limit);

    /// Reads the next line; false at the end of the input. Throws InputError.
    [[nodiscard]] bool next(Line& line);

  private:
    bool fill();
    void keep(std::string_view piece);

    ByteSource& source_;
    std::size_t limit_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string pieces_;  // a line that spans two buffers
    bool too_long_ = false;
    std::uint64_t number_ = 0;
};

}  // namespace packages
