// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/error.hpp>
#include <azoth/sql/node.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::sql {

/// As deep as SQLite takes them, and not too deep for any stack.
inline constexpr std::uint16_t deepest_expression = 1000;

/// Mixes words and the hashes of children into a node, which inherits their flag and depth. Used by
/// the constructor of the node, in one thread.
class Hashing {
  public:
    explicit Hashing(Node& node) : node_(node) { node_.hash = kind_hash(node.kind); }
    Hashing& add(std::uint64_t word) {
        node_.hash = detail::mix(node_.hash, word);
        return *this;
    }
    Hashing& add(std::string_view text) { return add(detail::hash_text(text)); }
    /// Throws ArgumentError where the expression becomes too deep.
    Hashing& child(const NodeRef& child) {
        if (!child) return add(std::uint64_t{0});
        node_.flagged = node_.flagged || child->flagged;
        if (child->depth >= node_.depth) deepen(child->depth);
        return add(child->hash);
    }
    Hashing& children(const std::vector<NodeRef>& list) {
        for (const auto& entry : list) child(entry);
        return add(list.size());
    }

  private:
    void deepen(std::uint16_t below) {
        if (below == deepest_expression)
            throw ArgumentError(
                "an expression is nested more than " + std::to_string(deepest_expression) +
                " levels deep; and_(…), or_(…) and in() take many operands at once");
        node_.depth = static_cast<std::uint16_t>(below + 1);
    }

    Node& node_;
};

}  // namespace azoth::inline v0::sql
