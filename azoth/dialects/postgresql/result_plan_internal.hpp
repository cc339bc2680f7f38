// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/decode_internal.hpp>
#include <azoth/dialects/postgresql/result_internal.hpp>
#include <azoth/dialects/postgresql/row_store_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::postgresql {

class Connection;

/// How the result columns of one statement are read: a decoder each, chosen once. One thread at a
/// time.
class ResultPlan {
  public:
    explicit ResultPlan(std::span<const Kind> wanted) : wanted_(wanted.begin(), wanted.end()) {}

    [[nodiscard]] bool is_known() const noexcept { return known_; }
    /// True where the plan is for results of this one's form.
    [[nodiscard]] bool fits(const PGresult* result) const noexcept;
    /// True where `make` need not ask the server about types.
    [[nodiscard]] static bool can_be_made(const Connection& connection, const PGresult* result);
    /// Makes the plan for results of this form; may ask the server about types. Throws where a
    /// column can't be read as it is wanted.
    void make(Connection& connection, const PGresult* result, std::string_view sql);
    void forget() noexcept { known_ = false; }

    [[nodiscard]] std::span<const driver::ColumnInfo> columns() const noexcept { return columns_; }
    /// Decodes one row into `cells`. \returns the column that can't be read, or npos.
    std::size_t decode(const PGresult* result, int row, ValueView* cells) const {
        int column = 0;
        return decode(cells, [&] {
            // NULL has the length 0 too; asked about only where it can be one.
            int size = PQgetlength(result, row, column);
            if (size == 0 && PQgetisnull(result, row, column)) size = -1;
            return Field{PQgetvalue(result, row, column++), size};
        });
    }
    /// The same for a row of a RowStore.
    std::size_t decode(RowStore& rows, ValueView* cells) const {
        return decode(cells, [&] { return rows.next_field(); });
    }
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    /// Throws the error of a field that `decode` couldn't read.
    [[noreturn]] void raise_field(Connection& connection, Field field, std::size_t column,
                                  std::string_view sql) const;
    [[noreturn]] void raise_field(Connection& connection, const PGresult* result, int row,
                                  std::size_t column, std::string_view sql) const;

  private:
    struct Reader {
        Decoder decode;
        Decimal* decimal;
        Kind kept;  // text or bytes that stay as they are: read without a call; null: others
    };

    template <typename NextField>
    std::size_t decode(ValueView* cells, NextField next_field) const {
        ValueView* cell = cells;
        for (const Reader& reader : readers_) {
            const Field field = next_field();
            if (field.size < 0) {
                cell->kind = Kind::null;
            } else if (reader.kept != Kind::null) {
                cell->chars = {field.data, static_cast<std::size_t>(field.size)};
                cell->kind = reader.kept;
            } else if (reader.decode(field.data, field.size, *cell, *reader.decimal)) [[unlikely]] {
                return static_cast<std::size_t>(cell - cells);
            }
            ++cell;
        }
        return npos;
    }

    void add_column(Connection& connection, const PGresult* result, int column,
                    std::string_view sql);

    std::vector<Kind> wanted_;
    std::vector<driver::ColumnInfo> columns_;
    std::vector<Reader> readers_;
    std::unique_ptr<Decimal[]> decimals_;
    bool known_ = false;
};

/// A column for messages: 'column 2 "price" of type numeric'; `index` counts from 0.
[[nodiscard]] std::string display_column(std::string_view name, std::size_t index,
                                         std::string_view type_name);

}  // namespace azoth::inline v0::postgresql
