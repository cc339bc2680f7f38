// SPDX-License-Identifier: MIT
#include "core_questions.hpp"

#include "answer.hpp"
#include "core_tables.hpp"
#include "cycles.hpp"

#include <set>
#include <utility>

namespace packages::core {

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

class Questions {
  public:
    Questions(Connection& connection, std::int64_t limit)
        : connection_(connection), limit_(limit) {}

    [[nodiscard]] Answer most_depended_on() const {
        const auto dependents = func::count(distinct(d.package_id)).label("dependents");
        const auto summary = select(func::min(p.summary)).where(p.name == d.target);
        return answer("most_depended_on", select(d.target, dependents, summary.scalar_subquery())
                                              .where(is_needed(d))
                                              .group_by(d.target)
                                              .order_by(dependents.desc(), d.target));
    }

    [[nodiscard]] Answer closure(const std::string& package) const {
        const DependencyTable other = alias(d, "other");
        const auto first_available =
            select(func::min(other.position))
                .where(is_alternative_of(other, d), is_available(schema_, other))
                .scalar_subquery();
        const PackageTable needed = alias(p, "needed");
        const auto start = select(p.id).where(p.name == package).cte("closure", true);
        const auto whole = start.union_(select(needed.id)
                                            .select_from(start)
                                            .join(d, d.package_id == start.get<0>())
                                            .join(needed, needed.name == resolved_name(schema_, d))
                                            .where(is_needed(d), d.position == first_available));
        return answer("closure", select(p.name, p.version, p.installed_kib, p.state)
                                     .select_from(whole)
                                     .join(p, p.id == whole.get<0>())
                                     .order_by(func::coalesce(p.installed_kib, 0).desc(), p.name));
    }

    [[nodiscard]] Answer maintainers(std::string name, bool by_size) const {
        const MaintainerTable& m = schema_.maintainers;
        const auto count = func::count(p.id).label("packages");
        const auto size = func::coalesce(func::sum(p.installed_kib), 0).label("installed_kib");
        return answer(std::move(name), select(m.name, m.email, count, size)
                                           .select_from(m)
                                           .join(p)
                                           .group_by(m.id, m.name, m.email, m.identity)
                                           .order_by((by_size ? size : count).desc(), m.identity));
    }

    [[nodiscard]] Answer most_used_tags() const {
        const auto count = func::count(p.id).label("packages");
        const auto installed = func::count(p.installed_version).label("installed");
        return answer("most_used_tags", select(schema_.tags.name, count, installed)
                                            .select_from(schema_.tags)
                                            .join(schema_.package_tags)
                                            .join(p)
                                            .group_by(schema_.tags.name)
                                            .order_by(count.desc(), schema_.tags.name));
    }

    [[nodiscard]] Answer missing_dependencies() const {
        const DependencyTable other = alias(d, "other");
        const auto dependents = func::count(distinct(d.package_id)).label("dependents");
        const auto alternative =
            select(other.package_id)
                .where(is_alternative_of(other, d), is_available(schema_, other));
        return answer("missing_dependencies", select(d.target, dependents, func::min(p.name))
                                                  .select_from(d)
                                                  .join(p)
                                                  .where(is_needed(d), !exists(alternative))
                                                  .group_by(d.target)
                                                  .order_by(dependents.desc(), d.target));
    }

    [[nodiscard]] Answer mutual_dependencies() const {
        const PackageTable a = alias(p, "a");
        const PackageTable b = alias(p, "b");
        const DependencyTable there = alias(d, "there");
        const DependencyTable back = alias(d, "back");
        return answer("mutual_dependencies",
                      select(a.name.label("one"), b.name.label("other"))
                          .select_from(there)
                          .join(a, a.id == there.package_id)
                          .join(b, b.name == there.target)
                          .join(back, back.package_id == b.id && back.target == a.name)
                          .where(is_first_choice(there), is_first_choice(back), a.name < b.name)
                          .distinct()
                          .order_by(a.name, b.name));
    }

    [[nodiscard]] Answer circular_dependencies() const {
        const auto edges = select(d.package_id, p.id)
                               .select_from(d)
                               .join(p, p.name == d.target)
                               .where(is_first_choice(d))
                               .distinct();
        const auto groups = circular_groups(connection_.execute(edges).as<Edge>().all());
        Answer answer{"circular_dependencies", {}, {}, {}, groups.size()};
        for (const auto& group : groups) {
            std::set<std::string> names;
            for (auto& name : connection_.scalars(select(p.name).where(p.id.in(group)))) {
                names.insert(std::move(name));
            }
            add_group(answer, group.size(), names);
        }
        order_groups(answer, limit_);
        return answer;
    }

  private:
    template <class Query>
    [[nodiscard]] Answer answer(std::string name, const Query& query) const {
        Answer answer{std::move(name), {}, {}, {}, {}};
        fill(answer, connection_.execute(query), limit_);
        return answer;
    }

    Connection& connection_;
    std::int64_t limit_;
    Schema schema_;
    const PackageTable& p = schema_.packages;
    const DependencyTable& d = schema_.dependencies;
};

}  // namespace

std::vector<Answer> ask(Connection& connection, const std::string& closure_of, std::int64_t limit) {
    const Questions questions(connection, limit);
    return {questions.most_depended_on(),
            questions.closure(closure_of),
            questions.maintainers("maintainers_by_packages", false),
            questions.maintainers("maintainers_by_size", true),
            questions.most_used_tags(),
            questions.missing_dependencies(),
            questions.mutual_dependencies(),
            questions.circular_dependencies()};
}

}  // namespace packages::core
