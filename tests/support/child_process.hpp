// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

/// Child processes of tests.
namespace azoth::test {

/// Forks a child that runs `body` and ends without a destructor more. It ends well where nothing
/// failed or was thrown there, and is killed by an alarm where it hangs.
template <typename Body>
pid_t start_child(Body body) {
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child > 0) return child;
    ::alarm(60);
    int status = 2;
    try {
        body();
        status = testing::Test::HasFailure() ? 1 : 0;
    } catch (const std::exception& error) {
        std::printf("child: uncaught exception: %s\n", error.what());
    }
    std::fflush(nullptr);
    ::_exit(status);
}

/// Waits for a child's end: whether it was a good one.
inline testing::AssertionResult ended_well(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "the child ended with wait status " << status;
}

/// Both together.
template <typename Body>
testing::AssertionResult in_child(Body body) {
    return ended_well(start_child(std::move(body)));
}

/// Kills a child without a chance to do anything more, and waits until it is gone.
inline void kill_child(pid_t child) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
}

/// Words from one process to another, made before they part.
class Messenger {
  public:
    Messenger() {
        if (::pipe(ends_) != 0) throw std::runtime_error("pipe failed");
    }
    Messenger(const Messenger&) = delete;
    Messenger& operator=(const Messenger&) = delete;
    ~Messenger() {
        for (const int end : ends_) ::close(end);
    }

    void send(std::string_view word) const {
        const std::string line = std::string(word) + '\n';
        if (::write(ends_[1], line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            throw std::runtime_error("write to a pipe failed");
    }
    /// The next word; empty where none comes within a minute.
    [[nodiscard]] std::string receive() const {
        std::string word;
        for (char c = 0; comes(c) && c != '\n';) word += c;
        return word;
    }

  private:
    bool comes(char& c) const {
        pollfd end{ends_[0], POLLIN, 0};
        return ::poll(&end, 1, 60'000) == 1 && ::read(ends_[0], &c, 1) == 1;
    }

    int ends_[2] = {-1, -1};
};

}  // namespace azoth::test
