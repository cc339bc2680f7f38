// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/prepared.hpp>

#include <algorithm>
#include <string>

namespace azoth::inline v0::engine {
namespace {

/// Databases say this in words of their own, after all has been sent.
void check_parameters(const driver::Connection& connection,
                      const driver::StatementRequest& request) {
    const std::size_t limit = connection.max_parameters();
    if (limit == 0 || request.parameters.size() <= limit) return;
    throw CompileError(
        "this statement has " + std::to_string(request.parameters.size()) +
        " parameters, and the database takes " + std::to_string(limit) +
        " in one: give the rows of an INSERT as a range, insert(…).columns(…), and long lists of "
        "IN in parts; the statement is " +
        azoth::detail::excerpt(request.sql));
}

std::unique_ptr<Prepared> prepare(driver::Connection& connection,
                                  const driver::StatementRequest& request) {
    check_parameters(connection, request);
    auto prepared = std::make_unique<Prepared>();
    prepared->statement = connection.prepare(request);
    return prepared;
}

}  // namespace

PreparedCache::~PreparedCache() = default;

Prepared& PreparedCache::find_or_prepare(const PooledConnection& lease,
                                         const sql::Compiled& compiled,
                                         const sql::Arguments* expanded, bool keep) {
    driver::StatementRequest request{.sql = compiled.sql,
                                     .parameters = compiled.parameter_types,
                                     .results = compiled.wanted,
                                     .array_parameters = compiled.array_parameters,
                                     .keep = keep && capacity_ != 0};
    if (compiled.key_is_result) request.results = {};
    if (!expanded) {
        Prepared& prepared = lookup(by_serial_, compiled.serial, lease, request);
        prepared.serial = compiled.serial;
        if (prepared.kept) place_of(compiled.serial) = &prepared;
        return prepared;
    }
    request.sql = expanded->sql;
    request.parameters = expanded->types;
    // The same text may want other kinds for another statement, so the serial is part of the key.
    return lookup(by_text_, std::to_string(compiled.serial) + ":" + expanded->sql, lease, request);
}

template <class Map, class Key>
Prepared& PreparedCache::lookup(Map& map, const Key& key, const PooledConnection& lease,
                                const driver::StatementRequest& request) {
    const auto found = map.find(key);
    if (found != map.end()) {
        Prepared& prepared = *found->second;
        if (!prepared.running) {
            if (prepared.statement->is_valid()) [[likely]]
                return lend(prepared);
            forget(prepared);
            map.erase(found);
        }
    }
    std::unique_ptr<Prepared> fresh = prepare(lease.connection(), request);
    Prepared& prepared = lend(*fresh);
    if (!request.keep || map.contains(key)) {
        extra_.push_back(std::move(fresh));
        return prepared;
    }
    make_room();
    prepared.kept = true;
    map.emplace(key, std::move(fresh));
    return prepared;
}

/// Before it is destroyed.
void PreparedCache::forget(const Prepared& prepared) noexcept {
    Prepared*& place = place_of(prepared.serial);
    if (place == &prepared) place = nullptr;
}

void PreparedCache::drop(Prepared& prepared) noexcept {
    std::erase_if(extra_, [&](const auto& entry) { return entry.get() == &prepared; });
}

void PreparedCache::make_room() noexcept {
    if (size() < capacity_) return;
    std::uint64_t oldest = clock_ + 1;
    const auto look = [&](const auto& map) {
        for (const auto& [key, entry] : map)
            if (!entry->running) oldest = std::min(oldest, entry->last_used);
    };
    look(by_serial_);
    look(by_text_);
    const auto is_oldest = [&](const auto& entry) {
        const Prepared& prepared = *entry.second;
        if (prepared.running || prepared.last_used != oldest) return false;
        forget(prepared);
        return true;
    };
    erase_if(by_serial_, is_oldest);
    erase_if(by_text_, is_oldest);
}

}  // namespace azoth::inline v0::engine
