// SPDX-License-Identifier: MIT
#pragma once

#include "byte_source.hpp"
#include "file_descriptor.hpp"

#include <filesystem>
#include <memory>
#include <string_view>

namespace packages {

/// How a file is compressed.
enum class Compression { none, lz4, xz, gzip, bzip2, zstd };

/// Tells the compression from the first bytes of a file (six are enough).
[[nodiscard]] Compression detect_compression(std::string_view first_bytes) noexcept;

/// Runs the tool that unpacks `file` (open as `fd`, at its start) and reads what it writes.
///
/// The tool runs in a process group of its own, so that Ctrl-C reaches this program alone, which
/// then ends in good order. read() throws InputError, with the tool's own words, if it fails.
[[nodiscard]] std::unique_ptr<ByteSource> unpack(const std::filesystem::path& file,
                                                 FileDescriptor fd, Compression compression);

}  // namespace packages
