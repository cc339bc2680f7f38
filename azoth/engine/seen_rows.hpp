// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/value.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace azoth::inline v0::engine {

/// The rows that a result of different rows has handed out. One thread at a time.
///
/// Two rows are the same where Value's comparison says so of each cell: NULL equals NULL, a decimal
/// another of its value.
class SeenRows {
  public:
    /// \param columns how many of the first columns are compared; 0: all
    explicit SeenRows(std::size_t columns) noexcept : columns_(columns) {}

    /// Notes a row. \returns whether it is the first of its kind
    [[nodiscard]] bool add(std::span<const ValueView> cells);

  private:
    std::size_t columns_;
    std::string key_;  // kept for its memory
    boost::unordered_flat_set<std::string> keys_;
};

}  // namespace azoth::inline v0::engine
