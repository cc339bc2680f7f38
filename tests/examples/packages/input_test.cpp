// SPDX-License-Identifier: MIT
#include "packages/input.hpp"

#include "packages/byte_source.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace packages {
namespace {

using test::TemporaryDirectory;

Input read(const std::vector<std::filesystem::path>& files, ProblemLog& log) {
    std::ostringstream out;
    Progress progress(ProgressStyle::none, out);
    return read_input(files, log, progress);
}

std::string paragraph(const std::string& name, const std::string& version) {
    return "Package: " + name + "\nVersion: " + version +
           "\nArchitecture: all\nMaintainer: M <m@x.org>\n\n";
}

TEST(Input, The_sources_of_a_machine_are_status_and_lists) {
    const TemporaryDirectory directory;
    const std::filesystem::path status = directory.write("status", "");
    const std::filesystem::path lists = directory.path() / "lists";
    std::filesystem::create_directory(lists);
    std::filesystem::create_directory(lists / "partial_Packages");
    for (const char* name :
         {"x_main_binary-amd64_Packages", "y_main_binary-amd64_Packages.lz4", "x_InRelease",
          "x_Packages.diff_Index", "x_Translation-en.xz", "x_Sources", "lock"}) {
        directory.write(std::string("lists/") + name, "");
    }
    EXPECT_EQ(machine_sources(status, lists),
              (std::vector<std::filesystem::path>{status, lists / "x_main_binary-amd64_Packages",
                                                  lists / "y_main_binary-amd64_Packages.lz4"}));
}

TEST(Input, Another_system_has_no_sources) {
    const TemporaryDirectory directory;
    EXPECT_TRUE(machine_sources(directory.path() / "status", directory.path() / "lists").empty());
}

TEST(Input, Puts_the_files_together) {
    const TemporaryDirectory directory;
    const auto status = directory.write(
        "status",
        "Package: b\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n"
        "Maintainer: M <m@x.org>\n\nPackage: gone\nStatus: deinstall ok config-files\n");
    const auto list = directory.write("list", paragraph("b", "2") + paragraph("a", "1"));
    ProblemLog log;
    const Input input = read({status, list}, log);
    ASSERT_EQ(input.packages.size(), 2U);
    EXPECT_EQ(input.packages[0].name, "a");
    EXPECT_EQ(input.packages[1].version, "2");
    EXPECT_EQ(input.packages[1].installed_version, "1");
    EXPECT_EQ(input.remnants, 1U);
    EXPECT_EQ(input.counts.superseded, 1U);
    EXPECT_EQ(log.count(), 0U);
}

TEST(Input, Problems_name_their_own_file) {
    const TemporaryDirectory directory;
    const auto one = directory.write("one", paragraph("a", "1") + "rubbish\n");
    const auto two = directory.write("two", "rubbish\n" + paragraph("b", "1"));
    ProblemLog log;
    EXPECT_EQ(read({one, two}, log).packages.size(), 2U);
    ASSERT_EQ(log.count(), 2U);
    EXPECT_EQ(log.kept()[0].file, one.string());
    EXPECT_EQ(log.kept()[0].line, 6U);
    EXPECT_EQ(log.kept()[1].file, two.string());
    EXPECT_EQ(log.kept()[1].line, 1U);
}

TEST(Input, A_missing_file_is_an_error_although_others_could_be_read) {
    const TemporaryDirectory directory;
    const auto list = directory.write("list", paragraph("a", "1"));
    ProblemLog log;
    EXPECT_THROW((void)read({list, directory.path() / "missing"}, log), InputError);
}

TEST(Input, Files_without_any_package_are_an_error) {
    const TemporaryDirectory directory;
    const auto file = directory.write("photo.jpg", "\xFF\xD8\xFF\xE0 no list at all\n");
    ProblemLog log;
    EXPECT_THROW((void)read({file}, log), InputError);
    EXPECT_GT(log.count(), 0U);
}

}  // namespace
}  // namespace packages
