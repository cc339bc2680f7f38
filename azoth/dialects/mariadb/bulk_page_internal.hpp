// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/encode_internal.hpp>

#include <mysql.h>

#include <cstddef>
#include <span>
#include <vector>

namespace azoth::inline v0::mariadb {

/// Parameter rows on their way to the server in one command. One thread at a time.
///
/// A command says the type of each parameter once, so all rows of a page have the same, save NULLs.
class BulkPage {
  public:
    /// Empties the page; rows will have `columns` parameters.
    void begin(std::size_t columns);

    [[nodiscard]] bool is_empty() const noexcept { return rows_ == 0; }
    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    /// Whether this row may come to those that are there: the page is not larger than `limit` bytes
    /// then, and the types agree. An empty page takes any row.
    [[nodiscard]] bool takes(std::span<const Parameter> row, std::size_t limit) const noexcept;
    /// Adds a copy of a row that the page takes.
    void add(std::span<const Parameter> row);

    /// Tells libmariadb the types; the rows follow through `fill`.
    void describe(std::vector<MYSQL_BIND>& binds) const;
    /// Points the binds at the parameters of one row.
    void fill(MYSQL_BIND* binds, std::size_t row) noexcept;

  private:
    std::size_t columns_ = 0;
    std::size_t rows_ = 0;
    std::size_t size_ = 0;  // bytes in the packet, about
    std::vector<Parameter> parameters_;
    std::vector<Parameter> types_;  // the first of each column that is not NULL
    Arena arena_;
};

}  // namespace azoth::inline v0::mariadb
