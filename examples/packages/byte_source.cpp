// SPDX-License-Identifier: MIT
#include "byte_source.hpp"

#include "file_descriptor.hpp"
#include "unpacker.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace packages {

namespace {

InputError cannot_read(const std::filesystem::path& file, int error) {
    return InputError("cannot read " + file.string() + ": " + std::strerror(error));
}

class PlainFile final : public ByteSource {
  public:
    PlainFile(std::filesystem::path file, FileDescriptor fd)
        : file_(std::move(file)), fd_(std::move(fd)) {}

    std::size_t read(std::span<char> into) override {
        for (;;) {
            const ssize_t count = ::read(fd_.get(), into.data(), into.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw cannot_read(file_, errno);
            consumed_ += static_cast<std::uint64_t>(count);
            return static_cast<std::size_t>(count);
        }
    }

    std::optional<std::uint64_t> consumed() const override { return consumed_; }

  private:
    std::filesystem::path file_;
    FileDescriptor fd_;
    std::uint64_t consumed_ = 0;
};

// A pipe cannot be peeked into; it is taken as plain text.
std::string peek(const std::filesystem::path& file, const FileDescriptor& fd) {
    std::array<char, 6> bytes{};
    const ssize_t count = ::pread(fd.get(), bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == ESPIPE) return {};
    if (count < 0) throw cannot_read(file, errno);
    return {bytes.data(), static_cast<std::size_t>(count)};
}

}  // namespace

std::size_t MemorySource::read(std::span<char> into) {
    const std::size_t count = std::min(into.size(), text_.size());
    std::copy_n(text_.begin(), count, into.begin());
    text_.remove_prefix(count);
    return count;
}

std::unique_ptr<ByteSource> open_source(const std::filesystem::path& file) {
    FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.is_open()) throw cannot_read(file, errno);
    const Compression compression = detect_compression(peek(file, fd));
    if (compression == Compression::none) {
        return std::make_unique<PlainFile>(file, std::move(fd));
    }
    return unpack(file, std::move(fd), compression);
}

}  // namespace packages
