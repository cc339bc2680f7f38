// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>

namespace packages {

namespace {

void declare(CLI::App& app, Options& options) {
    app.add_option("--db", options.database, "URL of the database")
        ->type_name("URL")
        ->capture_default_str();
    app.add_option("--source", options.sources,
                   "control files to read, plain or compressed "
                   "[this machine's dpkg status and apt lists]")
        ->type_name("FILE");
    app.add_option("--closure-of", options.closure_of,
                   "the package whose dependencies are followed to the end")
        ->type_name("PACKAGE")
        ->capture_default_str();
    app.add_option("--limit", options.limit, "rows shown of each answer")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}))
        ->capture_default_str();
    app.add_option("--batch", options.batch, "packages stored in one transaction")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}))
        ->capture_default_str();
    app.add_option("--problems", options.problems,
                   "broken input lines shown one by one; all are counted")
        ->type_name("N")
        ->capture_default_str();
    app.add_flag("--ask-only", options.ask_only, "answer from the database, read no files")
        ->excludes("--source");
    app.add_flag("--verify", options.verify,
                 "check every stored package against its fingerprint, and the answers against "
                 "the Core's");
    app.add_flag("--echo", options.echo, "show the SQL");
    app.add_flag("--json", options.json, "answer in JSON on standard output, without progress");
    app.add_flag("--quiet", options.quiet, "no progress, no report of broken lines");
}

}  // namespace

ParsedCommandLine parse_command_line(int argc, const char* const* argv, std::ostream& out,
                                     std::ostream& err) {
    ParsedCommandLine parsed;
    CLI::App app(
        "Stores the package data of a Debian machine in a database and answers questions from it.\n"
        "A second run stores only what changed.",
        "packages");
    declare(app, parsed.options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        parsed.run = false;
        parsed.exit_code = app.exit(error, out, err) == 0 ? 0 : 2;
    }
    return parsed;
}

}  // namespace packages
