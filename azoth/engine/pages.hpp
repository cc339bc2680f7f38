// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>

#include <cstddef>
#include <cstdint>

namespace azoth::inline v0::engine {

/// As Statement::execute_many(), of at most `page` rows at a time: each page is a call of its own,
/// and begins when the one before has succeeded.
/// \param page at least 1
std::int64_t execute_in_pages(driver::Statement& statement, driver::RowSource& rows,
                              std::size_t page, driver::ManyResult result, driver::RowSink* sink);

}  // namespace azoth::inline v0::engine
