// SPDX-License-Identifier: MIT
#include "packages/byte_source.hpp"

#include "packages/unpacker.hpp"
#include "support.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

namespace packages {
namespace {

using test::TemporaryDirectory;

std::string read_all(ByteSource& source) {
    std::string text;
    std::array<char, 1000> buffer{};
    for (;;) {
        const std::size_t count = source.read(buffer);
        if (count == 0) return text;
        text.append(buffer.data(), count);
    }
}

std::string read_all(const std::filesystem::path& file) {
    return read_all(*open_source(file));
}

std::string error_of(const std::filesystem::path& file) {
    try {
        read_all(file);
    } catch (const InputError& error) {
        return error.what();
    }
    return "no error";
}

std::string numbers() {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += std::to_string(i) + '\n';
    return text;
}

std::filesystem::path packed(const TemporaryDirectory& directory, const std::string& tool,
                             const std::string& name) {
    const std::filesystem::path plain = directory.write("plain", numbers());
    const std::filesystem::path file = directory.path() / name;
    const std::string command = tool + " -c " + plain.string() + " > " + file.string();
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    return file;
}

// Until the end of the scope programs are looked up in `path` alone.
class SearchPath {
  public:
    explicit SearchPath(const std::string& path) : before_(std::getenv("PATH")) {
        ::setenv("PATH", path.c_str(), 1);
    }
    SearchPath(const SearchPath&) = delete;
    SearchPath& operator=(const SearchPath&) = delete;
    ~SearchPath() { ::setenv("PATH", before_.c_str(), 1); }

  private:
    std::string before_;
};

bool has_child() {
    return ::waitpid(-1, nullptr, WNOHANG) == 0;
}

TEST(ByteSource, Reads_a_plain_file_and_knows_how_far_it_has_come) {
    const TemporaryDirectory directory;
    const auto source = open_source(directory.write("plain", "some text"));
    EXPECT_EQ(source->consumed(), 0U);
    EXPECT_EQ(read_all(*source), "some text");
    EXPECT_EQ(source->consumed(), 9U);
    EXPECT_EQ(read_all(directory.write("empty", "")), "");
}

TEST(ByteSource, Unpacks_what_is_packed_whatever_its_name) {
    const TemporaryDirectory directory;
    for (const std::string tool : {"lz4", "xz", "gzip"}) {
        for (const std::string& name : {"list." + tool, std::string("misnamed.txt")}) {
            EXPECT_EQ(read_all(packed(directory, tool, name)), numbers()) << tool << ' ' << name;
        }
    }
    EXPECT_FALSE(has_child()) << "an unpacking tool was left behind";
}

TEST(ByteSource, Knows_how_much_of_a_packed_file_was_read) {
    const TemporaryDirectory directory;
    const std::filesystem::path file = packed(directory, "gzip", "list.gz");
    const auto source = open_source(file);
    EXPECT_EQ(read_all(*source), numbers());
    EXPECT_EQ(source->consumed(), std::filesystem::file_size(file));
}

TEST(ByteSource, A_packed_file_that_is_cut_short_is_an_error) {
    const TemporaryDirectory directory;
    const std::filesystem::path file = packed(directory, "gzip", "list.gz");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const std::string error = error_of(file);
    EXPECT_NE(error.find("cannot unpack " + file.string()), std::string::npos) << error;
    EXPECT_NE(error.find("end of file"), std::string::npos) << "gzip's own words: " << error;
    EXPECT_FALSE(has_child());
}

TEST(ByteSource, Stays_failed_after_an_error) {
    const TemporaryDirectory directory;
    const auto source = open_source(directory.write("bad.gz", "\x1F\x8B rubbish"));
    EXPECT_THROW(read_all(*source), InputError);
    EXPECT_THROW(read_all(*source), InputError) << "a failed source must not look finished";
}

TEST(ByteSource, A_source_dropped_half_way_ends_its_tool) {
    const TemporaryDirectory directory;
    const std::filesystem::path file = packed(directory, "gzip", "list.gz");
    {
        const auto source = open_source(file);
        std::array<char, 10> some{};
        EXPECT_GT(source->read(some), 0U);
        EXPECT_TRUE(has_child());
    }
    EXPECT_FALSE(has_child());
}

TEST(ByteSource, Without_the_tool_the_message_says_what_to_install) {
    const TemporaryDirectory directory;
    const std::filesystem::path file = packed(directory, "gzip", "nameless");
    const SearchPath nothing(directory.path().string());
    EXPECT_EQ(error_of(file), "cannot unpack " + file.string() + ": install the command gzip");
}

TEST(ByteSource, Without_the_tool_apt_unpacks_what_is_named_so) {
    const TemporaryDirectory directory;
    const std::filesystem::path file = packed(directory, "lz4", "list.lz4");
    const SearchPath nothing(directory.path().string());
    const bool has_apt = ::access("/usr/lib/apt/apt-helper", X_OK) == 0;
    if (has_apt) {
        EXPECT_EQ(read_all(file), numbers());
    } else {
        EXPECT_NE(error_of(file).find("install the command lz4"), std::string::npos);
    }
}

TEST(ByteSource, Files_that_cannot_be_read_are_named) {
    const TemporaryDirectory directory;
    const std::string missing = (directory.path() / "missing").string();
    EXPECT_EQ(error_of(missing), "cannot read " + missing + ": No such file or directory");
    EXPECT_EQ(error_of(directory.path()),
              "cannot read " + directory.path().string() + ": Is a directory");
}

TEST(ByteSource, A_name_with_shell_characters_is_just_a_name) {
    const TemporaryDirectory directory;
    std::filesystem::path file = packed(directory, "gzip", "list.gz");
    const std::filesystem::path odd = directory.path() / "a; touch pwned; $(touch pwned).gz";
    std::filesystem::rename(file, odd);
    EXPECT_EQ(read_all(odd), numbers());
    EXPECT_FALSE(std::filesystem::exists("pwned"));
}

TEST(Compression, Is_told_by_the_first_bytes) {
    EXPECT_EQ(detect_compression("Package: a"), Compression::none);
    EXPECT_EQ(detect_compression(""), Compression::none);
    EXPECT_EQ(detect_compression("\x1F"), Compression::none);
    EXPECT_EQ(detect_compression("\x1F\x8B\x08"), Compression::gzip);
    EXPECT_EQ(detect_compression("\x28\xB5\x2F\xFD"), Compression::zstd);
    EXPECT_EQ(detect_compression("BZh91AY"), Compression::bzip2);
}

}  // namespace
}  // namespace packages
