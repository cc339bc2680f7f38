// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace packages {

/// An edge of a directed graph: the first node needs the second.
struct Edge {
    std::int64_t from{};
    std::int64_t to{};
};

/// The groups of nodes that all reach each other, each of at least two; Tarjan's algorithm.
///
/// Largest first, then by smallest node; the nodes of a group in ascending order. Linear in the
/// edges, and without recursion, whatever the length of a chain.
[[nodiscard]] std::vector<std::vector<std::int64_t>> circular_groups(
    const std::vector<Edge>& edges);

}  // namespace packages
