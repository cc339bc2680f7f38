// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace packages::test {

/// How a program ended and what it wrote.
struct Outcome {
    int exit_code = -1;  ///< -1 if a signal ended it
    int signal = 0;      ///< that signal, or 0
    std::string out{};
    std::string err{};
};

/// The example program, running. Ended by the destructor if it still runs. One thread at a time.
class Process {
  public:
    /// Starts the program in a directory, which also takes its output.
    Process(const std::filesystem::path& directory, const std::vector<std::string>& arguments);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    void send(int signal) const;
    [[nodiscard]] bool running();
    Outcome wait();

  private:
    void reap(int options);

    std::filesystem::path directory_;
    pid_t pid_ = -1;
    int status_ = 0;
    bool ended_ = false;
};

/// Runs the program to its end.
inline Outcome run_program(const std::filesystem::path& directory,
                           const std::vector<std::string>& arguments) {
    return Process(directory, arguments).wait();
}

}  // namespace packages::test
