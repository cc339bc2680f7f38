// SPDX-License-Identifier: MIT
#include "lookup.hpp"

#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace packages {

namespace {

using namespace azoth;

// Sections and tags alike: a table of names.
template <class NameTable>
Ids store_names(Connection& connection, const NameTable& table,
                const std::set<std::string_view>& wanted) {
    Ids ids;
    for (auto& [id, name] : connection.execute(select(table.id, table.name))) {
        ids.emplace(std::move(name), id);
    }
    std::vector<std::tuple<std::string_view>> missing;
    for (const std::string_view name : wanted) {
        if (!ids.contains(std::string(name))) missing.emplace_back(name);
    }
    const auto inserted = connection.execute(
        insert(table).columns(table.name).returning(table.id, table.name), missing);
    for (const auto& [id, name] : inserted) ids.emplace(name, id);
    return ids;
}

using MaintainerRow = std::tuple<std::string, std::string, std::string>;  // identity, name, email

Ids store_maintainers(Connection& connection, const MaintainerTable& table,
                      const std::vector<Package>& packages) {
    std::set<MaintainerRow> changed;
    for (const Package& package : packages) {
        const Maintainer& maintainer = package.maintainer;
        if (maintainer.empty()) continue;
        changed.emplace(maintainer.identity(), maintainer.name, maintainer.email);
    }
    Ids ids;
    for (auto& [id, identity, name, email] :
         connection.execute(select(table.id, table.identity, table.name, table.email))) {
        ids.emplace(identity, id);
        changed.erase({std::move(identity), std::move(name), std::move(email)});
    }
    const auto upsert = insert(table)
                            .columns(table.identity, table.name, table.email)
                            .on_conflict_do_update(index_elements(table.identity),
                                                   table.name = excluded(table.name),
                                                   table.email = excluded(table.email))
                            .returning(table.id, table.identity);
    for (const auto& [id, identity] : connection.execute(upsert, changed)) ids[identity] = id;
    return ids;
}

}  // namespace

Lookups store_lookups(Connection& connection, const Schema& schema,
                      const std::vector<Package>& packages) {
    std::set<std::string_view> sections;
    std::set<std::string_view> tags;
    for (const Package& package : packages) {
        if (package.section) sections.insert(*package.section);
        tags.insert(package.tags.begin(), package.tags.end());
    }
    return {store_names(connection, schema.sections, sections),
            store_names(connection, schema.tags, tags),
            store_maintainers(connection, schema.maintainers, packages)};
}

void remove_unused_lookups(Connection& connection, const Schema& schema) {
    const auto& [p, tagged] = std::tie(schema.packages, schema.package_tags);
    connection.execute(
        delete_(schema.maintainers)
            .where(!exists(select(p.id).where(p.maintainer_id == schema.maintainers.id))));
    connection.execute(delete_(schema.sections)
                           .where(!exists(select(p.id).where(p.section_id == schema.sections.id))));
    connection.execute(
        delete_(schema.tags)
            .where(!exists(select(tagged.tag_id).where(tagged.tag_id == schema.tags.id))));
}

}  // namespace packages
