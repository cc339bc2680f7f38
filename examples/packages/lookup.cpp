// SPDX-License-Identifier: MIT
#include "lookup.hpp"

#include <set>
#include <string_view>

namespace packages {

namespace {

using namespace azoth;

// Sections and tags alike: classes of names.
template <class Named>
ByName<Named> store_names(Session& session, const std::set<std::string_view>& wanted) {
    ByName<Named> known;
    for (const auto& object : session.scalars(select<Named>())) {
        known.emplace(object.read().name, object);
    }
    for (const std::string_view name : wanted) {
        Ptr<Named>& object = known[std::string(name)];
        if (!object) object = session.add(Named{.name = std::string(name)});
    }
    return known;
}

ByName<Maintainer> store_maintainers(Session& session, const std::vector<PackageRecord>& packages) {
    ByName<Maintainer> known;
    for (const auto& maintainer : session.scalars(select<Maintainer>())) {
        known.emplace(maintainer.read().identity, maintainer);
    }
    for (const PackageRecord& package : packages) {
        const MaintainerRecord& record = package.maintainer;
        if (record.empty()) continue;
        Ptr<Maintainer>& maintainer = known[record.identity()];
        if (!maintainer) {
            maintainer = session.add(Maintainer{
                .identity = record.identity(), .name = record.name, .email = record.email});
        } else if (maintainer.read().name != record.name ||
                   maintainer.read().email != record.email) {
            maintainer->name = record.name;
            maintainer->email = record.email;
        }
    }
    return known;
}

template <class T>
void delete_all(Session& session, const Select<Ptr<T>>& unused) {
    for (const auto& object : session.scalars(unused)) session.delete_(object);
}

}  // namespace

Lookups store_lookups(Session& session, const std::vector<PackageRecord>& packages) {
    std::set<std::string_view> sections;
    std::set<std::string_view> tags;
    for (const PackageRecord& package : packages) {
        if (package.section) sections.insert(*package.section);
        tags.insert(package.tags.begin(), package.tags.end());
    }
    return {store_names<Section>(session, sections), store_names<Tag>(session, tags),
            store_maintainers(session, packages)};
}

void delete_unused_lookups(Session& session) {
    const auto package = select(col<&Package::id>);
    delete_all(session, select<Maintainer>().where(!exists(
                            package.where(col<&Package::maintainer_id> == col<&Maintainer::id>))));
    delete_all(session, select<Section>().where(!exists(
                            package.where(col<&Package::section_id> == col<&Section::id>))));
    delete_all(
        session,
        select<Tag>().where(!exists(
            select(col<&PackageTag::tag_id>).where(col<&PackageTag::tag_id> == col<&Tag::id>))));
}

}  // namespace packages
