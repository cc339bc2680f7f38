// SPDX-License-Identifier: MIT
#include <azoth/engine/compiled_cache.hpp>

#include <algorithm>
#include <mutex>
#include <vector>

namespace azoth::inline v0::engine {

struct CompiledCache::Entry {
    Ref<sql::StatementNode> statement;  // a second handle: the builder can't change it any more
    sql::CompileMode mode;
    std::uint64_t lowering;
    Ref<const sql::Compiled> compiled;
    std::atomic<std::uint64_t> last_used;
};

namespace {

std::uint64_t key_of(const sql::StatementNode& statement, std::uint64_t lowering) {
    const std::uint64_t hash = statement.finished_hash();
    return lowering == 0 ? hash : detail::mix(hash, lowering);
}

}  // namespace

CompiledCache::CompiledCache(std::size_t capacity) : capacity_(capacity) {}
CompiledCache::~CompiledCache() = default;

CompiledCache::Entry* CompiledCache::lookup(std::uint64_t key, const sql::StatementNode& statement,
                                            sql::CompileMode mode, std::uint64_t lowering) const {
    const auto [first, last] = entries_.equal_range(key);
    for (auto it = first; it != last; ++it)
        if (it->second->mode == mode && it->second->lowering == lowering &&
            sql::equal(*it->second->statement, statement))
            return it->second.get();
    return nullptr;
}

Ref<const sql::Compiled> CompiledCache::find(const sql::StatementNode& statement,
                                             sql::CompileMode mode, std::uint64_t lowering) {
    const std::uint64_t key = key_of(statement, lowering);
    const std::shared_lock lock(mutex_);
    Entry* const entry = lookup(key, statement, mode, lowering);
    if (!entry) {
        misses_.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    const auto now = hits_.fetch_add(1, std::memory_order_relaxed);
    entry->last_used.store(now + misses_.load(std::memory_order_relaxed),
                           std::memory_order_relaxed);
    return entry->compiled;
}

Ref<const sql::Compiled> CompiledCache::put(const Ref<sql::StatementNode>& statement,
                                            sql::CompileMode mode, std::uint64_t lowering,
                                            Ref<const sql::Compiled> compiled) {
    if (capacity_ == 0) return compiled;
    const std::uint64_t key = key_of(*statement, lowering);
    const std::unique_lock lock(mutex_);
    if (const Entry* entry = lookup(key, *statement, mode, lowering)) return entry->compiled;
    entries_.emplace(key,
                     new Entry{statement, mode, lowering, compiled, hits_.load() + misses_.load()});
    if (entries_.size() > capacity_ + capacity_ / 2) trim();
    return compiled;
}

void CompiledCache::trim() {
    std::vector<std::uint64_t> ages;
    ages.reserve(entries_.size());
    for (const auto& [key, entry] : entries_) ages.push_back(entry->last_used.load());
    const auto cut = static_cast<std::ptrdiff_t>(ages.size() - capacity_);
    std::nth_element(ages.begin(), ages.begin() + cut, ages.end());
    const std::uint64_t oldest_kept = ages[static_cast<std::size_t>(cut)];
    std::erase_if(entries_,
                  [&](const auto& entry) { return entry.second->last_used.load() < oldest_kept; });
}

void CompiledCache::clear() {
    const std::unique_lock lock(mutex_);
    entries_.clear();
}

std::size_t CompiledCache::size() const {
    const std::shared_lock lock(mutex_);
    return entries_.size();
}

}  // namespace azoth::inline v0::engine
