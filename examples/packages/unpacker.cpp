// SPDX-License-Identifier: MIT
#include "unpacker.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace packages {

namespace {

using namespace std::string_view_literals;

struct Tool {
    Compression compression;
    std::string_view magic;
    std::string_view command;
};

constexpr std::array<Tool, 5> tools{{{Compression::lz4, "\x04\x22\x4D\x18"sv, "lz4"},
                                     {Compression::xz, "\xFD\x37zXZ\0"sv, "xz"},
                                     {Compression::gzip, "\x1F\x8B"sv, "gzip"},
                                     {Compression::bzip2, "BZh"sv, "bzip2"},
                                     {Compression::zstd, "\x28\xB5\x2F\xFD"sv, "zstd"}}};

constexpr const char* apt_helper = "/usr/lib/apt/apt-helper";

std::string find_in_path(std::string_view command) {
    const char* variable = std::getenv("PATH");
    std::string_view path = variable == nullptr ? "/usr/bin:/bin"sv : std::string_view(variable);
    while (!path.empty()) {
        const std::size_t colon = path.find(':');
        std::string candidate(path.substr(0, colon));
        path = colon == std::string_view::npos ? ""sv : path.substr(colon + 1);
        if (candidate.empty()) continue;
        candidate.append("/").append(command);
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    return {};
}

struct Command {
    std::vector<std::string> words;
    bool reads_stdin;
};

Command unpacking_command(const std::filesystem::path& file, Compression compression) {
    for (const Tool& tool : tools) {
        if (tool.compression != compression) continue;
        if (std::string found = find_in_path(tool.command); !found.empty()) {
            return {{std::move(found), "-dc"}, true};
        }
        // apt-helper goes by the file's name.
        const bool named_so = file.has_extension();
        if (named_so && ::access(apt_helper, X_OK) == 0) {
            return {{apt_helper, "cat-file", std::filesystem::absolute(file).string()}, false};
        }
        throw InputError("cannot unpack " + file.string() + ": install the command " +
                         std::string(tool.command));
    }
    throw InputError("cannot unpack " + file.string() + ": unknown compression");
}

void check(int error, const std::filesystem::path& file) {
    if (error == 0) return;
    throw InputError("cannot unpack " + file.string() + ": " + std::strerror(error));
}

class SpawnSettings {
  public:
    explicit SpawnSettings(const std::filesystem::path& file) {
        check(posix_spawn_file_actions_init(&actions), file);
        if (const int error = posix_spawnattr_init(&attributes); error != 0) {
            posix_spawn_file_actions_destroy(&actions);
            check(error, file);
        }
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

class Unpacker final : public ByteSource {
  public:
    Unpacker(std::filesystem::path file, FileDescriptor fd, Compression compression)
        : file_(std::move(file)), packed_(std::move(fd)) {
        errors_.reset(std::tmpfile());
        if (!errors_) check(errno, file_);
        spawn(unpacking_command(file_, compression));
    }

    ~Unpacker() override {
        if (pid_ <= 0) return;
        output_.reset();
        ::kill(pid_, SIGTERM);
        wait();
    }

    std::size_t read(std::span<char> into) override {
        if (!failure_.empty()) throw InputError(failure_);
        if (pid_ <= 0) return 0;
        for (;;) {
            const ssize_t count = ::read(output_.get(), into.data(), into.size());
            if (count > 0) return static_cast<std::size_t>(count);
            if (count == 0) break;
            if (errno != EINTR) check(errno, file_);
        }
        const int status = wait();
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
        failure_ = failure_text(status);
        throw InputError(failure_);
    }

    // The tool inherited our open file, and with it one shared offset: that is how far it has read.
    std::optional<std::uint64_t> consumed() const override {
        const off_t offset = shares_offset_ ? ::lseek(packed_.get(), 0, SEEK_CUR) : -1;
        if (offset < 0) return std::nullopt;
        return static_cast<std::uint64_t>(offset);
    }

  private:
    struct CloseFile {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };

    void spawn(const Command& command) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) check(errno, file_);
        output_ = FileDescriptor(ends[0]);
        const FileDescriptor written_by_tool(ends[1]);

        SpawnSettings settings(file_);
        check(posix_spawn_file_actions_adddup2(&settings.actions, packed_.get(), 0), file_);
        check(posix_spawn_file_actions_adddup2(&settings.actions, ends[1], 1), file_);
        check(posix_spawn_file_actions_adddup2(&settings.actions, ::fileno(errors_.get()), 2),
              file_);
        sigset_t defaults;
        ::sigemptyset(&defaults);
        ::sigaddset(&defaults, SIGPIPE);  // so that it ends when we stop reading
        check(posix_spawnattr_setsigdefault(&settings.attributes, &defaults), file_);
        check(posix_spawnattr_setpgroup(&settings.attributes, 0), file_);
        check(posix_spawnattr_setflags(&settings.attributes,
                                       POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF),
              file_);

        std::vector<char*> arguments;
        arguments.reserve(command.words.size() + 1);
        for (const std::string& word : command.words) {
            arguments.push_back(const_cast<char*>(word.c_str()));
        }
        arguments.push_back(nullptr);
        shares_offset_ = command.reads_stdin;
        check(posix_spawn(&pid_, arguments[0], &settings.actions, &settings.attributes,
                          arguments.data(), environ),
              file_);
    }

    int wait() noexcept {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return status;
    }

    std::string failure_text(int status) {
        std::array<char, 400> text{};
        const std::size_t length = std::fseek(errors_.get(), 0, SEEK_SET) == 0
                                       ? std::fread(text.data(), 1, text.size(), errors_.get())
                                       : 0;
        std::string words(text.data(), length);
        while (!words.empty() && words.back() == '\n') words.pop_back();
        if (words.empty()) words = "the unpacking tool ended with status " + std::to_string(status);
        return "cannot unpack " + file_.string() + ": " + words;
    }

    std::filesystem::path file_;
    FileDescriptor packed_;
    FileDescriptor output_;
    std::unique_ptr<std::FILE, CloseFile> errors_;  // a file, not a pipe: nobody has to empty it
    std::string failure_;                           // what every further read throws
    pid_t pid_ = -1;
    bool shares_offset_ = false;
};

}  // namespace

Compression detect_compression(std::string_view first_bytes) noexcept {
    for (const Tool& tool : tools) {
        if (first_bytes.starts_with(tool.magic)) return tool.compression;
    }
    return Compression::none;
}

std::unique_ptr<ByteSource> unpack(const std::filesystem::path& file, FileDescriptor fd,
                                   Compression compression) {
    return std::make_unique<Unpacker>(file, std::move(fd), compression);
}

}  // namespace packages
