// SPDX-License-Identifier: MIT
#include "json_writer.hpp"
#include "report.hpp"

namespace packages {

namespace {

void write_problems(JsonWriter& json, const ProblemLog& problems) {
    json.key("problems");
    json.begin_object();
    json.key("count").value(problems.count());
    json.key("kinds");
    json.begin_object();
    for (std::size_t i = 0; i < problem_kinds; ++i) {
        const auto kind = static_cast<ProblemKind>(i);
        if (problems.count(kind) > 0) json.key(to_string(kind)).value(problems.count(kind));
    }
    json.end_object();
    json.key("first");
    json.begin_array();
    for (const Problem& problem : problems.kept()) {
        json.begin_object();
        json.key("file").value(problem.file);
        json.key("line").value(problem.line);
        json.key("kind").value(to_string(problem.kind));
        json.key("message").value(problem.message);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void write_load(JsonWriter& json, const LoadReport& load) {
    json.key("sources");
    json.begin_array();
    for (const std::string& source : load.sources) json.value(source);
    json.end_array();
    json.key("input");
    json.begin_object();
    json.key("records").value(load.records.records);
    json.key("packages").value(load.packages);
    json.key("older_versions").value(load.records.superseded);
    json.key("repetitions").value(load.records.repeated);
    json.key("remnants").value(load.remnants);
    json.end_object();
    json.key("stored");
    json.begin_object();
    json.key("inserted").value(load.counts.inserted);
    json.key("updated").value(load.counts.updated);
    json.key("unchanged").value(load.counts.unchanged);
    json.key("deleted").value(load.counts.deleted);
    json.key("dependencies_written").value(load.counts.dependencies);
    json.key("tags_written").value(load.counts.tags);
    json.end_object();
}

void write_cell(JsonWriter& json, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell))
        json.value(*number);
    else if (const auto* text = std::get_if<std::string>(&cell))
        json.value(*text);
    else
        json.null();
}

void write_answer(JsonWriter& json, const Answer& answer) {
    json.key(answer.name);
    json.begin_object();
    json.key("columns");
    json.begin_array();
    for (const std::string& column : answer.columns) json.value(column);
    json.end_array();
    json.key("rows");
    json.begin_array();
    for (const auto& row : answer.rows) {
        json.begin_array();
        for (const Cell& cell : row) write_cell(json, cell);
        json.end_array();
    }
    json.end_array();
    if (answer.total) json.key("total").value(*answer.total);
    json.end_object();
}

void write_verification(JsonWriter& json, const Verification& verification) {
    json.key("verification");
    json.begin_object();
    json.key("passed").value(verification.passed());
    json.key("packages").value(verification.packages);
    json.key("dependencies").value(verification.dependencies);
    json.key("tags").value(verification.tags);
    json.key("differing");
    json.begin_array();
    for (const std::string& name : verification.differing) json.value(name);
    json.end_array();
    json.key("wrong_targets").value(verification.wrong_targets);
    json.key("unfinished_loads").value(verification.unfinished_loads);
    json.key("answers_compared").value(verification.answers);
    json.key("differing_answers");
    json.begin_array();
    for (const std::string& name : verification.differing_answers) json.value(name);
    json.end_array();
    json.end_object();
}

}  // namespace

void print_json(std::ostream& out, const Report& report, const ProblemLog& problems) {
    JsonWriter json(out);
    json.begin_object();
    json.key("database").value(report.database);
    if (report.load) {
        write_load(json, *report.load);
        write_problems(json, problems);
    }
    json.key("answers");
    json.begin_object();
    for (const Answer& answer : report.answers) write_answer(json, answer);
    json.end_object();
    if (report.verification) write_verification(json, *report.verification);
    json.end_object();
}

}  // namespace packages
