// SPDX-License-Identifier: MIT
#include <azoth/engine/compiled_cache.hpp>

#include <algorithm>
#include <mutex>
#include <vector>

namespace azoth::inline v0::engine {

CompiledCache::CompiledCache(std::size_t capacity) : capacity_(capacity) {}
CompiledCache::~CompiledCache() = default;

namespace {

std::uint64_t key_of(const sql::StatementNode& statement, std::uint64_t lowering) {
    const std::uint64_t hash = statement.finished_hash();
    return lowering == 0 ? hash : detail::mix(hash, lowering);
}

}  // namespace

CachedStatement* CompiledCache::lookup(std::uint64_t key, const sql::StatementNode& statement,
                                       sql::CompileMode mode, std::uint64_t lowering) const {
    const auto [first, last] = entries_.equal_range(key);
    for (auto it = first; it != last; ++it)
        if (it->second->is_of(statement, mode, lowering)) return it->second.get();
    return nullptr;
}

Ref<CachedStatement> CompiledCache::find(const sql::StatementNode& statement, sql::CompileMode mode,
                                         std::uint64_t lowering) {
    const std::uint64_t key = key_of(statement, lowering);
    const std::shared_lock lock(mutex_);
    CachedStatement* const entry = lookup(key, statement, mode, lowering);
    if (!entry) {
        misses_.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    note_hit(*entry);
    return Ref<CachedStatement>(entry);
}

Ref<CachedStatement> CompiledCache::put(const Ref<sql::StatementNode>& statement,
                                        sql::CompileMode mode, std::uint64_t lowering,
                                        Ref<const sql::Compiled> compiled) {
    auto entry = make_ref<CachedStatement>(statement, mode, lowering, std::move(compiled));
    if (capacity_ == 0) return entry;
    const std::uint64_t key = key_of(*statement, lowering);
    const std::unique_lock lock(mutex_);
    if (CachedStatement* quicker = lookup(key, *statement, mode, lowering))
        return Ref<CachedStatement>(quicker);
    entry->last_used = hits_.load() + misses_.load();
    entry->kept = true;
    entries_.emplace(key, entry);
    if (entries_.size() > capacity_ + capacity_ / 2) trim();
    return entry;
}

void CompiledCache::trim() {
    std::vector<std::uint64_t> ages;
    ages.reserve(entries_.size());
    for (const auto& [key, entry] : entries_) ages.push_back(entry->last_used.load());
    const auto cut = static_cast<std::ptrdiff_t>(ages.size() - capacity_);
    std::nth_element(ages.begin(), ages.begin() + cut, ages.end());
    const std::uint64_t oldest_kept = ages[static_cast<std::size_t>(cut)];
    std::erase_if(entries_, [&](const auto& keyed) {
        CachedStatement& entry = *keyed.second;
        entry.kept = entry.last_used.load() >= oldest_kept;
        return !entry.kept;
    });
}

void CompiledCache::clear() {
    const std::unique_lock lock(mutex_);
    for (const auto& [key, entry] : entries_) entry->kept = false;
    entries_.clear();
}

std::size_t CompiledCache::size() const {
    const std::shared_lock lock(mutex_);
    return entries_.size();
}

}  // namespace azoth::inline v0::engine
