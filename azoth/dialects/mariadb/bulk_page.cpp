// SPDX-License-Identifier: MIT
#include <azoth/dialects/mariadb/bulk_page_internal.hpp>

namespace azoth::inline v0::mariadb {
namespace {

// libmariadb reads indicators and never writes them.
char is_value = STMT_INDICATOR_NONE;
char is_null = STMT_INDICATOR_NULL;

}  // namespace

void BulkPage::begin(std::size_t columns) {
    columns_ = columns;
    rows_ = 0;
    size_ = 0;
    parameters_.clear();
    types_.assign(columns, {});
    arena_.clear();
}

bool BulkPage::takes(std::span<const Parameter> row, std::size_t limit) const noexcept {
    constexpr std::size_t most_rows = 10'000;
    if (rows_ == 0) return true;
    if (rows_ == most_rows) return false;
    std::size_t size = size_;
    for (std::size_t i = 0; i < columns_; ++i) {
        size += row[i].packet_size();
        if (row[i].is_null() || types_[i].is_null()) continue;
        if (row[i].type != types_[i].type || row[i].is_unsigned != types_[i].is_unsigned)
            return false;
    }
    return size <= limit;
}

void BulkPage::add(std::span<const Parameter> row) {
    for (std::size_t i = 0; i < columns_; ++i) {
        Parameter kept = row[i];
        if (kept.has_chars() && kept.chars.size != 0) {
            const std::string_view copy = arena_.copy({kept.chars.data, kept.chars.size});
            kept.chars = {copy.data(), copy.size()};
        }
        if (types_[i].is_null()) types_[i] = kept;
        size_ += kept.packet_size();
        parameters_.push_back(kept);
    }
    ++rows_;
}

void BulkPage::describe(std::vector<MYSQL_BIND>& binds) const {
    binds.assign(columns_, {});
    for (std::size_t i = 0; i < columns_; ++i) {
        // a column of NULLs alone needs a type too
        binds[i].buffer_type = types_[i].is_null() ? MYSQL_TYPE_VAR_STRING : types_[i].type;
        binds[i].is_unsigned = types_[i].is_unsigned ? 1 : 0;
        binds[i].u.indicator = &is_null;
    }
}

void BulkPage::fill(MYSQL_BIND* binds, std::size_t row) noexcept {
    Parameter* const parameters = &parameters_[row * columns_];
    for (std::size_t i = 0; i < columns_; ++i) {
        binds[i].u.indicator = parameters[i].is_null() ? &is_null : &is_value;
        if (!parameters[i].is_null()) parameters[i].fill(binds[i]);
    }
}

}  // namespace azoth::inline v0::mariadb
