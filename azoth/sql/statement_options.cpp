// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/statement_options.hpp>

#include <string>

namespace azoth::inline v0 {
namespace {

void require_rows(const char* option, const std::optional<std::size_t>& rows) {
    if (rows == 0U) throw ArgumentError(std::string(option) + " must be 1 at least");
}

}  // namespace

void StatementOptions::check() const {
    require_rows("max_row_buffer", max_row_buffer);
    require_rows("yield_per", yield_per);
}

}  // namespace azoth::inline v0
