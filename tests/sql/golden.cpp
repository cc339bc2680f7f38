// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/compiler.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/dialects/sqlite/compiler.hpp>

#include <tests/support/golden_file.hpp>

#include <filesystem>
#include <sstream>
#include <string>

namespace azoth_test {
namespace {

template <class Compiler>
void add_part(std::string& text, const char* dialect, const azoth::sql::Statement& statement) {
    text += std::string(text.empty() ? "" : "\n") + "-- " + dialect + "\n";
    try {
        const auto compiled = Compiler().compile(statement.node(), azoth::sql::CompileMode::single);
        const auto segments = azoth::sql::collect_segments(statement.node(), statement.values());
        text += (compiled->varies() ? azoth::sql::arrange(*compiled, segments, {}).sql
                                    : compiled->sql) +
                "\n";
    } catch (const azoth::CompileError& error) {
        text += std::string("-- refused: ") + error.what() + "\n";
    }
}

std::string parts_of(const azoth::sql::Statement& statement) {
    std::string text;
    add_part<azoth::sqlite::Compiler>(text, "sqlite", statement);
    add_part<azoth::postgresql::Compiler>(text, "postgresql", statement);
    add_part<azoth::mariadb::Compiler>(text, "mariadb", statement);
    add_part<azoth::mssql::Compiler>(text, "mssql", statement);
    add_part<azoth::oracle::Compiler>(text, "oracle", statement);
    return text;
}

}  // namespace

void expect_golden(std::string_view construct, const azoth::sql::Statement& statement) {
    const std::filesystem::path file =
        std::filesystem::path(AZOTH_GOLDEN_FILES) / (std::string(construct) + ".sql");
    azoth::test::expect_golden_file(file, parts_of(statement));
}

std::vector<GoldenText> golden_texts(std::string_view dialect) {
    std::vector<GoldenText> texts;
    const std::filesystem::path root(AZOTH_GOLDEN_FILES);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".sql") continue;
        const std::string only = entry.path().stem().extension();
        if (!only.empty() && only != "." + std::string(dialect)) continue;
        std::istringstream lines(azoth::test::content_of(entry.path()));
        const std::string head = "-- " + std::string(dialect);
        bool inside = false;
        GoldenText text;
        for (std::string line; std::getline(lines, line);) {
            if (line.empty())
                inside = false;
            else if (line == head)
                inside = true;
            else if (inside && !line.starts_with("-- refused: "))
                text.sql += line + "\n";
        }
        if (text.sql.empty()) continue;
        text.construct = entry.path().lexically_relative(root).replace_extension();
        texts.push_back(std::move(text));
    }
    return texts;
}

}  // namespace azoth_test
