// SPDX-License-Identifier: MIT
#include "catalogue.hpp"

#include "version.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace packages {

namespace {

bool describes_better(const PackageRecord& candidate, const PackageRecord& present) {
    const std::weak_ordering order = compare_versions(candidate.version, present.version);
    if (order != 0) return order > 0;
    return present.state && !candidate.state;
}

using Spelling = std::pair<std::string, std::string>;  // name, address

// The order of the map decides between spellings that are equally common.
const Spelling& most_common(const std::map<Spelling, int>& spellings) {
    return std::max_element(spellings.begin(), spellings.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

void unify_maintainers(std::vector<PackageRecord>& packages) {
    std::unordered_map<std::string, std::map<Spelling, int>> spellings;
    for (const PackageRecord& package : packages) {
        const MaintainerRecord& maintainer = package.maintainer;
        if (maintainer.empty()) continue;
        ++spellings[maintainer.identity()][{maintainer.name, maintainer.email}];
    }
    for (PackageRecord& package : packages) {
        MaintainerRecord& maintainer = package.maintainer;
        if (maintainer.empty()) continue;
        std::tie(maintainer.name, maintainer.email) =
            most_common(spellings.at(maintainer.identity()));
    }
}

}  // namespace

void Catalogue::add(PackageRecord package) {
    ++counts_.records;
    // A blank stands in no name.
    const auto [place, is_new] =
        places_.try_emplace(package.name + ' ' + package.architecture, packages_.size());
    if (is_new) {
        packages_.push_back(std::move(package));
        return;
    }
    PackageRecord& present = packages_[place->second];
    ++(compare_versions(package.version, present.version) == 0 ? counts_.repeated
                                                               : counts_.superseded);
    if (describes_better(package, present)) std::swap(package, present);
    if (!present.state) {
        present.state = std::move(package.state);
        present.installed_version = std::move(package.installed_version);
    }
}

std::vector<PackageRecord> Catalogue::take() {
    std::vector<PackageRecord> packages = std::exchange(packages_, {});
    places_.clear();
    std::sort(packages.begin(), packages.end(), [](const PackageRecord& a, const PackageRecord& b) {
        return std::tie(a.name, a.architecture) < std::tie(b.name, b.architecture);
    });
    unify_maintainers(packages);
    return packages;
}

}  // namespace packages
