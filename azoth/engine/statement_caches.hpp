// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/compiled_cache.hpp>
#include <azoth/engine/prepared.hpp>

#include <array>

namespace azoth::inline v0::engine {

/// The statements that one connection ran last, found without the lock that the engine's cache
/// needs: threads that run the same statements on connections of their own don't wait for each
/// other. One thread at a time.
///
/// A hit is confirmed structurally, as it is there (R20), and what the engine's cache has forgotten
/// is forgotten here too.
class RecentStatements {
  public:
    /// Null where the statement is not remembered.
    [[nodiscard]] CachedStatement* find(const sql::StatementNode& statement, sql::CompileMode mode,
                                        std::uint64_t lowering) {
        Ref<CachedStatement>& place = place_of(statement);
        if (!place) return nullptr;
        if (!place->kept.load(std::memory_order_relaxed)) [[unlikely]] {
            place = nullptr;
            return nullptr;
        }
        return place->is_of(statement, mode, lowering) ? place.get() : nullptr;
    }
    void remember(const sql::StatementNode& statement, Ref<CachedStatement> cached) noexcept {
        place_of(statement) = std::move(cached);
    }

  private:
    [[nodiscard]] Ref<CachedStatement>& place_of(const sql::StatementNode& statement) noexcept {
        return places_[statement.finished_hash() % places_.size()];
    }

    std::array<Ref<CachedStatement>, 16> places_;
};

/// What the engine keeps with a physical connection. One thread at a time.
struct StatementCaches final : pool::ConnectionData {
    explicit StatementCaches(std::size_t prepared_statements) : prepared(prepared_statements) {}

    RecentStatements recent;
    PreparedCache prepared;
};

}  // namespace azoth::inline v0::engine
