// SPDX-License-Identifier: MIT
// Quoting (design rule R27): whatever a name or a text holds, it stays inside its quotes. Asked of
// SQLite itself, through a statement made by its compiler, and of the rule that PostgreSQL's
// compiler shares.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/core.hpp>
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/dialects/sqlite/compiler.hpp>
#include <azoth/sql/compiled.hpp>
#include <azoth/sql/identifier.hpp>

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

using azoth_fuzz::require;

namespace {

sqlite3* database() {
    static const std::unique_ptr<sqlite3, int (*)(sqlite3*)> opened = [] {
        sqlite3* handle = nullptr;
        require(sqlite3_open(":memory:", &handle) == SQLITE_OK, "SQLite opens");
        return std::unique_ptr<sqlite3, int (*)(sqlite3*)>(handle, &sqlite3_close);
    }();
    return opened.get();
}

using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

/// The one statement that the SQL must be.
Statement prepared(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v2(database(), sql.data(), static_cast<int>(sql.size()), &statement, &tail);
    require(code == SQLITE_OK && tail == sql.data() + sql.size(), "the SQL is one statement");
    return {statement, &sqlite3_finalize};
}

/// The first quoted piece of the SQL, read as the databases do: a doubled quote is one.
std::string unquoted(std::string_view sql, std::size_t& end) {
    std::string name;
    std::size_t at = sql.find('"') + 1;
    for (; at < sql.size(); ++at) {
        if (sql[at] == '"' && (at + 1 == sql.size() || sql[at + 1] != '"')) break;
        if (sql[at] == '"') ++at;
        name += sql[at];
    }
    end = at + 1;
    return name;
}

/// The statement that gives `name` to its one column; empty where the name is refused.
template <class Compiler>
std::string compiled(std::string_view name, std::size_t longest) {
    try {
        const auto statement = azoth::select(azoth::literal(1).label(std::string(name)));
        return Compiler().compile(statement.node(), azoth::sql::CompileMode::single)->sql;
    } catch (const azoth::Error&) {
        require(name.empty() || name.size() > longest || name.find('\0') != std::string_view::npos,
                "only names that are empty, too long or hold a NUL are refused");
        return {};
    }
}

void check_identifier(std::string_view name) {
    const std::string in_sqlite = compiled<azoth::sqlite::Compiler>(name, std::string_view::npos);
    if (in_sqlite.empty()) return;
    const Statement select = prepared(in_sqlite);
    require(sqlite3_column_count(select.get()) == 1, "a name adds no column");
    require(sqlite3_column_name(select.get(), 0) == name, "SQLite reads the name as it was");

    constexpr std::size_t longest = 63;
    const std::string in_postgresql = compiled<azoth::postgresql::Compiler>(name, longest);
    if (in_postgresql.empty()) return;
    std::size_t end = 0;
    require(unquoted(in_postgresql, end) == name && end == in_postgresql.size(),
            "PostgreSQL reads the name as it was");
}

void check_text(std::string_view text) {
    std::string sql = "SELECT ";
    try {
        azoth::sql::quote_text(sql, text);
    } catch (const azoth::DataError&) {
        require(text.find('\0') != std::string_view::npos, "only a NUL is refused");
        return;
    }
    const Statement select = prepared(sql);
    require(sqlite3_step(select.get()) == SQLITE_ROW, "the SELECT gives a row");
    const auto* const read = reinterpret_cast<const char*>(sqlite3_column_text(select.get(), 0));
    const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(select.get(), 0));
    require(std::string_view(read, bytes) == text, "SQLite reads the text as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = azoth_fuzz::Input(data, size).rest();
    check_identifier(text);
    check_text(text);
    return 0;
}
