// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/sql/compiled.hpp>

#include <array>
#include <string>
#include <vector>

namespace azoth::inline v0::engine {

/// The rows of an execution with many, as the log shows them: the first eight and the last two.
/// Hands on all of them. One thread at a time.
class LoggedRows final : public driver::RowSource {
  public:
    LoggedRows(driver::RowSource& rows, std::size_t columns, bool hidden)
        : rows_(rows), columns_(columns), hidden_(hidden) {}

    bool next(ValueView* row) override;
    /// "[insertmanyvalues, 1000 rows (ordered)] [(…), … displaying 10 of 1000 total bound parameter
    /// sets … (…)]". \param returns each row gives something back
    [[nodiscard]] std::string line(const sql::Compiled& compiled, bool returns) const;

  private:
    [[nodiscard]] std::string shown() const;

    driver::RowSource& rows_;
    const std::size_t columns_;
    const bool hidden_;
    std::size_t count_ = 0;
    std::vector<std::string> first_;
    std::array<std::string, 2> last_;  // by the row's number modulo two, from the ninth row on
};

}  // namespace azoth::inline v0::engine
