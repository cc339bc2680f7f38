// SPDX-License-Identifier: MIT
#include <azoth/engine/pages.hpp>

namespace azoth::inline v0::engine {
namespace {

/// The rows of a source, one page after the other.
class PageSource final : public driver::RowSource {
  public:
    PageSource(driver::RowSource& rows, std::size_t page) : rows_(rows), page_(page) {}

    bool next(ValueView* row) override {
        if (left_ == 0 || ended_) return false;
        ended_ = !rows_.next(row);
        --left_;
        ++given_;
        return !ended_;
    }
    [[nodiscard]] std::int64_t first_row() const noexcept override { return first_; }
    /// Whether there may be another page; begins it.
    [[nodiscard]] bool turn() noexcept {
        left_ = page_;
        first_ = given_;
        return !ended_;
    }

  private:
    driver::RowSource& rows_;
    const std::size_t page_;
    std::size_t left_ = 0;
    std::int64_t given_ = 0;
    std::int64_t first_ = 0;  // of the page
    bool ended_ = false;
};

}  // namespace

std::int64_t execute_in_pages(driver::Statement& statement, driver::RowSource& rows,
                              std::size_t page, driver::ManyResult result, driver::RowSink* sink) {
    PageSource pages(rows, page);
    std::int64_t affected = 0;
    while (pages.turn()) {
        const std::int64_t count = statement.execute_many(pages, result, sink);
        affected = count < 0 || affected < 0 ? -1 : affected + count;
    }
    return affected;
}

}  // namespace azoth::inline v0::engine
