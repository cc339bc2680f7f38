// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/decode_internal.hpp>

#include <mysql.h>

#include <cstddef>
#include <span>
#include <vector>

namespace azoth::inline v0::mariadb {

/// Takes rows of the binary protocol apart, without copying or converting anything. One thread at a
/// time.
class RowReader {
  public:
    /// Rows will have these columns.
    void expect(std::span<const ColumnForm> columns);

    /// A row as it was stored. \returns false where it is malformed.
    [[nodiscard]] bool read(const MYSQL_ROWS& row) noexcept;

    /// The next cell of a row that libmariadb is reading; null `row` for NULL. Moves it behind the
    /// cell.
    void take(std::size_t column, unsigned char** row) noexcept;

    /// Copies the row that was taken last to where it stays until the next.
    void keep();

    [[nodiscard]] const RawCell* cells() const noexcept { return cells_.data(); }

  private:
    std::vector<std::size_t> sizes_;  // of each column's cells, 0 where they differ
    std::vector<RawCell> cells_;
    const unsigned char* end_ = nullptr;  // of the row taken last
    std::vector<unsigned char> kept_;
};

}  // namespace azoth::inline v0::mariadb
