// SPDX-License-Identifier: MIT
#include <azoth/dialects/mariadb/row_reader_internal.hpp>

#include <algorithm>

namespace azoth::inline v0::mariadb {

void RowReader::expect(std::span<const ColumnForm> columns) {
    sizes_.clear();
    for (const ColumnForm& column : columns) sizes_.push_back(fixed_size(column.type));
    cells_.assign(columns.size(), {});
}

bool RowReader::read(const MYSQL_ROWS& row) noexcept {
    // A byte of no meaning, a bit for each column that is NULL after two of no meaning, the cells.
    constexpr std::size_t header = 1;
    constexpr std::size_t unused_bits = 2;
    constexpr std::size_t longest_length = 9;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(row.data);
    const unsigned char* const end = bytes + row.length;
    const unsigned char* position = bytes + header + (sizes_.size() + unused_bits + 7) / 8;
    if (position > end) return false;
    for (std::size_t column = 0; column < sizes_.size(); ++column) {
        const std::size_t bit = column + unused_bits;
        if ((bytes[header + bit / 8] >> bit % 8 & 1) != 0) {
            cells_[column] = {};
            continue;
        }
        std::size_t size = sizes_[column];
        if (size == 0) {
            unsigned char whole[longest_length] = {};  // so that no length is read beyond the row
            const auto left = static_cast<std::size_t>(end - position);
            if (left == 0) return false;
            std::copy_n(position, std::min(left, longest_length), whole);
            const unsigned char* after = whole;
            size = take_length(after);
            const auto length = static_cast<std::size_t>(after - whole);
            if (length > left) return false;
            position += length;
        }
        if (size > static_cast<std::size_t>(end - position)) return false;
        cells_[column] = {position, size};
        position += size;
    }
    return true;
}

void RowReader::take(std::size_t column, unsigned char** row) noexcept {
    if (row == nullptr) {
        cells_[column] = {};
        return;
    }
    const unsigned char* position = *row;
    std::size_t size = sizes_[column];
    if (size == 0) size = take_length(position);
    cells_[column] = {position, size};
    end_ = position + size;
    *row += end_ - *row;
}

void RowReader::keep() {
    const auto first = std::find_if(cells_.begin(), cells_.end(),
                                    [](const RawCell& cell) { return cell.data != nullptr; });
    if (first == cells_.end()) return;
    const unsigned char* const begin = first->data;
    const auto size = static_cast<std::size_t>(end_ - begin);
    kept_.resize(size + 1);  // also of a row of empty texts no cell may be null
    std::copy_n(begin, size, kept_.data());
    for (RawCell& cell : cells_)
        if (cell.data != nullptr) cell.data = kept_.data() + (cell.data - begin);
}

}  // namespace azoth::inline v0::mariadb
