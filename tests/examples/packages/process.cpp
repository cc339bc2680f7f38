// SPDX-License-Identifier: MIT
#include "process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace packages::test {

namespace {

std::string content(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

void check(int error) {
    if (error != 0) throw std::system_error(error, std::generic_category(), PACKAGES_PROGRAM);
}

}  // namespace

Process::Process(const std::filesystem::path& directory, const std::vector<std::string>& arguments)
    : directory_(directory) {
    std::string program = PACKAGES_PROGRAM;
    std::vector<std::string> words = arguments;
    std::vector<char*> argv{program.data()};
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    check(posix_spawn_file_actions_init(&actions));
    const std::string out = (directory / "stdout").string();
    const std::string err = (directory / "stderr").string();
    constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC;
    int error = posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), flags, 0600);
    if (error == 0) error = posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), flags, 0600);
    if (error == 0) error = posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    if (error == 0) {
        error = posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ);
    }
    posix_spawn_file_actions_destroy(&actions);
    check(error);
}

Process::~Process() {
    if (ended_) return;
    ::kill(pid_, SIGKILL);
    reap(0);
}

void Process::send(int signal) const {
    ::kill(pid_, signal);
}

bool Process::running() {
    if (!ended_) reap(WNOHANG);
    return !ended_;
}

Outcome Process::wait() {
    if (!ended_) reap(0);
    Outcome outcome;
    if (WIFEXITED(status_)) outcome.exit_code = WEXITSTATUS(status_);
    if (WIFSIGNALED(status_)) outcome.signal = WTERMSIG(status_);
    outcome.out = content(directory_ / "stdout");
    outcome.err = content(directory_ / "stderr");
    return outcome;
}

void Process::reap(int options) {
    pid_t result = 0;
    do {
        result = ::waitpid(pid_, &status_, options);
    } while (result < 0 && errno == EINTR);
    ended_ = result == pid_;
}

}  // namespace packages::test
