// SPDX-License-Identifier: MIT
// Decoding what SQLite may hold: every storage class with any content, read as every kind, gives a
// value or a ConversionProblem, and the quick way gives what the thorough one does. Input: a byte
// for the storage class, one for the wanted kind, the content.
#include "support.hpp"
#include <azoth/dialects/sqlite/conversion.hpp>
#include <azoth/dialects/sqlite/decode.hpp>
#include <azoth/dialects/sqlite/plain_cells.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/value.hpp>

#include <sqlite3.h>

#include <bit>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

using azoth::Decimal;
using azoth::Kind;
using azoth::Value;
using azoth::ValueView;
using azoth_fuzz::Input;
using azoth_fuzz::require;

namespace {

constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::decimal) + 1;

struct Database {
    Database() {
        require(sqlite3_open(":memory:", &handle) == SQLITE_OK, "SQLite opens");
        constexpr const char* sql = "SELECT ?1";
        require(sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr) == SQLITE_OK,
                "the statement is one");
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() {
        sqlite3_finalize(statement);
        sqlite3_close(handle);
    }
    sqlite3* handle = nullptr;
    sqlite3_stmt* statement = nullptr;
};

void bind(sqlite3_stmt* statement, std::size_t storage_class, Input content) {
    const std::string_view bytes = content.rest();
    const auto size = static_cast<int>(bytes.size());
    int code = SQLITE_OK;
    switch (storage_class) {
        case 0: code = sqlite3_bind_null(statement, 1); break;
        case 1:
            code = sqlite3_bind_int64(statement, 1, static_cast<std::int64_t>(content.number()));
            break;
        case 2:
            code = sqlite3_bind_double(statement, 1, std::bit_cast<double>(content.number()));
            break;
        case 3:
            code = sqlite3_bind_text(statement, 1, bytes.empty() ? "" : bytes.data(), size,
                                     SQLITE_TRANSIENT);
            break;
        default:
            code = sqlite3_bind_blob(statement, 1, bytes.empty() ? "" : bytes.data(), size,
                                     SQLITE_TRANSIENT);
            break;
    }
    require(code == SQLITE_OK, "SQLite takes the value");
}

std::optional<Value> decoded(const azoth::sqlite::RawCell& raw, Kind wanted) {
    ValueView cell;
    Decimal decimal;
    try {
        azoth::sqlite::decode_cell(raw, wanted, cell, decimal);
    } catch (const azoth::sqlite::ConversionProblem& problem) {
        require(*problem.what() != '\0', "a problem is told");
        return std::nullopt;
    }
    require(cell.is_null() || wanted == Kind::null || cell.kind == wanted,
            "a value is of the wanted kind");
    require(!to_display(cell).empty(), "every value can be shown");
    return Value(cell);
}

void check(sqlite3_stmt* statement, Kind wanted) {
    const azoth::sqlite::RawCell raw = azoth::sqlite::read_cell(statement, 0);
    const std::optional<Value> thorough = decoded(raw, wanted);

    ValueView cell;
    if (azoth::sqlite::decode_plain_cell(statement, 0, wanted, cell))
        require(thorough && *thorough == Value(cell), "the quick way gives the same value");

    azoth::driver::Arena arena;
    require(decoded(azoth::sqlite::keep_in(arena, raw), wanted) == thorough,
            "a cell that was kept gives the same value");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Database database;
    Input input(data, size);
    const std::size_t storage_class = input.choice(5);
    const auto wanted = static_cast<Kind>(input.choice(kind_count));
    bind(database.statement, storage_class, input);
    require(sqlite3_step(database.statement) == SQLITE_ROW, "the SELECT gives a row");
    check(database.statement, wanted);
    sqlite3_reset(database.statement);
    return 0;
}
