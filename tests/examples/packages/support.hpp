// SPDX-License-Identifier: MIT
#pragma once

#include "packages/package_record.hpp"
#include "packages/paragraph_reader.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace packages::test {

/// A directory of its own for one test, removed at its end. One thread at a time.
class TemporaryDirectory {
  public:
    TemporaryDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "packages-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp: " + pattern);
        path_ = pattern;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored;  // a left-over directory in /tmp fails no test
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(const std::string& name, std::string_view content) const {
        const std::filesystem::path file = path_ / name;
        std::ofstream out(file, std::ios::binary);
        out << content;
        out.close();
        if (!out) throw std::runtime_error("cannot write " + file.string());
        return file;
    }

  private:
    std::filesystem::path path_;
};

/// What the reader made of a text: the paragraphs and the complaints ("LINE kind").
struct Reading {
    std::vector<Paragraph> paragraphs{};
    std::vector<std::string> problems{};
};

inline std::vector<std::string> problem_texts(const ProblemLog& log) {
    std::vector<std::string> texts;
    for (const Problem& problem : log.kept()) {
        texts.push_back(std::to_string(problem.line) + ' ' + std::string(to_string(problem.kind)));
    }
    return texts;
}

inline Reading read_text(std::string_view text,
                         std::size_t line_limit = LineReader::default_limit) {
    Reading reading;
    ProblemLog log;
    MemorySource source(text);
    ParagraphReader reader(source, "test", log, line_limit);
    Paragraph paragraph;
    while (reader.next(paragraph)) reading.paragraphs.push_back(paragraph);
    reading.problems = problem_texts(log);
    return reading;
}

/// The packages of a text and the complaints about them.
struct Parsing {
    std::vector<PackageRecord> packages{};
    std::vector<std::string> problems{};
    std::vector<std::string> messages{};
};

inline Parsing parse_text(std::string_view text) {
    Parsing parsing;
    ProblemLog log;
    MemorySource source(text);
    ParagraphReader reader(source, "test", log);
    Paragraph paragraph;
    while (reader.next(paragraph)) {
        if (auto package = parse_package(paragraph, "test", log)) {
            parsing.packages.push_back(std::move(*package));
        }
    }
    parsing.problems = problem_texts(log);
    for (const Problem& problem : log.kept()) parsing.messages.push_back(problem.message);
    return parsing;
}

using Strings = std::vector<std::string>;

}  // namespace packages::test
