// SPDX-License-Identifier: MIT
#include "progress.hpp"
#include "report.hpp"
#include "utf8.hpp"

#include <ostream>

namespace packages {

namespace {

void print_problems(std::ostream& out, const ProblemLog& problems) {
    out << "Broken input lines: " << grouped(problems.count());
    const char* separator = " (";
    for (std::size_t i = 0; i < problem_kinds; ++i) {
        const auto kind = static_cast<ProblemKind>(i);
        if (problems.count(kind) == 0) continue;
        out << separator << to_string(kind) << ' ' << grouped(problems.count(kind));
        separator = ", ";
    }
    out << (problems.count() == 0 ? "\n" : ")\n");
}

void print_load(std::ostream& out, const LoadReport& load, const ProblemLog& problems) {
    const LoadCounts& counts = load.counts;
    out << "Read: " << grouped(load.records.records) << " records of " << load.sources.size()
        << " files: " << grouped(load.packages) << " packages, " << grouped(load.records.superseded)
        << " older versions, " << grouped(load.records.repeated) << " repetitions, "
        << grouped(load.remnants) << " remnants of removed packages\n";
    print_problems(out, problems);
    out << "Stored: " << grouped(counts.inserted) << " new packages, " << grouped(counts.updated)
        << " changed, " << grouped(counts.unchanged) << " unchanged, " << grouped(counts.deleted)
        << " removed; " << grouped(counts.dependencies) << " dependencies, " << grouped(counts.tags)
        << " tags written\n";
}

void print_verification(std::ostream& out, const Verification& verification) {
    out << "\nVerified: " << grouped(verification.packages) << " packages, "
        << grouped(verification.dependencies) << " dependencies, " << grouped(verification.tags)
        << " tags: " << (verification.passed() ? "all as stored" : "NOT IN ORDER") << '\n';
    for (const std::string& name : verification.differing) {
        out << "  differs from its fingerprint: " << printable(name) << '\n';
    }
    if (verification.wrong_targets > 0) {
        out << "  dependencies with a wrong target: " << grouped(verification.wrong_targets)
            << '\n';
    }
    if (verification.unfinished_loads > 0) {
        out << "  interrupted loads since the last complete one: "
            << grouped(verification.unfinished_loads) << "; run again without --ask-only\n";
    }
    out << "Checked: " << grouped(verification.answers) << " answers of the ORM, to the last row: "
        << (verification.differing_answers.empty() ? "the Core gives the same"
                                                   : "THE CORE GIVES OTHERS")
        << '\n';
    for (const std::string& name : verification.differing_answers) {
        out << "  differs from the Core's: " << printable(name) << '\n';
    }
}

}  // namespace

void print_text(std::ostream& out, const Report& report, const ProblemLog& problems,
                std::size_t columns) {
    out << "Database: " << printable(report.database) << '\n';
    if (report.load) print_load(out, *report.load, problems);
    for (const Answer& answer : report.answers) {
        out << '\n';
        print_table(out, answer, columns);
    }
    if (report.verification) print_verification(out, *report.verification);
    out.flush();
}

}  // namespace packages
