// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/from.hpp>
#include <azoth/sql/statement_enums.hpp>
#include <azoth/sql/statement_options.hpp>
#include <azoth/types/values.hpp>

#include <atomic>
#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::sql {

/// One entry of a clause.
struct Item {
    NodeRef node;
    std::uint32_t values = 0;  ///< how many of the statement's values belong to it
    Clause clause{};
    Kind wanted = Kind::null;  ///< select list, RETURNING: the kind that the C++ type wants
    bool nullable = true;      ///< select list, RETURNING: the C++ type has a place for NULL
    std::uint8_t unused = 0;

    /// Clause, kind and nullability as one number, to be hashed and compared.
    [[nodiscard]] std::uint32_t place() const noexcept;
};
static_assert(offsetof(Item, clause) + sizeof(std::uint32_t) == sizeof(Item));

inline std::uint32_t Item::place() const noexcept {
    std::uint32_t bytes;
    std::memcpy(&bytes, reinterpret_cast<const char*>(this) + offsetof(Item, clause), sizeof bytes);
    return bytes;
}

/// Items ordered by clause; the first few without allocation of their own, because building a
/// statement is on the hot path of select-by-key programs.
class AZOTH_EXPORT Items {
  public:
    Items() noexcept {}
    Items(const Items& other);
    Items& operator=(const Items&) = delete;
    ~Items();

    /// Adds behind the items of its clause. \returns the number of values that stand before it.
    std::size_t add(Item&& item) {
        const bool at_end = size_ == 0 || data()[size_ - 1].clause <= item.clause;
        if (!at_end || size_ == inline_capacity || !heap_.empty())
            return add_between(std::move(item));
        const std::size_t values_before = values_;
        values_ += item.values;
        new (&inline_[size_++]) Item(std::move(item));
        return values_before;
    }
    /// How many values belong to all items together.
    [[nodiscard]] std::size_t values() const noexcept { return values_; }
    [[nodiscard]] std::span<const Item> all() const noexcept { return {data(), size_}; }
    [[nodiscard]] std::span<const Item> of(Clause clause) const noexcept;
    [[nodiscard]] bool has(Clause clause) const noexcept { return !of(clause).empty(); }
    /// Removes a clause. \returns position and number of the values that went with it.
    std::pair<std::size_t, std::size_t> remove(Clause clause);

  private:
    static constexpr std::size_t inline_capacity = 8;
    [[nodiscard]] Item* data() noexcept { return heap_.empty() ? inline_ : heap_.data(); }
    [[nodiscard]] const Item* data() const noexcept {
        return heap_.empty() ? inline_ : heap_.data();
    }
    std::size_t add_between(Item&& item);
    void move_to_heap();

    std::uint32_t size_ = 0;
    std::size_t values_ = 0;
    std::vector<Item> heap_;  // all items, once there are more than fit inline
    union {
        Item inline_[inline_capacity];  // constructed: those before size_, unless heap_ has them
    };
};

/// What an INSERT does when a row is there already.
enum class OnConflict : std::uint8_t { fail, do_nothing, do_update };

/// What a statement says beside its items. A plain value.
struct StatementWords {
    bool distinct = false;
    Correlation correlation = Correlation::automatic;
    CompoundOp compound = CompoundOp::union_;
    OnConflict on_conflict = OnConflict::fail;
    Fetch fetch = Fetch::limit;
    RowLock lock;            ///< of the rows of a SELECT
    std::string constraint;  ///< ON CONFLICT ON CONSTRAINT
    std::string sql;         ///< a text statement; binds marked as in FragmentNode

    [[nodiscard]] friend bool operator==(const StatementWords&, const StatementWords&) = default;
    [[nodiscard]] AZOTH_EXPORT std::uint64_t hash() const noexcept;
};

/// A statement: its kind and its items. While one handle holds it, it may still be built on; from
/// the moment it is shared it is immutable and safe from any thread.
struct AZOTH_EXPORT StatementNode final : Node, StatementWords {
    explicit StatementNode(NodeKind statement_kind) : Node(statement_kind) {}
    StatementNode(const StatementNode& other);

    Items items;
    /// How it is executed: no part of its structure, hash and equality.
    StatementOptions options;

    /// Computes hash and flag. Idempotent, so that two threads may do it at once.
    [[nodiscard]] std::uint64_t finished_hash() const noexcept {
        const std::uint64_t known = hash_.load(std::memory_order_acquire);
        return known != 0 ? known : compute_hash();
    }
    [[nodiscard]] bool is_flagged() const noexcept {
        (void)finished_hash();
        return flagged_.load(std::memory_order_relaxed);
    }
    /// Called by builders after each change.
    void changed() noexcept { hash_.store(0, std::memory_order_relaxed); }

    /// The table of INSERT, UPDATE, DELETE.
    [[nodiscard]] const TableNode& target() const;
    [[nodiscard]] bool writes() const noexcept;

  private:
    std::uint64_t compute_hash() const noexcept;

    mutable std::atomic<std::uint64_t> hash_{0};
    mutable std::atomic<bool> flagged_{false};
};

/// Structural equality with anonymous identities matched one to one (R20).
[[nodiscard]] AZOTH_EXPORT bool equal(const Node& a, const Node& b);
[[nodiscard]] AZOTH_EXPORT bool equal(const StatementNode& a, const StatementNode& b);

/// The value lists of a statement: its own first, then those of subqueries and CTEs in order of
/// first visit. Compiling and executing walk in the same order, so that a placeholder finds its
/// value.
struct AZOTH_EXPORT Segments {
    std::vector<const Node*> owners;  ///< owners[0] is null: the statement itself
    std::vector<const Values*> values;
};
/// \param own the statement's own values
[[nodiscard]] AZOTH_EXPORT Segments collect_segments(const StatementNode& statement,
                                                     const Values& own);

}  // namespace azoth::inline v0::sql
