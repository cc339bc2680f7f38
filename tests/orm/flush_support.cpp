// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

#include <regex>

namespace flush_test {
namespace {

/// Every match of `pattern`, its first group, separated by commas.
std::string all_of(const std::string& text, const char* pattern) {
    const std::regex expression(pattern);
    std::string found;
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at)
        found += (found.empty() ? "" : ", ") + (*at)[1].str();
    return found;
}

std::string first_of(const std::string& text, const char* pattern) {
    std::smatch match;
    return std::regex_search(text, match, std::regex(pattern)) ? match[1].str() : std::string();
}

}  // namespace

std::string in_short(std::string_view sql) {
    std::string text(sql.substr(0, sql.find('\n')));
    std::erase_if(text, [](char c) { return c == '"' || c == '`'; });
    text = std::regex_replace(text, std::regex(R"((WHERE|AND) \w+\.)"), "$1 ");
    const std::string returned =
        std::regex_replace(first_of(text, R"( RETURNING (.*)$)"), std::regex(R"(\w+\.)"), "");
    const std::string back = returned.empty() || returned == "id" ? "" : " -> " + returned;
    const std::string where = all_of(text, R"((?:WHERE|AND) (\w+) = )");
    if (text.starts_with("INSERT INTO "))
        return "INSERT " + first_of(text, R"(^INSERT INTO (\w+))") +
               (text.find(" DEFAULT VALUES") == std::string::npos &&
                        text.find(" () VALUES ()") == std::string::npos
                    ? " (" + first_of(text, R"(^INSERT INTO \w+ \(([^)]*)\))") + ")"
                    : "") +
               back;
    if (text.starts_with("UPDATE ")) {
        const std::string set = first_of(text, R"( SET (.*?) WHERE )");
        return "UPDATE " + first_of(text, R"(^UPDATE (\w+))") + " SET " +
               all_of(set, R"((\w+) = )") + " WHERE " + where +
               (returned.empty() ? "" : " -> " + returned);
    }
    if (text.starts_with("DELETE FROM "))
        return "DELETE " + first_of(text, R"(^DELETE FROM (\w+))") + " WHERE " + where;
    if (text.starts_with("SELECT ")) return "SELECT " + first_of(text, R"( FROM (\w+))");
    return text;
}

FlushTest::FlushTest()
    : engine(create_engine(GetParam().url, {.echo = true, .log = [this](const LogRecord& record) {
                                                if (record.level == LogRecord::Level::warning) {
                                                    warnings_.emplace_back(record.message);
                                                } else {
                                                    lines_.emplace_back(record.message);
                                                    on_sent();
                                                }
                                            }})) {}

FlushTest::~FlushTest() {
    session.reset();
    if (!model_) return;
    try {
        drop_tables();
    } catch (const std::exception& error) {
        ADD_FAILURE() << "the tables could not be dropped: " << error.what();
    }
}

Strings FlushTest::read_back(const std::string& update, const std::string& columns) const {
    if (requirements.update_returning) return {update + " -> " + columns};
    return {update, "SELECT " + first_of(update, R"(^UPDATE (\w+))")};
}

/// Also where rows refer to each other in a circle, which SQLite would not let go.
void FlushTest::drop_tables() {
    const Engine dropping = create_engine(GetParam().url, {.isolation_level = "AUTOCOMMIT"});
    Connection connection = dropping.connect();
    if (dropping.dialect().name() == "sqlite")
        connection.execute(text("PRAGMA foreign_keys = off"));
    if (requirements.mariadb) connection.execute(text("set foreign_key_checks = 0"));
    model_->drop_all(connection);
}

void FlushTest::use(const Model& tested) {
    model_ = std::make_unique<Model>(tested);
    drop_tables();
    tested.create_all(engine);
    reopen();
}

void FlushTest::reopen() {
    session.reset();
    session = std::make_unique<Session>(engine, *model_);
    lines_.clear();
}

Strings FlushTest::sent() {
    Strings statements;
    for (const std::string& line : std::exchange(lines_, {})) {
        std::string statement = in_short(line);
        if (statement.starts_with("BEGIN") || statement.starts_with("COMMIT") ||
            statement.starts_with("ROLLBACK"))
            continue;
        statements.push_back(std::move(statement));
    }
    return statements;
}

Strings FlushTest::flushed() {
    lines_.clear();
    session->flush();
    return sent();
}

Strings FlushTest::rows(std::string_view sql) {
    Connection connection = engine.connect();
    Strings all;
    for (const auto& row : connection.execute(text(sql))) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += (i == 0 ? "" : " ") + to_display(row[i].view());
        all.push_back(std::move(line));
    }
    lines_.clear();
    return all;
}

void FlushTest::elsewhere(std::string_view sql) {
    engine.begin([&](Connection& connection) { connection.execute(text(sql)); });
    lines_.clear();
}

}  // namespace flush_test
