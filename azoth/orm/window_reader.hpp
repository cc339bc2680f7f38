// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/object_sink.hpp>
#include <azoth/orm/planned_rows.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::orm {

/// Rows that a joined collection has multiplied, each once. One thread.
class UniqueRows {
  public:
    [[nodiscard]] bool is_new(std::span<Slot* const> entities, std::span<const ValueView> cells);

  private:
    boost::unordered_flat_set<std::string> seen_;
};

/// Between which rows one window may end and the next begin: those of one object whose collection
/// they bring stay together. One thread.
class WindowEdges {
  public:
    explicit WindowEdges(const LoadPlan& plan);
    /// There are rows that have to stay together.
    [[nodiscard]] bool matter() const noexcept { return !owners_.empty(); }
    void begin_window();
    /// The row has no object that a row of this window has.
    [[nodiscard]] bool is_before(const ValueView* row);
    /// The row is one of this window. Throws InvalidRequestError where an earlier window had its
    /// object: its collection would come in parts.
    void pass(const ValueView* row);

  private:
    /// Objects of one entry, by their keys.
    struct Owners {
        const LoadPlan::Entry* entry;
        boost::unordered_flat_set<std::string> here;
        boost::unordered_flat_set<std::string> earlier;
    };
    std::vector<Owners> owners_;
};

/// Takes the rows of a running statement, a window of them at a time. One thread.
class WindowReader {
  public:
    /// \param rows of a window; 0: all
    WindowReader(engine::ResultCore& result, const LoadPlan& plan, std::size_t rows)
        : rows_(result, plan), plan_(plan), window_(rows), edges_(plan) {}

    /// Makes objects of the rows of the next window by `loader`, and gives each row to `take`.
    /// \returns how many rows it gave
    template <class Loader, class Take>
    std::size_t read(Loader& loader, Take&& take) {
        const bool keeps_together = window_ != 0 && edges_.matter();
        if (keeps_together) edges_.begin_window();
        UniqueRows unique;
        std::size_t count = 0;
        while ((window_ == 0 || count < window_ || keeps_together) && next()) {
            if (keeps_together) {
                if (count >= window_ && edges_.is_before(current_)) {
                    put_back();
                    break;
                }
                edges_.pass(current_);
            }
            loader.read(current_);
            gather(loader);
            if (plan_.repeats && !unique.is_new(entities_, cells_)) continue;
            take(entities_.data(), cells_.data());
            ++count;
        }
        return count;
    }

  private:
    [[nodiscard]] bool next();
    /// The row will come again, and stays what it is whatever the connection does meanwhile.
    void put_back();
    template <class Loader>
    void gather(const Loader& loader) {
        entities_.clear();
        cells_.clear();
        for (std::size_t i = 0; i < plan_.listed; ++i)
            if (plan_.entries[i].mapper)
                entities_.push_back(loader.entity(i));
            else
                cells_.push_back(current_[plan_.entries[i].first_cell]);
    }

    PlannedRows rows_;
    const LoadPlan& plan_;
    const std::size_t window_;
    WindowEdges edges_;
    const ValueView* current_ = nullptr;
    std::vector<Slot*> entities_;
    std::vector<ValueView> cells_;
    std::vector<Value> kept_;  // of the row that was put back
    std::vector<ValueView> kept_cells_;
    bool put_back_ = false;
};

}  // namespace azoth::inline v0::orm
