// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/buffer_internal.hpp>
#include <azoth/dialects/postgresql/result_internal.hpp>

#include <cstddef>
#include <cstring>

namespace azoth::inline v0::postgresql {

/// A field of a row in the server's form: borrowed.
struct Field {
    const char* data;
    int size;  ///< negative: NULL
};

/// Rows that were put aside, field after field in one piece of memory, to be read in order. One
/// thread at a time.
class RowStore {
  public:
    /// Adds one row. Not after reading has begun: what was read points into the memory.
    void add(const PGresult* result, int row) {
        const int columns = PQnfields(result);
        for (int column = 0; column < columns; ++column) {
            const bool null = PQgetisnull(result, row, column);
            const int size = null ? -1 : PQgetlength(result, row, column);
            std::memcpy(bytes_.extend(sizeof size), &size, sizeof size);
            if (size > 0)
                bytes_.append({PQgetvalue(result, row, column), static_cast<std::size_t>(size)});
        }
        ++row_count_;
    }
    [[nodiscard]] std::size_t row_count() const noexcept { return row_count_; }

    /// The next field, of row after row.
    [[nodiscard]] Field next_field() noexcept {
        int size = 0;
        std::memcpy(&size, bytes_.data() + read_, sizeof size);
        read_ += sizeof size;
        const Field field{bytes_.data() + read_, size};
        if (size > 0) read_ += static_cast<std::size_t>(size);
        return field;
    }
    [[nodiscard]] std::size_t position() const noexcept { return read_; }
    /// Back to a position, to read the same fields once more.
    void seek(std::size_t position) noexcept { read_ = position; }

  private:
    Buffer bytes_;
    std::size_t read_ = 0;
    std::size_t row_count_ = 0;
};

}  // namespace azoth::inline v0::postgresql
