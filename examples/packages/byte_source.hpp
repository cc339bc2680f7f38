// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace packages {

/// An input that cannot be read to its end; the message names the file and the remedy.
///
/// Whoever gets one must not act on what was read so far: a package that is missing from half a
/// list has not vanished.
class InputError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A stream of bytes with a sense of how far it has come. One thread at a time.
class ByteSource {
  public:
    ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    virtual ~ByteSource() = default;

    /// Fills the front of `into` and returns the number of bytes, 0 at the end. Throws InputError.
    [[nodiscard]] virtual std::size_t read(std::span<char> into) = 0;

    /// Bytes of the file on disk (compressed, if it is) consumed so far; none where that is
    /// unknown.
    [[nodiscard]] virtual std::optional<std::uint64_t> consumed() const { return std::nullopt; }
};

/// Bytes in memory; `text` must outlive the source.
class MemorySource final : public ByteSource {
  public:
    explicit MemorySource(std::string_view text) : text_(text) {}
    std::size_t read(std::span<char> into) override;

  private:
    std::string_view text_;
};

/// Opens a file, plain or compressed: what it is, is told by its first bytes, not by its name.
///
/// lz4, xz, gzip, bzip2 and zstd are unpacked by the command-line tool of that name or, where that
/// is not installed, by apt's own apt-helper. Throws InputError.
[[nodiscard]] std::unique_ptr<ByteSource> open_source(const std::filesystem::path& file);

}  // namespace packages
