// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/orm/flush_context.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace azoth::inline v0::orm {

/// Checks that each row of a batch found the one row that it is for. Used by one thread.
class OneRowEach final : public driver::RowSink {
  public:
    /// \param or_more rows that are there several times are right too
    explicit OneRowEach(bool or_more = false) : or_more_(or_more) {}
    void row(const ValueView* cells) override {
        const bool fits = cells->integer == 1 || (or_more_ && cells->integer > 1);
        if (!fits && !failed_) {
            failed_ = true;
            failed_at_ = seen_;
            found_ = cells->integer;
        }
        ++seen_;
    }
    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] std::size_t failed_at() const noexcept { return failed_at_; }
    [[nodiscard]] std::int64_t found() const noexcept { return found_; }

  private:
    std::size_t seen_ = 0;
    std::size_t failed_at_ = 0;
    std::int64_t found_ = 0;
    bool or_more_;
    bool failed_ = false;
};

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

}  // namespace azoth::inline v0::orm
