// SPDX-License-Identifier: MIT
#include "package_writer.hpp"

#include <map>
#include <tuple>
#include <utility>

namespace packages {

namespace {

using namespace azoth;

std::optional<std::string> if_any(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

template <class T>
Ptr<T> find(const ByName<T>& known, const std::optional<std::string>& name) {
    return name ? known.at(*name) : Ptr<T>();
}

// What tells the dependencies of one package apart.
auto place_of(const Dependency& dependency) {
    return std::tuple(dependency.kind, dependency.group, dependency.position);
}

bool same(const Dependency& a, const Dependency& b) {
    const auto content = [](const Dependency& d) {
        return std::tie(d.target_name, d.target_id, d.architecture_qualifier, d.comparison,
                        d.version, d.restrictions);
    };
    return content(a) == content(b);
}

}  // namespace

void PackageWriter::write(std::span<const Change> changes) {
    const std::vector<Ptr<Package>> packages = write_packages(changes);
    session_.flush();  // now the new ones have keys, to which dependencies may lead
    announce(changes, packages);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (changes[i].stored_id)
            change_dependencies(packages[i], *changes[i].record);
        else
            add_dependencies(packages[i], *changes[i].record);
    }
}

std::vector<Ptr<Package>> PackageWriter::write_packages(std::span<const Change> changes) {
    std::vector<std::int64_t> ids;
    for (const Change& change : changes) {
        if (change.stored_id) ids.push_back(*change.stored_id);
    }
    std::unordered_map<std::int64_t, Ptr<Package>> stored;
    for (const auto& package :
         session_.scalars(select<Package>().where(col<&Package::id>.in(ids)))) {
        stored.emplace(package.read().id, package);
    }
    std::vector<Ptr<Package>> packages;
    for (const Change& change : changes) {
        written_.tags += change.record->tags.size();
        if (!change.stored_id) {
            packages.push_back(session_.add(package_of(change)));
            continue;
        }
        const Ptr<Package>& package = packages.emplace_back(stored.at(*change.stored_id));
        *package = package_of(change);
    }
    return packages;
}

void PackageWriter::announce(std::span<const Change> changes,
                             const std::vector<Ptr<Package>>& packages) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const Package& package = packages[i].read();
        const bool is_new = !changes[i].stored_id;
        if (is_new && targets_.emplace(package.name, package.id).second) {
            names.push_back(package.name);
        }
    }
    find_targets_of(names);
}

void PackageWriter::find_targets_of(const std::vector<std::string>& names) {
    if (names.empty()) return;
    const auto waiting = select<Dependency>().where(col<&Dependency::target_name>.in(names));
    for (const auto& dependency : session_.scalars(waiting)) {
        dependency->target_id = targets_.at(dependency->target_name);
    }
}

void PackageWriter::add_dependencies(const Ptr<Package>& package, const PackageRecord& record) {
    for (const DependencyRecord& dependency : record.dependencies) {
        package->dependencies.add(dependency_of(dependency));
    }
    written_.dependencies += record.dependencies.size();
}

void PackageWriter::change_dependencies(const Ptr<Package>& package, const PackageRecord& record) {
    std::map<decltype(place_of({})), Ptr<Dependency>> left;
    for (const auto& dependency : package->dependencies) {
        left.emplace(place_of(dependency.read()), dependency);
    }
    for (const DependencyRecord& wanted_record : record.dependencies) {
        Dependency wanted = dependency_of(wanted_record);
        const auto present = left.extract(place_of(wanted));
        if (present && same(present.mapped().read(), wanted)) continue;
        ++written_.dependencies;
        if (present)
            *present.mapped() = std::move(wanted);
        else
            package->dependencies.add(std::move(wanted));
    }
    for (const auto& [place, gone] : left) package->dependencies.remove(gone);
}

Package PackageWriter::package_of(const Change& change) const {
    const PackageRecord& record = *change.record;
    const std::optional<std::string> maintainer = if_any(record.maintainer.identity());
    Package package{.name = record.name,
                    .architecture = record.architecture,
                    .version = record.version,
                    .priority = record.priority,
                    .installed_kib = record.installed_kib,
                    .state = record.state,
                    .installed_version = record.installed_version,
                    .summary = record.summary,
                    .homepage = record.homepage,
                    .source_name = record.source_name,
                    .source_version = record.source_version,
                    .essential = record.essential,
                    .multi_arch = record.multi_arch,
                    .content_hash = change.content_hash,
                    .section = find(lookups_.sections, record.section),
                    .maintainer = find(lookups_.maintainers, maintainer)};
    package.tags.clear();  // that there are none, where there are none
    for (const std::string& tag : record.tags) package.tags.add(lookups_.tags.at(tag));
    return package;
}

Dependency PackageWriter::dependency_of(const DependencyRecord& record) const {
    const Relation& relation = record.relation;
    Dependency dependency{
        .kind = record.kind,
        .group = record.group,
        .position = record.position,
        .target_name = relation.name,
        .architecture_qualifier = if_any(relation.architecture_qualifier),
        .restrictions = if_any(relation.restrictions),
    };
    const auto target = targets_.find(relation.name);
    if (target != targets_.end()) dependency.target_id = target->second;
    if (relation.constraint) {
        dependency.comparison = relation.constraint->op;
        dependency.version = relation.constraint->version;
    }
    return dependency;
}

}  // namespace packages
