// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/decode_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <mysql.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::mariadb {

class Connection;

/// How the columns of a result become cells. One thread at a time.
class ResultPlan {
  public:
    static constexpr auto npos = static_cast<std::size_t>(-1);

    /// Takes note of the columns that will come, of which only the names are final: an expression's
    /// type may depend on what its parameters turn out to be. Throws where their number is wrong.
    void announce(std::span<const MYSQL_FIELD> fields, std::span<const Kind> wanted,
                  std::string_view sql);
    /// Plans for these columns. Throws, naming the column, where a wanted kind can't be had; the
    /// error says that it spoiled what `poisoned` says.
    void make(std::span<const MYSQL_FIELD> fields, std::span<const Kind> wanted,
              std::string_view sql, Poisoned poisoned);
    /// Whether columns of these types can be read by this plan.
    [[nodiscard]] bool fits(std::span<const MYSQL_FIELD> fields) const noexcept;
    /// Whether the columns are still called what the caller was told.
    [[nodiscard]] bool has_names_of(std::span<const MYSQL_FIELD> fields) const noexcept;

    [[nodiscard]] std::span<const driver::ColumnInfo> columns() const noexcept { return columns_; }
    [[nodiscard]] std::span<const ColumnForm> forms() const noexcept { return forms_; }
    /// True where decoded cells may point into the row.
    [[nodiscard]] bool borrows() const noexcept { return borrows_; }

    /// \returns npos, or the column that can't be decoded.
    [[nodiscard]] std::size_t decode(const RawCell* raw, ValueView* cells);
    /// Throws the DataError for the column that decode named.
    [[noreturn]] void raise_cell(const Connection& connection, const RawCell& raw,
                                 std::size_t column, std::string_view sql);

  private:
    void describe(std::span<const MYSQL_FIELD> fields, std::span<const Kind> wanted,
                  std::string_view sql, Poisoned poisoned);

    std::vector<ColumnForm> forms_;
    std::vector<Kind> wanted_;
    std::vector<Decoder> decoders_;
    std::vector<Decimal> decimals_;  // one a column: what decimal cells point at
    std::vector<driver::ColumnInfo> columns_;
    std::string problem_;  // what the last decoding failed with
    bool borrows_ = false;
};

}  // namespace azoth::inline v0::mariadb
