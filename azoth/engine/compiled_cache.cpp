// SPDX-License-Identifier: MIT
#include <azoth/engine/compiled_cache.hpp>

#include <algorithm>
#include <mutex>
#include <vector>

namespace azoth::inline v0::engine {

struct CompiledCache::Entry {
    Ref<sql::StatementNode> statement;  // a second handle: the builder can't change it any more
    sql::CompileMode mode;
    Ref<const sql::Compiled> compiled;
    std::atomic<std::uint64_t> last_used;
};

CompiledCache::CompiledCache(std::size_t capacity) : capacity_(capacity) {}
CompiledCache::~CompiledCache() = default;

CompiledCache::Entry* CompiledCache::find(std::uint64_t key, const sql::StatementNode& statement,
                                          sql::CompileMode mode) const {
    const auto [first, last] = entries_.equal_range(key);
    for (auto it = first; it != last; ++it)
        if (it->second->mode == mode && sql::equal(*it->second->statement, statement))
            return it->second.get();
    return nullptr;
}

CompiledCache::Found CompiledCache::get(
    const Ref<sql::StatementNode>& statement, sql::CompileMode mode,
    const std::function<Ref<const sql::Compiled>()>& compile) {
    const std::uint64_t key = statement->finished_hash();
    {
        const std::shared_lock lock(mutex_);
        if (Entry* entry = find(key, *statement, mode)) {
            const auto now = hits_.fetch_add(1, std::memory_order_relaxed);
            entry->last_used.store(now + misses_.load(std::memory_order_relaxed),
                                   std::memory_order_relaxed);
            return {entry->compiled, true};
        }
    }
    misses_.fetch_add(1, std::memory_order_relaxed);
    Ref<const sql::Compiled> compiled = compile();
    if (capacity_ == 0) return {compiled, false};
    const std::unique_lock lock(mutex_);
    // Another thread may have been quicker; its result serves, so that prepared statements do too.
    if (const Entry* entry = find(key, *statement, mode)) return {entry->compiled, false};
    entries_.emplace(key, new Entry{statement, mode, compiled, hits_.load() + misses_.load()});
    if (entries_.size() > capacity_ + capacity_ / 2) trim();
    return {compiled, false};
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
