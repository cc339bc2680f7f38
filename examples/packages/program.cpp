// SPDX-License-Identifier: MIT
#include "program.hpp"

#include "byte_source.hpp"
#include "core_questions.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "model.hpp"
#include "questions.hpp"
#include "report.hpp"
#include "terminal.hpp"
#include "utf8.hpp"
#include <azoth/sqlite.hpp>
#ifdef PACKAGES_WITH_MARIADB
#include <azoth/mariadb.hpp>
#endif
#ifdef PACKAGES_WITH_POSTGRESQL
#include <azoth/postgresql.hpp>
#endif

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <limits>
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

LoadReport load(const azoth::Engine& engine, const azoth::Model& model, const Options& options,
                ProblemLog& problems, Progress& progress) {
    const std::vector<std::filesystem::path> sources = sources_of(options);
    const Input input = read_input(sources, problems, progress);
    LoadReport report;
    for (const std::filesystem::path& source : sources) report.sources.push_back(source.string());
    report.records = input.counts;
    report.remnants = input.remnants;
    report.packages = input.packages.size();
    report.counts = store(engine, model, input.packages, problems.count(), options.batch, progress);
    return report;
}

std::vector<Answer> ask(azoth::Session& session, const Options& options, std::int64_t limit,
                        Progress& progress) {
    constexpr std::uint64_t questions = 8;
    std::vector<Answer> answers;
    progress.start("ask", questions, "questions");
    const auto next = [&](Answer answer) {
        answers.push_back(std::move(answer));
        progress.advance_to(answers.size());
    };
    next(most_depended_on(session, limit));
    next(closure(session, options.closure_of, limit));
    next(maintainers_by_packages(session, limit));
    next(maintainers_by_size(session, limit));
    next(most_used_tags(session, limit));
    next(missing_dependencies(session, limit));
    next(mutual_dependencies(session, limit));
    next(circular_dependencies(session, limit));
    progress.finish();
    return answers;
}

/// Asks for all rows, checks what is stored and the answers, and leaves of these what was asked
/// for.
void ask_and_verify(const azoth::Engine& engine, azoth::Session& session, const Options& options,
                    Report& report, Progress& progress) {
    constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
    report.answers = ask(session, options, all, progress);
    report.verification = verify(session);
    azoth::Connection connection = engine.connect();
    compare(*report.verification, report.answers, core::ask(connection, options.closure_of, all));
    for (Answer& answer : report.answers) {
        const auto limit = static_cast<std::size_t>(options.limit);
        answer.rows.resize(std::min(answer.rows.size(), limit));
    }
}

/// Throws InputError where nothing was ever stored: the questions would only say that tables are
/// missing.
void require_stored_data(azoth::Session& session) {
    try {
        (void)session.scalar(azoth::select(azoth::func::count(azoth::col<&Load::id>)));
    } catch (const azoth::ProgrammingError&) {
        throw InputError("the database holds no package data: store some, without --ask-only");
    }
}

int run_unguarded(const Options& options, std::ostream& out, Progress& progress) {
    ProblemLog problems = make_log(options, progress);
    const azoth::Engine engine = make_engine(options, progress);
    const azoth::Model model = make_model();
    Report report;
    report.database = engine.url().render_as_string();
    if (!options.ask_only) report.load = load(engine, model, options, problems, progress);
    stop_watching_for_interrupts();
    azoth::Session session(engine, model);
    if (options.ask_only) require_stored_data(session);
    if (options.verify)
        ask_and_verify(engine, session, options, report, progress);
    else
        report.answers = ask(session, options, options.limit, progress);
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
