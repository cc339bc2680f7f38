// SPDX-License-Identifier: MIT
#include "questions.hpp"

#include "answer.hpp"
#include "cycles.hpp"
#include "model.hpp"

#include <set>
#include <utility>
#include <vector>

namespace packages {

namespace {

using namespace azoth;

// What a package cannot do without.
Expr<bool> is_needed(const Expr<RelationKind>& kind) {
    return kind.in({RelationKind::depends, RelationKind::pre_depends});
}

// Only direct dependencies on the first alternative: what is normally installed.
Expr<bool> is_first_choice(const Aliased<Dependency>& dependency) {
    return is_needed(dependency.col<&Dependency::kind>()) &&
           dependency.col<&Dependency::position>() == 0;
}

// Packages that offer what a dependency wants, under a name of their own.
Expr<bool> is_offer_of(const Aliased<Dependency>& offer, const Expr<std::string>& name) {
    return offer.col<&Dependency::target_name>() == name &&
           offer.col<&Dependency::kind>() == RelationKind::provides;
}

// There is a package of the name that the dependency wants, or one that provides it.
Expr<bool> is_available(const Aliased<Dependency>& dependency) {
    const auto offer = aliased<Dependency>("offer");
    return dependency.col<&Dependency::target_id>().is_not_null() ||
           exists(select(offer.col<&Dependency::package_id>())
                      .where(is_offer_of(offer, dependency.col<&Dependency::target_name>())));
}

// Another alternative of the same group.
Expr<bool> is_alternative(const Aliased<Dependency>& other) {
    return other.col<&Dependency::package_id>() == col<&Dependency::package_id> &&
           other.col<&Dependency::kind>() == col<&Dependency::kind> &&
           other.col<&Dependency::group>() == col<&Dependency::group>;
}

// The package that stands for what a dependency wants: its target, or of those that provide it the
// first by name; NULL if there is none.
Expr<std::optional<std::string>> resolved_name() {
    const auto target = aliased<Package>("target");
    const auto provider = aliased<Package>("provider");
    const auto offer = aliased<Dependency>("offer");
    return func::coalesce(select(target.col<&Package::name>())
                              .where(target.col<&Package::id>() == col<&Dependency::target_id>)
                              .scalar_subquery(),
                          select(func::min(provider.col<&Package::name>()))
                              .select_from(offer)
                              .join(offer.rel<&Dependency::package>().of_type(provider))
                              .where(is_offer_of(offer, col<&Dependency::target_name>))
                              .scalar_subquery());
}

Answer maintainers(Session& session, std::int64_t limit, bool by_size) {
    const auto count = func::count(col<&Package::id>).label("packages");
    const auto size =
        func::coalesce(func::sum(col<&Package::installed_kib>), 0).label("installed_kib");
    const auto query = select(entity<const Maintainer>, count, size)
                           .join<&Maintainer::packages>()
                           .group_by(entity<const Maintainer>)
                           .order_by((by_size ? size : count).desc(), col<&Maintainer::identity>);
    Answer answer;
    answer.columns = {"maintainer", "address", "packages", "installed KiB"};
    fill(answer, session.execute(query), limit, [](const auto& row) {
        const auto& [maintainer, packages, kib] = row;
        return std::vector<Cell>{maintainer->name, maintainer->email, packages, kib};
    });
    return answer;
}

}  // namespace

Answer most_depended_on(Session& session, std::int64_t limit) {
    const auto dependents = func::count(distinct(col<&Dependency::package_id>)).label("dependents");
    const auto summary = select(func::min(col<&Package::summary>))
                             .where(col<&Package::name> == col<&Dependency::target_name>)
                             .scalar_subquery()
                             .label("summary");
    const auto query = select(col<&Dependency::target_name>, dependents, summary)
                           .where(is_needed(col<&Dependency::kind>))
                           .group_by(col<&Dependency::target_name>)
                           .order_by(dependents.desc(), col<&Dependency::target_name>);
    Answer answer{"most_depended_on",
                  "Most depended-on packages",
                  {"package", "needed by", "summary"},
                  {},
                  {}};
    fill(answer, session.execute(query), limit);
    return answer;
}

Answer closure(Session& session, const std::string& package, std::int64_t limit) {
    const auto other = aliased<Dependency>("other");
    const auto first_available = select(func::min(other.col<&Dependency::position>()))
                                     .where(is_alternative(other), is_available(other))
                                     .scalar_subquery();
    const auto needed = aliased<Package>("needed");
    const auto start =
        select(col<&Package::id>).where(col<&Package::name> == package).cte("closure", true);
    const auto whole =
        start.union_(select(needed.col<&Package::id>())
                         .select_from(start)
                         .join(entity<Dependency>, col<&Dependency::package_id> == start.get<0>())
                         .join(needed, needed.col<&Package::name>() == resolved_name())
                         .where(is_needed(col<&Dependency::kind>),
                                col<&Dependency::position> == first_available));
    const auto query =
        select<const Package>()
            .join(whole, whole.get<0>() == col<&Package::id>)
            .order_by(func::coalesce(col<&Package::installed_kib>, 0).desc(), col<&Package::name>);
    Answer answer{"closure",
                  "All that " + package + " needs, itself included",
                  {"package", "version", "installed KiB", "state"},
                  {},
                  {}};
    fill(answer, session.scalars(query), limit, [](const Ptr<const Package>& found) {
        return std::vector<Cell>{found->name, found->version, cell(found->installed_kib),
                                 cell(found->state)};
    });
    return answer;
}

Answer maintainers_by_packages(Session& session, std::int64_t limit) {
    Answer answer = maintainers(session, limit, false);
    answer.name = "maintainers_by_packages";
    answer.title = "Maintainers of the most packages";
    return answer;
}

Answer maintainers_by_size(Session& session, std::int64_t limit) {
    Answer answer = maintainers(session, limit, true);
    answer.name = "maintainers_by_size";
    answer.title = "Maintainers of the largest packages";
    return answer;
}

Answer most_used_tags(Session& session, std::int64_t limit) {
    const auto count = func::count(col<&Package::id>).label("packages");
    const auto installed = func::count(col<&Package::installed_version>).label("installed");
    const auto query = select(col<&Tag::name>, count, installed)
                           .join<&Tag::packages>()
                           .group_by(col<&Tag::name>)
                           .order_by(count.desc(), col<&Tag::name>);
    Answer answer{"most_used_tags", "Most used tags", {"tag", "packages", "installed"}, {}, {}};
    fill(answer, session.execute(query), limit);
    return answer;
}

Answer missing_dependencies(Session& session, std::int64_t limit) {
    const auto other = aliased<Dependency>("other");
    const auto alternative = select(other.col<&Dependency::package_id>())
                                 .where(is_alternative(other), is_available(other));
    const auto dependents = func::count(distinct(col<&Dependency::package_id>)).label("dependents");
    const auto query = select(col<&Dependency::target_name>, dependents,
                              func::min(col<&Package::name>).label("example"))
                           .join<&Dependency::package>()
                           .where(is_needed(col<&Dependency::kind>), !exists(alternative))
                           .group_by(col<&Dependency::target_name>)
                           .order_by(dependents.desc(), col<&Dependency::target_name>);
    Answer answer{"missing_dependencies",
                  "Needed, but neither a package nor provided by one",
                  {"missing", "needed by", "for example"},
                  {},
                  {}};
    fill(answer, session.execute(query), limit);
    return answer;
}

Answer mutual_dependencies(Session& session, std::int64_t limit) {
    const auto one = aliased<Package>("one");
    const auto other = aliased<Package>("other");
    const auto there = aliased<Dependency>("there");
    const auto back = aliased<Dependency>("back");
    const auto one_name = one.col<&Package::name>();
    const auto other_name = other.col<&Package::name>();
    const auto query =
        select(one_name, other_name)
            .join(one.rel<&Package::dependencies>().of_type(there))
            .join(other, other_name == there.col<&Dependency::target_name>())
            .join(other.rel<&Package::dependencies>().of_type(back))
            .where(back.col<&Dependency::target_name>() == one_name, is_first_choice(there),
                   is_first_choice(back), one_name < other_name)
            .distinct()
            .order_by(one_name, other_name);
    Answer answer{"mutual_dependencies",
                  "Pairs of packages that need each other",
                  {"one", "the other"},
                  {},
                  {}};
    fill(answer, session.execute(query), limit);
    return answer;
}

Answer circular_dependencies(Session& session, std::int64_t limit) {
    const auto wanted = aliased<Dependency>("wanted");
    const auto edges =
        select(wanted.col<&Dependency::package_id>(), col<&Package::id>)
            .join(entity<Package>, col<&Package::name> == wanted.col<&Dependency::target_name>())
            .where(is_first_choice(wanted))
            .distinct();
    std::vector<Edge> graph;
    for (const auto& [from, to] : session.execute(edges)) graph.push_back({from, to});
    const auto groups = circular_groups(graph);

    Answer answer{"circular_dependencies",
                  "Groups of packages that all need each other",
                  {"packages", "members"},
                  {},
                  groups.size()};
    for (const auto& group : groups) {
        std::set<std::string> names;
        const auto query = select<const Package>().where(col<&Package::id>.in(group));
        for (const auto& package : session.scalars(query)) names.insert(package->name);
        add_group(answer, group.size(), names);
    }
    order_groups(answer, limit);
    return answer;
}

}  // namespace packages
