// SPDX-License-Identifier: MIT
#pragma once

#include "../common/people.hpp"

#include <endian.h>
#include <libpq-fe.h>

#include <algorithm>
#include <concepts>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace driver {

using bench::People, bench::Person;

constexpr std::size_t page_rows = 1000;

/// A connection to PostgreSQL, frozen with the programs that use it: statements prepared and sent
/// in binary, results read, errors thrown.
class Connection {
  public:
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

  protected:
    explicit Connection(const std::string& url) : connection_{PQconnectdb(url.c_str())} {
        expect(PQstatus(connection_) == CONNECTION_OK);
    }
    ~Connection() { PQfinish(connection_); }

    using Result = std::unique_ptr<PGresult, decltype([](PGresult* result) { PQclear(result); })>;
    void expect(bool condition) const {
        if (!condition) throw std::runtime_error{PQerrorMessage(connection_)};
    }
    Result checked(PGresult* result) const {
        expect(result == nullptr || PQresultStatus(result) != PGRES_FATAL_ERROR);
        return Result{result};
    }
    Result next() const { return checked(PQgetResult(connection_)); }
    void prepare(const char* sql, const char* name = "") {
        checked(PQprepare(connection_, name, sql, 0, nullptr));
    }
    void send(const char* name, std::initializer_list<std::string_view> values = {}) {
        const char* data[3];
        int size[3], binary[3] = {1, 1, 1}, count = 0;
        for (const auto value : values)
            data[count] = value.data(), size[count++] = static_cast<int>(value.size());
        expect(PQsendQueryPrepared(connection_, name, count, data, size, binary, 1) == 1);
    }
    Result execute(const char* name, std::initializer_list<std::string_view> values = {}) {
        send(name, values);
        Result result = next();
        while (next()) continue;
        return result;
    }
    static std::int64_t id(const Result& result, int row, int column = 0) {
        std::uint64_t number = 0;
        std::memcpy(&number, PQgetvalue(result.get(), row, column), sizeof number);
        return static_cast<std::int64_t>(be64toh(number));
    }
    static std::string text(const Result& row, int column) {
        const auto size = static_cast<std::size_t>(PQgetlength(row.get(), 0, column));
        return {PQgetvalue(row.get(), 0, column), size};
    }
    static Person person(const Result& row) { return {id(row, 0), text(row, 1), text(row, 2)}; }

    static std::string_view bytes(std::string_view text) { return text; }
    template <std::integral Number>
    static std::string bytes(Number number) {
        const auto big = htobe64(static_cast<std::uint64_t>(number) << (64 - 8 * sizeof number));
        return {reinterpret_cast<const char*>(&big), sizeof number};
    }
    /// A field of the page that begins at `first`, as an array in PostgreSQL's binary form.
    template <class Type>
    static std::string array(const People& people, std::size_t first, Type Person::* field) {
        return array(page(people, first), field);
    }
    /// The page of at most page_rows that begins at `first`.
    template <class Row>
    static std::span<const Row> page(const std::vector<Row>& rows, std::size_t first) {
        return {&rows[first], std::min(page_rows, rows.size() - first)};
    }
    /// What `field` gives for each of the rows, as an array in PostgreSQL's binary form.
    template <class Row, class Field>
    static std::string array(std::span<const Row> rows, Field field) {
        using Type = std::remove_cvref_t<std::invoke_result_t<Field, const Row&>>;
        const std::size_t type = std::is_integral_v<Type> ? 20 : 25;  // bigint, text
        std::string array;
        for (const auto word : {1UL, 0UL, type, rows.size(), 1UL})
            array += bytes(static_cast<std::uint32_t>(word));
        for (const Row& row : rows) {
            const auto& value = bytes(std::invoke(field, row));
            array.append(bytes(static_cast<std::uint32_t>(value.size()))).append(value);
        }
        return array;
    }

    PGconn* connection_;
};

}  // namespace driver
