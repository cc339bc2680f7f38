// SPDX-License-Identifier: MIT
#include "program.hpp"

#include "byte_source.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "questions.hpp"
#include "report.hpp"
#include "terminal.hpp"
#include "utf8.hpp"
#include <azoth/sqlite.hpp>
#ifdef PACKAGES_WITH_POSTGRESQL
#include <azoth/postgresql.hpp>
#endif

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <ostream>
#include <string_view>
#include <utility>

namespace packages {

namespace {

// SQL and messages of databases have several lines; what else is in them must not steer the
// terminal.
void say_lines(std::string_view text, Progress& progress) {
    while (!text.empty()) {
        std::string line(text.substr(0, text.find('\n')));
        std::replace(line.begin(), line.end(), '\t', ' ');
        progress.say(printable(line));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
}

Progress make_progress(const Options& options, std::ostream& err) {
    if (options.quiet || options.json) return {ProgressStyle::none, err};
    const std::optional<std::size_t> columns = terminal_columns(STDERR_FILENO);
    if (columns) return {ProgressStyle::bar, err, *columns};
    return {ProgressStyle::lines, err};
}

ProblemLog make_log(const Options& options, Progress& progress) {
    // In JSON they stand in the answer.
    if (options.quiet || options.json) return ProblemLog(options.problems);
    return ProblemLog(options.problems,
                      [&progress](const Problem& problem) { progress.say(to_string(problem)); });
}

azoth::Engine make_engine(const Options& options, Progress& progress) {
    azoth::EngineOptions settings{.echo = options.echo};
    settings.log = [&progress](const azoth::LogRecord& record) {
        say_lines(record.message, progress);
    };
    return azoth::create_engine(options.database, std::move(settings));
}

std::vector<std::filesystem::path> sources_of(const Options& options) {
    if (!options.sources.empty()) return options.sources;
    std::vector<std::filesystem::path> sources = machine_sources();
    if (sources.empty()) {
        throw InputError("this system has no Debian package data: name files with --source");
    }
    return sources;
}

LoadReport load(const azoth::Engine& engine, const Schema& schema, const Options& options,
                ProblemLog& problems, Progress& progress) {
    const std::vector<std::filesystem::path> sources = sources_of(options);
    const Input input = read_input(sources, problems, progress);
    LoadReport report;
    for (const std::filesystem::path& source : sources) report.sources.push_back(source.string());
    report.records = input.counts;
    report.remnants = input.remnants;
    report.packages = input.packages.size();
    report.counts =
        store(engine, schema, input.packages, problems.count(), options.batch, progress);
    return report;
}

std::vector<Answer> ask(azoth::Connection& connection, const Schema& schema, const Options& options,
                        Progress& progress) {
    constexpr std::uint64_t questions = 8;
    std::vector<Answer> answers;
    progress.start("ask", questions, "questions");
    const auto next = [&](Answer answer) {
        answers.push_back(std::move(answer));
        progress.advance_to(answers.size());
    };
    next(most_depended_on(connection, schema, options.limit));
    next(closure(connection, schema, options.closure_of, options.limit));
    next(maintainers_by_packages(connection, schema, options.limit));
    next(maintainers_by_size(connection, schema, options.limit));
    next(most_used_tags(connection, schema, options.limit));
    next(missing_dependencies(connection, schema, options.limit));
    next(mutual_dependencies(connection, schema, options.limit));
    next(circular_dependencies(connection, schema, options.limit));
    progress.finish();
    return answers;
}

/// Throws InputError where nothing was ever stored: the questions would only say that tables are
/// missing.
void require_stored_data(azoth::Connection& connection, const Schema& schema) {
    try {
        (void)connection.scalar(azoth::select(azoth::func::count()).select_from(schema.loads));
    } catch (const azoth::ProgrammingError&) {
        throw InputError("the database holds no package data: store some, without --ask-only");
    }
}

int run_unguarded(const Options& options, std::ostream& out, Progress& progress) {
    ProblemLog problems = make_log(options, progress);
    const azoth::Engine engine = make_engine(options, progress);
    const Schema schema;
    Report report;
    report.database = engine.url().render_as_string();
    if (!options.ask_only) report.load = load(engine, schema, options, problems, progress);
    stop_watching_for_interrupts();
    azoth::Connection connection = engine.connect();
    if (options.ask_only) require_stored_data(connection, schema);
    report.answers = ask(connection, schema, options, progress);
    if (options.verify) report.verification = verify(connection, schema);
    if (options.json) {
        print_json(out, report, problems);
    } else {
        print_text(out, report, problems, terminal_columns(STDOUT_FILENO).value_or(100));
    }
    return report.verification && !report.verification->passed() ? 1 : 0;
}

}  // namespace

int run(const Options& options, std::ostream& out, std::ostream& err) {
    Progress progress = make_progress(options, err);
    try {
        return run_unguarded(options, out, progress);
    } catch (const Interrupted&) {
        progress.say(
            "packages: interrupted; what is stored is consistent, the next run does the rest");
        return 130;
    } catch (const std::exception& error) {
        say_lines(std::string("packages: ") + error.what(), progress);
        return 1;
    }
}

}  // namespace packages
