// SPDX-License-Identifier: MIT
#include "questions.hpp"

#include "answer.hpp"
#include "cycles.hpp"

#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace packages {

namespace {

using namespace azoth;

// What a package cannot do without.
Expr<bool> is_needed(const DependencyTable& d) {
    return d.kind.in({RelationKind::depends, RelationKind::pre_depends});
}

// There is a package of the name that `d` wants, or one that provides it.
Expr<bool> is_available(const Schema& schema, const DependencyTable& d) {
    const PackageTable real = alias(schema.packages, "real");
    const DependencyTable offer = alias(schema.dependencies, "offer");
    return exists(select(real.id).where(real.name == d.target)) ||
           exists(select(offer.package_id)
                      .where(offer.target == d.target, offer.kind == RelationKind::provides));
}

Expr<bool> is_alternative_of(const DependencyTable& a, const DependencyTable& d) {
    return a.package_id == d.package_id && a.kind == d.kind && a.group == d.group;
}

// The package that stands for what `d` wants: of that very name, or of those that provide it the
// first by name; NULL if there is none.
Expr<std::optional<std::string>> resolved_name(const Schema& schema, const DependencyTable& d) {
    const PackageTable real = alias(schema.packages, "real");
    const PackageTable provider = alias(schema.packages, "provider");
    const DependencyTable offer = alias(schema.dependencies, "offer");
    return func::coalesce(
        select(func::min(real.name)).where(real.name == d.target).scalar_subquery(),
        select(func::min(provider.name))
            .select_from(offer)
            .join(provider, provider.id == offer.package_id)
            .where(offer.target == d.target, offer.kind == RelationKind::provides)
            .scalar_subquery());
}

// Only direct dependencies on the first alternative: what is normally installed.
Expr<bool> is_first_choice(const DependencyTable& d) {
    return is_needed(d) && d.position == 0;
}

Answer maintainers(Connection& connection, const Schema& schema, std::int64_t limit, bool by_size) {
    const MaintainerTable& m = schema.maintainers;
    const PackageTable& p = schema.packages;
    const auto count = func::count(p.id).label("packages");
    const auto size = func::coalesce(func::sum(p.installed_kib), 0).label("installed_kib");
    const auto query = select(m.name, m.email, count, size)
                           .select_from(m)
                           .join(p)
                           .group_by(m.id, m.name, m.email, m.identity);
    Answer answer;
    answer.columns = {"maintainer", "address", "packages", "installed KiB"};
    fill(answer, connection, query.order_by((by_size ? size : count).desc(), m.identity), limit);
    return answer;
}

}  // namespace

Answer most_depended_on(Connection& connection, const Schema& schema, std::int64_t limit) {
    const DependencyTable& d = schema.dependencies;
    const PackageTable& p = schema.packages;
    const auto dependents = func::count(distinct(d.package_id)).label("dependents");
    const auto summary =
        select(func::min(p.summary)).where(p.name == d.target).scalar_subquery().label("summary");
    const auto query = select(d.target, dependents, summary).where(is_needed(d)).group_by(d.target);
    Answer answer{"most_depended_on",
                  "Most depended-on packages",
                  {"package", "needed by", "summary"},
                  {},
                  {}};
    fill(answer, connection, query.order_by(dependents.desc(), d.target), limit);
    return answer;
}

Answer closure(Connection& connection, const Schema& schema, const std::string& package,
               std::int64_t limit) {
    const PackageTable& p = schema.packages;
    const DependencyTable& d = schema.dependencies;
    const DependencyTable other = alias(d, "other");
    const auto first_available =
        select(func::min(other.position))
            .where(is_alternative_of(other, d), is_available(schema, other))
            .scalar_subquery();
    const PackageTable needed = alias(p, "needed");
    const auto start = select(p.id).where(p.name == package).cte("closure", true);
    const auto whole = start.union_(select(needed.id)
                                        .select_from(start)
                                        .join(d, d.package_id == start.get<0>())
                                        .join(needed, needed.name == resolved_name(schema, d))
                                        .where(is_needed(d), d.position == first_available));
    const auto query = select(p.name, p.version, p.installed_kib, p.state)
                           .select_from(whole)
                           .join(p, p.id == whole.get<0>());
    Answer answer{"closure",
                  "All that " + package + " needs, itself included",
                  {"package", "version", "installed KiB", "state"},
                  {},
                  {}};
    fill(answer, connection, query.order_by(func::coalesce(p.installed_kib, 0).desc(), p.name),
         limit);
    return answer;
}

Answer maintainers_by_packages(Connection& connection, const Schema& schema, std::int64_t limit) {
    Answer answer = maintainers(connection, schema, limit, false);
    answer.name = "maintainers_by_packages";
    answer.title = "Maintainers of the most packages";
    return answer;
}

Answer maintainers_by_size(Connection& connection, const Schema& schema, std::int64_t limit) {
    Answer answer = maintainers(connection, schema, limit, true);
    answer.name = "maintainers_by_size";
    answer.title = "Maintainers of the largest packages";
    return answer;
}

Answer most_used_tags(Connection& connection, const Schema& schema, std::int64_t limit) {
    const PackageTable& p = schema.packages;
    const auto count = func::count(p.id).label("packages");
    const auto installed = func::count(p.installed_version).label("installed");
    const auto query = select(schema.tags.name, count, installed)
                           .select_from(schema.tags)
                           .join(schema.package_tags)
                           .join(p)
                           .group_by(schema.tags.name);
    Answer answer{"most_used_tags", "Most used tags", {"tag", "packages", "installed"}, {}, {}};
    fill(answer, connection, query.order_by(count.desc(), schema.tags.name), limit);
    return answer;
}

Answer missing_dependencies(Connection& connection, const Schema& schema, std::int64_t limit) {
    const PackageTable& p = schema.packages;
    const DependencyTable& d = schema.dependencies;
    const DependencyTable other = alias(d, "other");
    const auto dependents = func::count(distinct(d.package_id)).label("dependents");
    const auto query =
        select(d.target, dependents, func::min(p.name).label("example"))
            .select_from(d)
            .join(p)
            .where(is_needed(d),
                   !exists(select(other.package_id)
                               .where(is_alternative_of(other, d), is_available(schema, other))))
            .group_by(d.target);
    Answer answer{"missing_dependencies",
                  "Needed, but neither a package nor provided by one",
                  {"missing", "needed by", "for example"},
                  {},
                  {}};
    fill(answer, connection, query.order_by(dependents.desc(), d.target), limit);
    return answer;
}

Answer mutual_dependencies(Connection& connection, const Schema& schema, std::int64_t limit) {
    const PackageTable a = alias(schema.packages, "a");
    const PackageTable b = alias(schema.packages, "b");
    const DependencyTable there = alias(schema.dependencies, "there");
    const DependencyTable back = alias(schema.dependencies, "back");
    const auto query = select(a.name.label("one"), b.name.label("other"))
                           .select_from(there)
                           .join(a, a.id == there.package_id)
                           .join(b, b.name == there.target)
                           .join(back, back.package_id == b.id && back.target == a.name)
                           .where(is_first_choice(there), is_first_choice(back), a.name < b.name)
                           .distinct();
    Answer answer{"mutual_dependencies",
                  "Pairs of packages that need each other",
                  {"one", "the other"},
                  {},
                  {}};
    fill(answer, connection, query.order_by(a.name, b.name), limit);
    return answer;
}

Answer circular_dependencies(Connection& connection, const Schema& schema, std::int64_t limit) {
    const PackageTable& p = schema.packages;
    const DependencyTable& d = schema.dependencies;
    const auto edges = select(d.package_id, p.id)
                           .select_from(d)
                           .join(p, p.name == d.target)
                           .where(is_first_choice(d))
                           .distinct();
    const auto groups = circular_groups(connection.execute(edges).as<Edge>().all());

    Answer answer{"circular_dependencies",
                  "Groups of packages that all need each other",
                  {"packages", "members"},
                  {},
                  groups.size()};
    for (const auto& group : groups) {
        if (answer.rows.size() == static_cast<std::size_t>(limit)) break;
        std::set<std::string> names;
        for (auto& name : connection.scalars(select(p.name).where(p.id.in(group)))) {
            names.insert(std::move(name));
        }
        std::string members;
        for (const std::string& name : names) members += (members.empty() ? "" : ", ") + name;
        answer.rows.push_back({static_cast<std::int64_t>(group.size()), std::move(members)});
    }
    return answer;
}

}  // namespace packages
