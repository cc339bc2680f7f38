// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

/// What all contestant programs have in common, whatever their cases are about.
namespace bench {

/// What one case took, and what tells whether it did the right thing.
struct Measured {
    double seconds = 0;
    double cpu_seconds = 0;  ///< user and system time of this process
    std::size_t rows = 0;
    std::string checksum;  ///< empty where run.py looks at what is stored
};

/// Times a case from its construction to stop().
class Measurement {
  public:
    Measurement();
    [[nodiscard]] Measured stop() const;

  private:
    double begin_;
    double cpu_begin_;
};

/// A program's part in the cases of one kind of data.
class Subject {
  public:
    virtual ~Subject() = default;

    /// The version of what is measured, with the driver's where that is another thing.
    virtual std::string version() const = 0;

    /// Runs and measures one case. Throws std::invalid_argument for the name of none.
    virtual Measured run_case(std::string_view name, std::size_t rows) = 0;
};

/// Throws std::logic_error: what a case does where a contestant takes no part in it.
[[noreturn]] void refuse();

using MakeSubject = std::function<std::unique_ptr<Subject>(const std::string& url)>;

/// The main function of a contestant program:
///
///     program --database URL --case NAME --rows N
///
/// connects, runs one case, and prints one line of JSON: case, database, contestant, version, rows,
/// seconds, client_cpu_seconds and checksum. Returns the exit status; errors go to the standard
/// error stream.
int run(int argc, char** argv, std::string_view contestant, const MakeSubject& make);

/// The same for a contestant that is constructed from the URL.
template <class Made>
int run(int argc, char** argv, std::string_view contestant) {
    return run(argc, argv, contestant,
               [](const std::string& url) { return std::make_unique<Made>(url); });
}

/// The file name in a URL `sqlite:///name`. Throws std::invalid_argument for any other URL.
std::string sqlite_file(const std::string& url);

}  // namespace bench
