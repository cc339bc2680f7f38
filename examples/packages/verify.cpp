// SPDX-License-Identifier: MIT
#include "verify.hpp"

#include "content_hash.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace packages {

namespace {

using namespace azoth;

struct StoredPackage {
    Package package{};
    std::int64_t hash{};
};
using StoredPackages = std::unordered_map<std::int64_t, StoredPackage>;

StoredPackages read_packages(Connection& connection, const Schema& schema) {
    const PackageTable& p = schema.packages;
    const MaintainerTable& m = schema.maintainers;
    const SectionTable& s = schema.sections;
    const auto query = select(p.id, p.name, p.version, p.architecture, nullable(s.name), p.priority,
                              p.installed_kib, p.state, p.installed_version, p.summary,
                              nullable(m.name), nullable(m.email), p.homepage, p.source_name,
                              p.source_version, p.essential, p.multi_arch, p.content_hash)
                           .select_from(p)
                           .outer_join(s)
                           .outer_join(m);
    StoredPackages stored;
    for (auto& [id, name, version, architecture, section, priority, size, state, installed_version,
                summary, maintainer, email, homepage, source_name, source_version, essential,
                multi_arch, hash] : connection.execute(query)) {
        Package package{std::move(name),
                        std::move(version),
                        std::move(architecture),
                        std::move(section),
                        priority,
                        size,
                        std::move(state),
                        std::move(installed_version),
                        std::move(summary),
                        {std::move(maintainer).value_or(""), std::move(email).value_or("")},
                        std::move(homepage),
                        std::move(source_name),
                        std::move(source_version),
                        essential,
                        multi_arch,
                        {},
                        {}};
        stored.emplace(id, StoredPackage{std::move(package), hash});
    }
    return stored;
}

std::uint64_t read_tags(Connection& connection, const Schema& schema, StoredPackages& stored) {
    std::uint64_t count = 0;
    const auto query = select(schema.package_tags.package_id, schema.tags.name)
                           .select_from(schema.package_tags)
                           .join(schema.tags);
    for (auto& [id, tag] : connection.execute(query)) {
        stored.at(id).package.tags.push_back(std::move(tag));
        ++count;
    }
    return count;
}

std::uint64_t read_dependencies(Connection& connection, const Schema& schema,
                                StoredPackages& stored) {
    std::uint64_t count = 0;
    const DependencyTable& d = schema.dependencies;
    const auto query = select(d.package_id, d.kind, d.group, d.position, d.target,
                              d.architecture_qualifier, d.comparison, d.version, d.restrictions);
    for (auto& [id, kind, group, position, target, qualifier, comparison, version, restrictions] :
         connection.execute(query)) {
        Relation relation{std::move(target), std::move(qualifier).value_or(""), std::nullopt,
                          std::move(restrictions).value_or("")};
        if (comparison) {
            relation.constraint = VersionConstraint{*comparison, std::move(version).value_or("")};
        }
        stored.at(id).package.dependencies.push_back({kind, group, position, std::move(relation)});
        ++count;
    }
    return count;
}

// The order of the parser: rows have none, and databases sort enumerations and texts differently.
void put_in_order(Package& package) {
    std::sort(package.tags.begin(), package.tags.end());
    std::sort(package.dependencies.begin(), package.dependencies.end(),
              [](const Dependency& a, const Dependency& b) {
                  return std::tie(a.kind, a.group, a.position) <
                         std::tie(b.kind, b.group, b.position);
              });
}

std::uint64_t unfinished_loads(Connection& connection, const LoadTable& loads) {
    const LoadTable finished = alias(loads, "finished");
    const auto last_finished =
        select(func::max(finished.id)).where(finished.finished_at.is_not_null()).scalar_subquery();
    const auto later =
        select(func::count(loads.id))
            .where(loads.finished_at.is_null(), loads.id > func::coalesce(last_finished, 0));
    return static_cast<std::uint64_t>(connection.execute(later).scalar_one());
}

}  // namespace

Verification verify(Connection& connection, const Schema& schema) {
    StoredPackages stored = read_packages(connection, schema);
    Verification result;
    result.packages = stored.size();
    result.tags = read_tags(connection, schema, stored);
    result.dependencies = read_dependencies(connection, schema, stored);
    for (auto& [id, entry] : stored) {
        put_in_order(entry.package);
        if (content_hash(entry.package) != entry.hash) {
            result.differing.push_back(entry.package.name + ':' + entry.package.architecture);
        }
    }
    std::sort(result.differing.begin(), result.differing.end());
    result.unfinished_loads = unfinished_loads(connection, schema.loads);
    return result;
}

}  // namespace packages
