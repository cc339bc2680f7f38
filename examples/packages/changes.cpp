// SPDX-License-Identifier: MIT
#include "changes.hpp"

#include "content_hash.hpp"
#include "model.hpp"

#include <algorithm>
#include <string_view>

namespace packages {

namespace {

using namespace azoth;

// What is stored of a package, until it is seen in the input.
struct Stored {
    std::int64_t id;
    std::int64_t hash;
    bool seen;
};
using StoredPackages = std::unordered_map<std::string, Stored>;

// A blank stands in no name.
std::string key_of(std::string_view name, std::string_view architecture) {
    return std::string(name).append(1, ' ').append(architecture);
}

// Columns, not objects: of most packages there is nothing to do.
StoredPackages read_stored(Session& session) {
    StoredPackages stored;
    const auto query = select(col<&Package::id>, col<&Package::name>, col<&Package::architecture>,
                              col<&Package::content_hash>);
    for (const auto& [id, name, architecture, hash] : session.execute(query)) {
        stored.emplace(key_of(name, architecture), Stored{id, hash, false});
    }
    return stored;
}

// Packages that many depend on are stored first: then nearly all dependencies find their target
// stored when they come, and few have to be changed later.
void put_targets_first(std::vector<Change>& changes, const std::vector<PackageRecord>& packages) {
    std::unordered_map<std::string_view, std::size_t> wanted;
    for (const PackageRecord& package : packages) {
        for (const auto& dependency : package.dependencies) ++wanted[dependency.relation.name];
    }
    for (Change& change : changes) {
        const auto found = wanted.find(change.record->name);
        if (found != wanted.end()) change.times_wanted = found->second;
    }
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return a.times_wanted != b.times_wanted ? a.times_wanted > b.times_wanted
                                                : a.record < b.record;
    });
}

}  // namespace

Changes find_changes(Session& session, const std::vector<PackageRecord>& packages) {
    StoredPackages stored = read_stored(session);
    Changes changes;
    for (const PackageRecord& package : packages) {
        const std::int64_t hash = content_hash(package);
        const auto found = stored.find(key_of(package.name, package.architecture));
        if (found == stored.end()) {
            changes.changed.push_back({.record = &package, .content_hash = hash});
            continue;
        }
        Stored& known = found->second;
        known.seen = true;
        changes.targets.emplace(package.name, known.id);
        if (known.hash == hash)
            ++changes.unchanged;
        else
            changes.changed.push_back(
                {.record = &package, .content_hash = hash, .stored_id = known.id});
    }
    for (const auto& [key, known] : stored) {
        if (!known.seen) changes.vanished.push_back(known.id);
    }
    std::sort(changes.vanished.begin(), changes.vanished.end());
    put_targets_first(changes.changed, packages);
    return changes;
}

}  // namespace packages
