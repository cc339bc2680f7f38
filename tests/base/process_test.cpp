// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/process.hpp>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>

namespace {

using namespace azoth;

/// Runs `check` in a child process and tells whether it returned true there.
template <typename Check>
bool holds_in_child(Check check) {
    const pid_t child = fork();
    if (child == 0) _exit(check() ? 0 : 1);
    int status = -1;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

TEST(Process, is_the_same_in_every_thread) {
    const ProcessId here = current_process();
    EXPECT_EQ(here.pid, getpid());
    EXPECT_EQ(current_process(), here);
    ProcessId there;
    std::thread{[&] { there = current_process(); }}.join();
    EXPECT_EQ(there, here);
}

TEST(Process, R23_a_child_differs_from_its_parent_and_a_grandchild_from_both) {
    const ProcessId parent = current_process();
    EXPECT_TRUE(holds_in_child([=] {
        const ProcessId child = current_process();
        return child != parent && child.pid == getpid() && child == current_process() &&
               holds_in_child([=] {
                   const ProcessId grandchild = current_process();
                   return grandchild != child && grandchild != parent && grandchild.pid == getpid();
               });
    }));
    EXPECT_EQ(current_process(), parent);
}

TEST(Process, R23_an_equal_process_number_does_not_make_an_equal_process) {
    const ProcessId parent = current_process();
    const ProcessId recycled{parent.pid, parent.forks + 1};
    EXPECT_NE(parent, recycled);
}

TEST(OwnerProcess, R23_knows_the_process_that_made_it) {
    const OwnerProcess owner;
    EXPECT_TRUE(owner.is_current());
    EXPECT_EQ(owner.id(), current_process());
    EXPECT_NO_THROW(owner.require_current("Connection"));
    EXPECT_TRUE(holds_in_child([&] { return !owner.is_current(); }));
    EXPECT_TRUE(holds_in_child([] { return OwnerProcess{}.is_current(); }));
    EXPECT_TRUE(owner.is_current());
}

TEST(OwnerProcess, R23_refuses_use_in_a_child_and_says_what_to_do) {
    const OwnerProcess owner;
    const std::string parent = std::to_string(getpid());
    EXPECT_TRUE(holds_in_child([&] {
        try {
            owner.require_current("Connection");
        } catch (const ForkedProcessError& error) {
            const std::string_view message = error.what();
            return message.find("Connection") != message.npos &&
                   message.find(parent) != message.npos &&
                   message.find(std::to_string(getpid())) != message.npos &&
                   message.find("get a new one from the engine") != message.npos;
        }
        return false;
    }));
}

}  // namespace
