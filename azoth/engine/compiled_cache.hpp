// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>

#include <atomic>
#include <shared_mutex>
#include <unordered_map>

namespace azoth::inline v0::engine {

/// A statement and its compiled form. Safe from any thread.
struct CachedStatement final : Counted {
    CachedStatement(Ref<sql::StatementNode> node, sql::CompileMode compile_mode,
                    std::uint64_t lowering_serial, Ref<const sql::Compiled> form)
        : statement(std::move(node)),
          mode(compile_mode),
          lowering(lowering_serial),
          compiled(std::move(form)) {}

    /// True where this is the compiled form of `other`, whose hash is the same.
    [[nodiscard]] bool is_of(const sql::StatementNode& other, sql::CompileMode other_mode,
                             std::uint64_t other_lowering) const {
        return mode == other_mode && lowering == other_lowering && sql::equal(*statement, other);
    }

    /// A second handle, so that the builder can't change it any more.
    const Ref<sql::StatementNode> statement;
    const sql::CompileMode mode;
    const std::uint64_t lowering;  ///< serial number of the Lowering it went through; 0: none
    const Ref<const sql::Compiled> compiled;
    std::atomic<std::uint64_t> last_used{0};
    std::atomic<bool> kept{false};  ///< it stands in the cache
};

/// The compiled statements of an engine, looked up by structure (design rule R20). Safe from any
/// thread: readers share a lock, and an entry's age is one atomic store.
///
/// Like SQLAlchemy's it may grow to one and a half times its size and is then cut back to the
/// entries used last. SQLAlchemy: `LRUCache`.
class CompiledCache {
  public:
    explicit CompiledCache(std::size_t capacity);
    ~CompiledCache();

    /// The compiled form of `statement`, or null: then it counts as a miss.
    /// \param lowering the serial number of the Lowering that it went through; 0: none
    [[nodiscard]] Ref<CachedStatement> find(const sql::StatementNode& statement,
                                            sql::CompileMode mode, std::uint64_t lowering);
    /// Keeps `compiled`. \returns what is kept: another thread may have been quicker, and then its
    /// result serves, so that prepared statements do too.
    Ref<CachedStatement> put(const Ref<sql::StatementNode>& statement, sql::CompileMode mode,
                             std::uint64_t lowering, Ref<const sql::Compiled> compiled);
    /// Counts as a hit that somebody who remembers `entry` has confirmed it himself.
    void note_hit(CachedStatement& entry) noexcept {
        const auto now = hits_.fetch_add(1, std::memory_order_relaxed);
        entry.last_used.store(now + misses_.load(std::memory_order_relaxed),
                              std::memory_order_relaxed);
    }
    void clear();
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::uint64_t hits() const noexcept { return hits_.load(); }
    [[nodiscard]] std::uint64_t misses() const noexcept { return misses_.load(); }

  private:
    [[nodiscard]] CachedStatement* lookup(std::uint64_t key, const sql::StatementNode& statement,
                                          sql::CompileMode mode, std::uint64_t lowering) const;
    void trim();

    const std::size_t capacity_;
    mutable std::shared_mutex mutex_;
    std::unordered_multimap<std::uint64_t, Ref<CachedStatement>> entries_;
    std::atomic<std::uint64_t> hits_{0};
    std::atomic<std::uint64_t> misses_{0};
};

}  // namespace azoth::inline v0::engine
