// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/types/value.hpp>

#include <string>
#include <vector>

namespace azoth::inline v0::engine {

/// Hands on the rows of another source, and knows the first of them before: for the log, which
/// shows them before they are sent. One thread at a time.
class LoggedRows final : public driver::RowSource {
  public:
    /// Takes the first rows. Throws what `rows` throws.
    LoggedRows(driver::RowSource& rows, std::size_t columns);

    bool next(ValueView* row) override;
    /// "[(1, 'a'), (2, 'b')]", of more than ten "[(1, 'a'), … displaying the first 10 parameter
    /// sets …]".
    [[nodiscard]] std::string shown() const;

  private:
    driver::RowSource& rows_;
    std::vector<std::vector<Value>> first_;
    std::size_t next_ = 0;
    bool is_all_ = false;
};

}  // namespace azoth::inline v0::engine
