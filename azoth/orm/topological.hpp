// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Order among things that depend on each other. The things are numbers from 0 on.
namespace azoth::inline v0::orm {

/// `first` comes before `second`. A plain value; the same edge may be given any number of times.
struct Edge {
    std::uint32_t first;
    std::uint32_t second;
};

/// For each of `count` things whether it lies on a circle of edges.
[[nodiscard]] AZOTH_EXPORT std::vector<bool> find_circles(std::size_t count,
                                                          std::span<const Edge> edges);

/// All things in an order that the edges allow: of those that may come next, always the one of the
/// lowest rank. What lies on a circle, or behind one, is left out.
[[nodiscard]] AZOTH_EXPORT std::vector<std::uint32_t> sort_by_rank(
    std::span<const Edge> edges, std::span<const std::uint64_t> ranks);

/// The things in layers: each layer needs nothing but what stands in earlier ones. What lies on a
/// circle, or behind one, is left out.
[[nodiscard]] AZOTH_EXPORT std::vector<std::vector<std::uint32_t>> sort_in_layers(
    std::size_t count, std::span<const Edge> edges);

}  // namespace azoth::inline v0::orm
