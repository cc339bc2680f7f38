// SPDX-License-Identifier: MIT
#include "input.hpp"

#include "byte_source.hpp"
#include "interrupt.hpp"
#include "paragraph_reader.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace packages {

namespace {

constexpr std::uint64_t kilobyte = 1000;

bool is_package_list(const std::filesystem::path& file) {
    // …_Packages or …_Packages.lz4 and the like; the .diff_Index files beside them are no lists.
    const std::string name = file.filename().string();
    const std::size_t at = name.rfind("_Packages");
    if (at == std::string::npos) return false;
    const std::string ending = name.substr(at + std::string("_Packages").size());
    return ending.empty() || (ending.front() == '.' && ending.find('_') == std::string::npos);
}

std::uint64_t size_of(const std::filesystem::path& file) {
    std::error_code error;  // a pipe has no size; a missing file is found out when it is opened
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? 0 : size;
}

class InputReader {
  public:
    InputReader(ProblemLog& log, Progress& progress) : log_(log), progress_(progress) {}

    void read(const std::filesystem::path& file) {
        const std::unique_ptr<ByteSource> source = open_source(file);
        ParagraphReader reader(*source, file.string(), log_);
        while (reader.next(paragraph_)) {
            if (++paragraphs_ % 256 == 0) {
                throw_if_interrupted();
                progress_.advance_to((bytes_before_ + source->consumed().value_or(0)) / kilobyte);
            }
            add(reader.file());
        }
        bytes_before_ += size_of(file);
        progress_.advance_to(bytes_before_ / kilobyte);
    }

    Input take() {
        Input input;
        input.counts = catalogue_.counts();
        input.remnants = remnants_;
        input.packages = catalogue_.take();
        return input;
    }

  private:
    void add(const std::string& file) {
        if (is_remnant(paragraph_)) {
            ++remnants_;
        } else if (std::optional<PackageRecord> package = parse_package(paragraph_, file, log_)) {
            catalogue_.add(std::move(*package));
        }
    }

    ProblemLog& log_;
    Progress& progress_;
    Paragraph paragraph_;
    Catalogue catalogue_;
    std::uint64_t paragraphs_ = 0;
    std::uint64_t remnants_ = 0;
    std::uint64_t bytes_before_ = 0;
};

}  // namespace

std::vector<std::filesystem::path> machine_sources(const std::filesystem::path& status,
                                                   const std::filesystem::path& lists) {
    std::vector<std::filesystem::path> files;
    std::error_code error;  // a directory that is not there has no lists
    for (const auto& entry : std::filesystem::directory_iterator(lists, error)) {
        if (is_package_list(entry.path()) && entry.is_regular_file(error)) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    if (std::filesystem::exists(status, error)) files.insert(files.begin(), status);
    return files;
}

Input read_input(const std::vector<std::filesystem::path>& files, ProblemLog& log,
                 Progress& progress) {
    std::uint64_t total = 0;
    for (const std::filesystem::path& file : files) total += size_of(file);
    progress.start("read", total / kilobyte, "kB");
    InputReader reader(log, progress);
    for (const std::filesystem::path& file : files) reader.read(file);
    progress.finish();
    Input input = reader.take();
    // To take that for "all packages are gone" would empty the database.
    if (input.packages.empty()) {
        throw InputError("no package in the input; the database was left as it is");
    }
    return input;
}

}  // namespace packages
