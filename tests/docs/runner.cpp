// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <tests/docs/runner.hpp>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace {

namespace fs = std::filesystem;

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("cannot ") + what);
}

// A directory that is the current one, and exists, for as long as the object.
class WorkingDirectory {
  public:
    WorkingDirectory() : before_(fs::current_path()) {
        std::string pattern = (fs::temp_directory_path() / "azoth-docs-XXXXXX").string();
        require(mkdtemp(pattern.data()) != nullptr, "make a temporary directory");
        path_ = pattern;
        fs::current_path(path_);
    }
    WorkingDirectory(const WorkingDirectory&) = delete;
    WorkingDirectory& operator=(const WorkingDirectory&) = delete;
    ~WorkingDirectory() {
        std::error_code ignored;
        fs::current_path(before_, ignored);
        fs::remove_all(path_, ignored);
    }

  private:
    fs::path before_;
    fs::path path_;
};

// Sends standard output to a file, below all of C++'s and C's own buffers.
class CapturedOutput {
  public:
    explicit CapturedOutput(const fs::path& path) : path_(path), before_(dup(STDOUT_FILENO)) {
        flush();
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        require(before_ >= 0 && file >= 0 && dup2(file, STDOUT_FILENO) >= 0, "capture the output");
        close(file);
    }
    CapturedOutput(const CapturedOutput&) = delete;
    CapturedOutput& operator=(const CapturedOutput&) = delete;
    ~CapturedOutput() {
        flush();
        dup2(before_, STDOUT_FILENO);
        close(before_);
    }

    std::string text() const {
        flush();
        std::ifstream file(path_);
        return {std::istreambuf_iterator<char>(file), {}};
    }

  private:
    static void flush() {
        std::cout.flush();
        std::fflush(stdout);
    }

    fs::path path_;
    int before_;
};

// What went wrong with the block; empty if nothing did.
std::string fault_of(const DocumentedBlock& block) {
    const WorkingDirectory directory;
    const fs::path captured =
        fs::temp_directory_path() / ("azoth-docs-output-" + std::to_string(getpid()));
    std::string fault;
    std::string printed;
    {
        const CapturedOutput output(captured);
        try {
            block.run();
        } catch (const std::exception& error) {
            fault = error.what();
        } catch (...) {
            fault = "it threw something that is not a std::exception";
        }
        printed = output.text();
    }
    fs::remove(captured);
    if (fault.empty() && block.output != nullptr && printed != block.output) {
        fault = "it should print:\n" + std::string(block.output) + "but prints:\n" + printed;
    }
    return fault;
}

void require_success(int status) {
    if (status != 0) throw std::runtime_error("main returned " + std::to_string(status));
}

}  // namespace

int run_blocks(std::initializer_list<DocumentedBlock> blocks) {
    int failed = 0;
    for (const DocumentedBlock& block : blocks) {
        const std::string fault = fault_of(block);
        if (fault.empty()) continue;
        ++failed;
        std::printf("FAILED %s: %s\n", block.name, fault.c_str());
    }
    std::printf("%zu blocks ran, %d failed\n", blocks.size(), failed);
    return failed == 0 ? 0 : 1;
}

void call_program(int (*program)()) {
    require_success(program());
}

void call_program(int (*program)(int, char**)) {
    char name[] = "documented-program";
    char* arguments[] = {name, nullptr};
    require_success(program(1, arguments));
}
