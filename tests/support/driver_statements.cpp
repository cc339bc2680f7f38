// SPDX-License-Identifier: MIT
#include <tests/support/driver_statements.hpp>

#include <stdexcept>

namespace driver_test {

using azoth::driver::Connection;
using azoth::driver::Statement;

StatementPtr prepare(Connection& connection, const Request& request) {
    azoth::driver::StatementRequest wanted;
    wanted.sql = request.sql;
    wanted.parameters = request.types;
    wanted.results = request.kinds;
    wanted.array_parameters = request.arrays;
    wanted.keep = request.keep;
    return connection.prepare(wanted);
}

Rows query(Connection& connection, std::string_view sql, const Parameters& parameters,
           std::vector<Type> types, std::vector<Kind> kinds) {
    types.resize(parameters.size());
    const auto statement =
        prepare(connection, {.sql = sql, .types = std::move(types), .kinds = std::move(kinds)});
    statement->execute(parameters);
    return fetch_all(*statement);
}

Rows fetch_all(Statement& statement) {
    Rows rows;
    std::vector<ValueView> cells(statement.columns().size());
    while (statement.fetch(cells.data())) rows.emplace_back(cells.begin(), cells.end());
    return rows;
}

Row fetch_row(Statement& statement) {
    std::vector<ValueView> cells(statement.columns().size());
    if (!statement.fetch(cells.data())) return {};
    return {cells.begin(), cells.end()};
}

Value scalar(Connection& connection, std::string_view sql, const Parameters& parameters,
             std::vector<Type> types, Kind wanted) {
    const Rows rows = query(connection, sql, parameters, std::move(types), {wanted});
    if (rows.size() != 1 || rows[0].size() != 1)
        throw std::runtime_error("not one cell: " + std::string(sql));
    return rows[0][0];
}

std::int64_t integer(Connection& connection, std::string_view sql) {
    const Value value = scalar(connection, sql, {}, {}, Kind::int64);
    if (value.is_null()) throw std::runtime_error("NULL: " + std::string(sql));
    return value.view().integer;
}

std::string text_of(Connection& connection, std::string_view sql) {
    const Value value = scalar(connection, sql, {}, {}, Kind::text);
    return value.is_null() ? "NULL" : std::string(value.view().text());
}

std::string to_string(const Value& value) {
    return azoth::to_display(value.view());
}

std::string to_string(const Rows& rows) {
    std::string text;
    for (const Row& row : rows) {
        if (!text.empty()) text += "; ";
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : ", ") + to_string(row[i]);
    }
    return text;
}

std::vector<Type> types_of_parameters() {
    return {Type{},
            azoth::Boolean{},
            azoth::SmallInteger{},
            azoth::Integer{},
            azoth::BigInteger{},
            azoth::Float{},
            azoth::Double{},
            azoth::Numeric{},
            azoth::String{10},
            azoth::Text{},
            azoth::LargeBinary{},
            azoth::Date{},
            azoth::TimeOfDay{},
            azoth::DateTime{},
            azoth::DateTime{.timezone = true},
            azoth::UuidType{},
            azoth::JSON{}};
}

std::vector<std::int64_t> Sink::integers() const {
    std::vector<std::int64_t> numbers;
    for (const Value& cell : cells_) numbers.push_back(cell.view().integer);
    return numbers;
}

}  // namespace driver_test
