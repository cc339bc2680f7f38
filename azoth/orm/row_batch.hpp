// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/orm/flush_context.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace azoth::inline v0::orm {

/// Checks that each row of a batch found the one row that it is for. Used by one thread.
class OneRowEach final : public driver::RowSink {
  public:
    /// \param or_more rows that are there several times are right too
    explicit OneRowEach(bool or_more = false) : or_more_(or_more) {}
    void row(const ValueView* cells) override {
        const bool is_known = !cells->is_null();
        const bool fits = is_known && (cells->integer == 1 || (or_more_ && cells->integer > 1));
        if (!fits && !failed_) {
            failed_ = true;
            failed_at_ = seen_;
            if (is_known) found_ = cells->integer;
        }
        ++seen_;
    }
    [[nodiscard]] bool failed() const noexcept { return failed_; }
    /// False where the database tells only that some rows have failed, not which.
    [[nodiscard]] bool knows_which() const noexcept { return found_.has_value(); }
    /// The first row that failed, where it is known.
    [[nodiscard]] std::size_t failed_at() const noexcept { return failed_at_; }
    /// How many rows it found.
    [[nodiscard]] std::int64_t found() const noexcept { return *found_; }

  private:
    std::size_t seen_ = 0;
    std::size_t failed_at_ = 0;
    std::optional<std::int64_t> found_;
    bool or_more_;
    bool failed_ = false;
};

/// What OneRowEach gets of a batch whose rows each name a whole key. \param rows how many there
/// are, at most: a single one needs no array.
[[nodiscard]] constexpr driver::ManyResult counted_by_key(std::size_t rows) noexcept {
    return rows == 1 ? driver::ManyResult::affected_rows : driver::ManyResult::affected_by_key;
}

/// The value by which an object's row is found: what the database is known to hold.
[[nodiscard]] inline ValueView known_value(const Slot& slot, const Attribute& attribute) {
    return slot.image ? (*slot.image)[attribute.index].view() : attribute.view(slot.object());
}

/// Takes a value that the database made. Throws NullValueError where the member has no place for
/// NULL.
void take_returned(FlushContext& context, Slot& slot, const Attribute& attribute,
                   const ValueView& cell);

/// \param doing "UPDATE"; \param found how many rows there were
[[noreturn]] void throw_stale(const char* doing, const Slot& slot, std::int64_t found);
/// Where it is not known which rows there were. \param expected how many the batch has
[[noreturn]] void throw_stale(const char* doing, const Mapper& mapper, std::size_t expected,
                              std::int64_t found);

}  // namespace azoth::inline v0::orm
