// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiler.hpp>

#include <atomic>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

namespace azoth::inline v0::engine {

/// The compiled statements of an engine, looked up by structure (design rule R20). Safe from any
/// thread: readers share a lock, and an entry's age is one atomic store.
///
/// Like SQLAlchemy's it may grow to one and a half times its size and is then cut back to the entries
/// used last. SQLAlchemy: `LRUCache`.
class CompiledCache {
  public:
    explicit CompiledCache(std::size_t capacity);
    ~CompiledCache();

    /// The compiled form of `statement`, or null: then it counts as a miss.
    /// \param lowering the serial number of the Lowering that it went through; 0: none
    [[nodiscard]] Ref<const sql::Compiled> find(const sql::StatementNode& statement,
                                                sql::CompileMode mode, std::uint64_t lowering);
    /// Keeps `compiled`. \returns what is kept: another thread may have been quicker, and then its
    /// result serves, so that prepared statements do too.
    [[nodiscard]] Ref<const sql::Compiled> put(const Ref<sql::StatementNode>& statement,
                                               sql::CompileMode mode, std::uint64_t lowering,
                                               Ref<const sql::Compiled> compiled);
    void clear();
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::uint64_t hits() const noexcept { return hits_.load(); }
    [[nodiscard]] std::uint64_t misses() const noexcept { return misses_.load(); }

  private:
    struct Entry;
    [[nodiscard]] Entry* lookup(std::uint64_t key, const sql::StatementNode& statement,
                                sql::CompileMode mode, std::uint64_t lowering) const;
    void trim();

    const std::size_t capacity_;
    mutable std::shared_mutex mutex_;
    std::unordered_multimap<std::uint64_t, std::unique_ptr<Entry>> entries_;
    std::atomic<std::uint64_t> clock_{0};
    std::atomic<std::uint64_t> hits_{0};
    std::atomic<std::uint64_t> misses_{0};
};

}  // namespace azoth::inline v0::engine
